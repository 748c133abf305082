using System.Net.Http.Json;
using System.Text;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class LianLianGlobalPaymentTests
{
    [Fact]
    public async Task A_payment_is_created_paid_and_asked_about_under_signatures()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);

        var created = await shop.CreateAsync("P1");

        created.Status.ShouldBe(200);
        created.IsSigned.ShouldBeTrue();
        created.Body.GetProperty("return_msg").GetString().ShouldBe("Success");
        created.Body.GetProperty("trace_id").GetString()!.Length.ShouldBe(32);
        created.Order.GetProperty("merchant_transaction_id").GetString().ShouldBe("P1");
        created.Order.GetProperty("transaction_amount").GetString().ShouldBe("10.00");
        created.Order.GetProperty("payment_params").GetString()!.ShouldStartWith("{");
        (await shop.StateAsync("P1")).ShouldBe("IN");
        sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        (await shop.StateAsync("P1")).ShouldBe("WP");

        (await sandbox.Http.PostAsJsonAsync(
            $"/control/lianlian-global/payments/P1/state?merchantId={LianLianGlobalClient.Merchant}",
            new { state = "PS" })).EnsureSuccessStatusCode();

        var told = await shop.QueryAsync("P1");
        told.IsSigned.ShouldBeTrue();
        told.Order.GetProperty("transaction_status").GetString().ShouldBe("PS");
        told.Order.GetProperty("payment_time").GetInt64()
            .ShouldBe(sandbox.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        told.Order.GetProperty("ll_transaction_id").GetString()
            .ShouldBe(created.Order.GetProperty("ll_transaction_id").GetString());
        told.Order.GetProperty("settlement_amount").GetString().ShouldBe("1.25");
    }

    [Fact]
    public async Task An_unpaid_payment_may_come_again_with_the_same_amount_only()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        var first = await shop.CreateAsync("P1");

        var again = await shop.CreateAsync("P1");
        var other = await shop.CreateAsync("P1", "10.01");

        again.Order.GetProperty("ll_transaction_id").GetString()
            .ShouldBe(first.Order.GetProperty("ll_transaction_id").GetString());
        (other.Status, other.Code, other.IsSigned).ShouldBe((422, "NON_REISSUABLE_PAYMENT", true));
        await shop.PlaceAsync("P2");
        (await shop.CreateAsync("P2", "100.00")).Code.ShouldBe("PAYMENT_COMPLETED");
        await shop.PlaceAsync("P3", state: "PC");
        (await shop.CreateAsync("P3", "100.00")).Code.ShouldBe("PAYMENT_CLOSED");
    }

    [Theory]
    [InlineData("10.91", "PS", 3)]
    [InlineData("10.92", "PF", 3)]
    [InlineData("10.93", "PC", 2)]
    [InlineData("10.00", "WP", 1)]
    public async Task A_payment_goes_its_road_one_state_per_step(string amount, string end, int steps)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.CreateAsync("P1", amount);
        string[] road = ["IN", "WP", "PP"];

        for (var step = 0; step < steps; step++)
        {
            (await shop.StateAsync("P1")).ShouldBe(road[step]);
            sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        (await shop.StateAsync("P1")).ShouldBe(end);
        (await shop.QueryAsync("P1")).Order.TryGetProperty("payment_time", out _).ShouldBe(end == "PS");
    }

    [Theory]
    [InlineData("10.94", 403, "CUSTOMER_HAS_RESTRICTIONS")]
    [InlineData("10.96", 422, "ERROR_DURING_ORDER_PROCESSING")]
    public async Task Amounts_order_a_refusal(string amount, int status, string code)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);

        var refused = await shop.CreateAsync("P1", amount);

        (refused.Status, refused.Code).ShouldBe((status, code));
        refused.Body.TryGetProperty("decline_code", out _).ShouldBe(status == 403);
        (await shop.QueryAsync("P1")).Code.ShouldBe("OBJECT_NOT_FOUND");
    }

    [Theory]
    [InlineData("payment_processor", "card")]
    [InlineData("payment_method", null)]
    [InlineData("merchant_transaction_id", null)]
    [InlineData("merchant_id", "202611210002")]
    [InlineData("customer", null)]
    [InlineData("customer", "o-1")]
    [InlineData("transaction_amount", "10")]
    [InlineData("transaction_amount", "010.00")]
    [InlineData("transaction_amount", "0.00")]
    [InlineData("transaction_amount", "-1.00")]
    [InlineData("transaction_currency", "RUB")]
    [InlineData("transaction_time", "today")]
    [InlineData("country", "hk")]
    [InlineData("notification_url", 7)]
    [InlineData("products", "tea")]
    public async Task A_member_that_is_missing_or_wrong_is_named(string member, object? value)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);

        var refused = await shop.CreateAsync("P1", "10.00", (member, value));

        (refused.Status, refused.Code).ShouldBe((400, "INVALID_PARAMETER"));
        refused.Body.GetProperty("return_msg").GetString().ShouldBe($"{member} is empty or incorrect");
    }

    [Theory]
    [InlineData("signature", "", 401, "INVALID_SIGNATURE")]
    [InlineData("signature", "AAAA", 401, "INVALID_SIGNATURE")]
    [InlineData("signature", "no base64", 401, "INVALID_SIGNATURE")]
    [InlineData("timestamp", "", 400, "INVALID_PARAMETER")]
    [InlineData("timestamp", "20261121094459", 400, "INVALID_PARAMETER")]
    [InlineData("timestamp", "20261121101501", 400, "INVALID_PARAMETER")]
    [InlineData("timestamp", "20261321100000", 400, "INVALID_PARAMETER")]
    [InlineData("timestamp", "20261121100000123", 400, "INVALID_PARAMETER")]
    [InlineData("timezone", "Mars/Olympus", 400, "INVALID_PARAMETER")]
    [InlineData("timezone", "UTC", 400, "INVALID_PARAMETER")]
    [InlineData("sign-type", "HMAC", 400, "INVALID_PARAMETER")]
    public async Task Headers_that_are_missing_or_wrong_are_turned_away(
        string header, string value, int status, string code)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");
        shop.Headers[header] = value;

        var refused = await shop.QueryAsync("P1");

        (refused.Status, refused.Code, refused.IsSigned).ShouldBe((status, code, true));
    }

    [Theory]
    [InlineData("timestamp", "20261121094500")]
    [InlineData("timestamp", "1795226400000")]
    [InlineData("timezone", "GMT+8")]
    [InlineData("timezone", "")]
    [InlineData("sign-type", "")]
    public async Task Both_forms_of_the_time_are_taken_up_to_a_quarter_of_an_hour_off(string header, string value)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");
        shop.Headers[header] = value;

        (await shop.QueryAsync("P1")).Code.ShouldBe("SUCCESS");
    }

    [Fact]
    public async Task Another_key_another_merchant_and_another_address_are_turned_away()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        shop.SignsAsStranger = true;
        (await shop.QueryAsync("P1")).Code.ShouldBe("INVALID_SIGNATURE");
        (await shop.GetAsync("/v4/merchants/202611210002/payments/P1", "P1")).Code.ShouldBe("INVALID_MERCHANT");
        var lost = await shop.GetAsync(LianLianGlobalClient.Path + "/orders/P1", "P1");
        (lost.Status, lost.Code).ShouldBe((404, "HTTP_NOT_FOUND"));

        shop = await LianLianGlobalClient.StartAsync(sandbox, ("inactive", true));
        (await shop.QueryAsync("P1")).Code.ShouldBe("INACTIVE_MERCHANT");
        shop = await LianLianGlobalClient.StartAsync(sandbox, ("ipRefused", true));
        (await shop.QueryAsync("P1")).Code.ShouldBe("IP_NOT_AUTHORIZED");
        shop = await LianLianGlobalClient.StartAsync(sandbox, ("unsignedErrors", true));
        (await shop.QueryAsync("P1")).IsSigned.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"merchant_id":"1","merchant_id":"1"}""")]
    [InlineData("""{"tags":["a","b"]}""")]
    [InlineData("""[{"merchant_id":"1"}]""")]
    [InlineData("merchant_id=1")]
    [InlineData("")]
    public async Task A_body_that_could_be_signed_in_two_ways_is_turned_away(string body)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);

        var refused = await shop.PostAsync("/payments", body);

        (refused.Status, refused.Code).ShouldBe((400, "INVALID_PARAMETER"));
    }

    [Fact]
    public async Task Numbers_truth_values_nothing_and_empty_texts_are_signed_as_the_clients_do()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        var body = LianLianGlobalClient.Payment("P1").TrimEnd('}') + ""","z_e":"","z_n":null,"z_b":true,"z_d":1.50}""";
        var text = LianLianGlobalClient.TextOf(LianLianGlobalClient.Payment("P1")) + "&z_b=true&z_d=1.50&z_e=";

        var answer = await shop.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, LianLianGlobalClient.Path + "/payments")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            },
            text);

        answer.Code.ShouldBe("SUCCESS");
    }

    [Fact]
    public async Task A_waiting_payment_is_called_off_and_a_paid_one_is_not()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.CreateAsync("P1");
        await shop.PlaceAsync("P2");
        Task<GlobalAnswer> Cancel(string id) =>
            shop.GetAsync($"{LianLianGlobalClient.Path}/payments/{id}/cancelpay", id);

        (await Cancel("P1")).Order.GetProperty("transaction_status").GetString().ShouldBe("PC");
        (await Cancel("P1")).Code.ShouldBe("PAYMENT_CLOSED");
        var paid = await Cancel("P2");
        (paid.Status, paid.Code).ShouldBe((409, "PAYMENT_COMPLETED"));
        (await Cancel("P3")).Code.ShouldBe("OBJECT_NOT_FOUND");
    }

    [Fact]
    public async Task The_third_version_says_return_message_and_flat_answers_have_no_order()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");
        var old = await shop.GetAsync("/v3/merchants/" + LianLianGlobalClient.Merchant + "/payments/P1", "P1");
        old.Body.GetProperty("return_message").GetString().ShouldBe("Success");
        old.IsSigned.ShouldBeTrue();

        shop = await LianLianGlobalClient.StartAsync(sandbox, ("flatAnswers", true));
        var flat = await shop.QueryAsync("P1");
        flat.Body.GetProperty("transaction_status").GetString().ShouldBe("PS");
        flat.Body.TryGetProperty("order", out _).ShouldBeFalse();
        flat.IsSigned.ShouldBeTrue();
    }
}
