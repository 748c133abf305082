using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class LianLianMobileAppTests
{
    static readonly string[] UnsignedInResult = ["ret_code", "ret_msg", "agreementno"];

    [Theory]
    [InlineData("MD5")]
    [InlineData("RSA")]
    public async Task The_app_pays_a_signed_order_and_is_told_a_result_signed_in_part(string signType)
    {
        await using var client = await MobileClient.StartAsync(signType);

        var result = await client.SdkAsync("pay", "A1", "210.90");

        $"{result["ret_code"]} {result["result_pay"]} {result["money_order"]}".ShouldBe("0000 SUCCESS 210.90");
        client.Verifies(result, UnsignedInResult).ShouldBeTrue(result.ToJsonString());
        client.Verifies(result).ShouldBeFalse();
        $"{result["agreementno"]}".Length.ShouldBe(16);
        var told = await client.AskAsync("/queryapi/orderquery.htm", "0000", [("no_order", "A1")]);
        $"{told["oid_paybill"]}".ShouldBe($"{result["oid_paybill"]}");
    }

    [Fact]
    public async Task User_and_Apple_merchant_are_not_signed_and_everything_else_is()
    {
        await using var client = await MobileClient.StartAsync();

        $"{(await client.SdkAsync("pay", "A1", "1.00", changes: ("ap_merchant_id", "merchant.x")))["ret_code"]}"
            .ShouldBe("0000");
        var forged = client.Signed([("no_order", "A2")]);
        forged["money_order"] = "1.00";
        using var answer = await client.Sandbox.Http.PostAsJsonAsync(
            "/control/lianlian-mobile/sdk/pay", new { order = forged, cardNo = MobileClient.Card });
        var refused = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        $"{refused["ret_code"]}".ShouldBe("1001");
        client.Verifies(refused).ShouldBeTrue();
    }

    [Theory]
    [InlineData("busi_partner", "999999", "1004")]
    [InlineData("money_order", "0.00", "1004")]
    [InlineData("risk_item", "{}", "1004")]
    [InlineData("risk_item", "none", "1004")]
    [InlineData("info_order", "a&b", "1004")]
    [InlineData("dt_order", "20261119100000", "1004")]
    public async Task An_order_outside_the_document_is_not_paid(string name, string value, string code)
    {
        await using var client = await MobileClient.StartAsync();

        var result = await client.SdkAsync("pay", "A1", "1.00", changes: (name, value));

        $"{result["ret_code"]}".ShouldBe(code);
        await client.AskAsync("/queryapi/orderquery.htm", "8901", [("no_order", "A1")]);
    }

    [Theory]
    [InlineData("1.81", "6001", "FAILURE")]
    [InlineData("1.82", "2008", "PROCESSING")]
    [InlineData("1.83", "1003", "FAILURE")]
    public async Task An_amount_orders_how_a_payment_ends(string money, string code, string told)
    {
        await using var client = await MobileClient.StartAsync();

        var result = await client.SdkAsync("pay", "A1", money);

        $"{result["ret_code"]} {result["result_pay"]}".ShouldBe($"{code} {told}");
        $"{(await client.AskAsync("/queryapi/orderquery.htm", "0000", [("no_order", "A1")]))["result_pay"]}"
            .ShouldBe(told);
    }

    [Fact]
    public async Task A_paid_order_is_not_paid_again_and_a_failed_one_may_be_under_the_same_terms()
    {
        await using var client = await MobileClient.StartAsync();
        await client.SdkAsync("pay", "A1", "1.00");
        $"{(await client.SdkAsync("pay", "A1", "1.00"))["ret_code"]}".ShouldBe("2007");
        $"{(await client.SdkAsync("pay", "A1", "2.00"))["ret_code"]}".ShouldBe("9904");
        await client.PlaceAsync("A2", "failed", "3.00");
        $"{(await client.SdkAsync("pay", "A2", "3.00"))["ret_code"]}".ShouldBe("0000");
        $"{(await client.SdkAsync("pay", "A3", "3.00", "9999990000001234"))["ret_code"]}".ShouldBe("1107");
    }

    [Theory]
    [InlineData("MD5", false)]
    [InlineData("RSA", true)]
    public async Task A_payment_is_notified_until_the_merchant_says_0000(string signType, bool tellsPayer)
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var client = await MobileClient.StartAsync(signType, new { tellsPayer });
        receiver.Answers.Enqueue("success");
        receiver.Answers.Enqueue("""{"ret_code":"9999","ret_msg":"x"}""");
        receiver.Answers.Enqueue("""{"ret_code":"0000","ret_msg":"交易成功"}""");

        await client.SdkAsync("pay", "A1", "1.00", changes: ("notify_url", receiver.Url));
        await AttemptsAsync(client, 1);
        for (var tries = 2; tries <= 3; tries++)
        {
            client.Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
            await AttemptsAsync(client, tries);
        }

        var attempts = await AttemptsAsync(client, 3);
        attempts[0].GetProperty("problem").GetString().ShouldBe("the answer does not acknowledge");
        attempts[2].GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        receiver.Received.Distinct().Count().ShouldBe(1);
        var message = JsonNode.Parse(receiver.Received.First())!.AsObject();
        client.Verifies(message).ShouldBeTrue();
        $"{message["result_pay"]} {message["bank_code"]} {message["pay_type"]}".ShouldBe("SUCCESS 01020000 2");
        message.ContainsKey("id_no").ShouldBe(tellsPayer);
    }

    [Fact]
    public async Task A_merchant_that_never_acknowledges_is_tried_thirty_times_two_minutes_apart()
    {
        await using var client = await MobileClient.StartAsync();
        await client.SdkAsync("pay", "A1", "1.00", changes: ("notify_url", "https://merchant.example/notify"));

        for (var tries = 1; tries <= 30; tries++)
        {
            var attempt = (await AttemptsAsync(client, tries))[^1];
            if (tries == 30)
            {
                attempt.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
                return;
            }
            (attempt.GetProperty("next").GetDateTimeOffset() - client.Sandbox.Clock.GetUtcNow())
                .ShouldBe(TimeSpan.FromMinutes(2));
            client.Sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
        }
    }

    [Fact]
    public async Task A_refund_that_is_done_is_notified_when_it_is_done()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        receiver.Answers.Enqueue("""{"ret_code":"0000"}""");
        await using var client = await MobileClient.StartAsync();
        await client.PlaceAsync("A1");
        await client.AskAsync("/traderapi/refund.htm", "0000",
        [
            ("no_refund", "R1"), ("dt_refund", "20261121100500"), ("money_refund", "1.00"), ("no_order", "A1"),
            ("dt_order", "20261121100000"), ("notify_url", receiver.Url),
        ]);
        receiver.Received.ShouldBeEmpty();

        client.Sandbox.Clock.Advance(TimeSpan.FromSeconds(10));
        await AttemptsAsync(client, 1);

        var message = JsonNode.Parse(receiver.Received.Single())!.AsObject();
        client.Verifies(message).ShouldBeTrue();
        $"{message["no_refund"]} {message["sta_refund"]} {message["settle_date"]}".ShouldBe("R1 2 20261121");
    }

    static async Task<JsonElement[]> AttemptsAsync(MobileClient client, int count)
    {
        JsonElement[] attempts = [];
        await client.Sandbox.UntilAsync(async () =>
        {
            attempts = [.. (await client.Sandbox.GetAsync("/control/callbacks")).EnumerateArray()];
            return attempts.Length >= count;
        });
        attempts.Length.ShouldBe(count);
        return attempts;
    }
}
