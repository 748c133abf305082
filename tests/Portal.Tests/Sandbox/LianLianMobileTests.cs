using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class LianLianMobileTests
{
    const string OrderQuery = "/queryapi/orderquery.htm";

    static (string, string)[] Order(string noOrder) => [("no_order", noOrder), ("dt_order", "20261121100000")];

    [Theory]
    [InlineData("MD5")]
    [InlineData("RSA")]
    public async Task An_order_query_of_version_1_1_adds_fields_of_which_two_are_not_signed(string signType)
    {
        await using var client = await MobileClient.StartAsync(signType);
        await client.PlaceAsync("A1");

        var old = await client.AskAsync(OrderQuery, "0000", Order("A1"));
        old.ContainsKey("bank_name").ShouldBeFalse();
        var told = await client.AskAsync(
            OrderQuery, "0000", [.. Order("A1"), ("query_version", "1.1")], "bank_name", "card_no");

        $"{told["bank_name"]} {told["card_no"]} {told["memo"]}".ShouldBe("工商银行 ************4567 余额不足");
        $"{told["result_pay"]} {told["money_order"]} {told["settle_date"]}".ShouldBe("SUCCESS 100.00 20261121");
        client.Verifies(told).ShouldBeFalse();
    }

    [Fact]
    public async Task A_merchant_may_be_told_its_memo_unsigned()
    {
        await using var client = await MobileClient.StartAsync(habits: new { memoUnsigned = true });
        await client.PlaceAsync("A1");

        await client.AskAsync(
            OrderQuery, "0000", [.. Order("A1"), ("query_version", "1.1")], "bank_name", "card_no", "memo");
    }

    [Theory]
    [InlineData("waiting", "WAITING")]
    [InlineData("verifying", "WAITING")]
    [InlineData("processing", "PROCESSING")]
    [InlineData("failed", "FAILURE")]
    [InlineData("paid", "SUCCESS")]
    public async Task Every_state_of_an_order_has_its_result(string state, string result)
    {
        await using var client = await MobileClient.StartAsync();
        await client.PlaceAsync("A1", state);

        var told = await client.AskAsync(OrderQuery, "0000", [("no_order", "A1")]);

        $"{told["result_pay"]}".ShouldBe(result);
    }

    [Fact]
    public async Task An_order_that_nobody_pays_fails_after_its_time()
    {
        await using var client = await MobileClient.StartAsync();
        await client.PlaceAsync("A1", "waiting");

        client.Sandbox.Clock.Advance(TimeSpan.FromMinutes(10_081));

        $"{(await client.AskAsync(OrderQuery, "0000", Order("A1")))["result_pay"]}".ShouldBe("FAILURE");
    }

    public static TheoryData<object, string> Habits() => new()
    {
        { new { allowedIps = new[] { "10.1.2.3" } }, "1008" },
        { new { paused = true }, "1009" },
        { new { barred = new[] { "order-query" } }, "3002" },
        { new { allowedIps = new[] { "127.0.0.1" } }, "0000" },
        { new { barred = new[] { "refund" } }, "0000" },
    };

    [Theory]
    [MemberData(nameof(Habits))]
    public async Task What_a_merchant_may_not_do_is_refused_under_a_signature(object habits, string code)
    {
        await using var client = await MobileClient.StartAsync(habits: habits);
        await client.PlaceAsync("A1");

        await client.AskAsync(OrderQuery, code, Order("A1"));
    }

    [Fact]
    public async Task A_wrong_signature_or_the_other_kind_of_it_is_refused_with_1001()
    {
        await using var client = await MobileClient.StartAsync();
        await client.PlaceAsync("A1");
        var changed = client.Signed(Order("A1"));
        changed["no_order"] = "A2";
        var other = client.Signed([.. Order("A1"), ("sign_type", "RSA")]);
        var bare = client.Signed(Order("A1"));
        bare.Remove("sign");

        foreach (var request in new[] { changed, other, bare })
        {
            using var answer = await client.PostAsync(OrderQuery, request.ToJsonString());
            var told = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
            $"{told["ret_code"]}".ShouldBe("1001");
            client.Verifies(told).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("no_order=A1", "9901")]
    [InlineData("[]", "9901")]
    [InlineData("""{"oid_partner":{"a":1}}""", "9901")]
    [InlineData("""{"oid_partner":"201103171000000000","oid_partner":"1"}""", "9901")]
    [InlineData("""{"oid_partner":"999999999999999999"}""", "3001")]
    [InlineData("{}", "3001")]
    public async Task What_is_no_message_of_a_known_merchant_is_answered_unsigned(string body, string code)
    {
        await using var client = await MobileClient.StartAsync();

        using var answer = await client.PostAsync(OrderQuery, body);

        var told = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        $"{told["ret_code"]}".ShouldBe(code);
        told.ContainsKey("sign").ShouldBeFalse();
    }

    [Fact]
    public async Task A_parameter_that_is_wrong_is_named()
    {
        await using var client = await MobileClient.StartAsync();

        var told = await client.AskAsync(
            "/queryapi/bankcardbin.htm", "1004", [("card_no", "62220202")]);
        $"{told["ret_msg"]}".ShouldBe("商户请求参数校验错误(card_no)");
        await client.AskAsync(OrderQuery, "1004", []);
        await client.AskAsync(OrderQuery, "8901", Order("A1"));
        await client.AskAsync("/queryapi/userbankcard.htm", "1004", [("user_id", "u1"), ("offset", "-1")]);
        await client.AskAsync("/queryapi/preauthquery.htm", "1004", [.. Order("A1"), ("pay_type", "2")]);
    }

    [Theory]
    [InlineData("6222020200001234567", "01020000", "工商银行", "2")]
    [InlineData("6225750000001234", "03080000", "招商银行", "3")]
    public async Task A_card_is_known_by_its_first_digits(string number, string code, string bank, string type)
    {
        await using var client = await MobileClient.StartAsync();
        foreach (var path in new[] { "/queryapi/bankcardquery.htm", "/queryapi/bankcardbin.htm" })
        {
            var told = await client.AskAsync(path, "0000", [("card_no", number)]);
            $"{told["bank_code"]} {told["bank_name"]} {told["card_type"]}".ShouldBe($"{code} {bank} {type}");
        }

        await client.AskAsync("/queryapi/bankcardbin.htm", "5001", [("card_no", "9999990000001234")]);
        var calls = await client.Sandbox.Http.GetStringAsync("/control/calls?interface=card-bin");
        calls.ShouldNotContain(number);
    }

    [Fact]
    public async Task Signed_cards_come_newest_first_page_by_page_with_the_last_four_digits_only()
    {
        await using var client = await MobileClient.StartAsync(habits: new { pageSize = 2 });
        string[] cards = ["6222020200001234567", "6228480000007654321", "6225750000001111"];
        var agreements = new List<string>();
        foreach (var cardNo in cards)
        {
            var bound = await client.Sandbox.Http.PostAsJsonAsync(
                $"/control/lianlian-mobile/merchants/{MobileClient.Partner}/cards",
                new { userId = "u1", cardNo, bindMobile = "13800000000" });
            agreements.Add($"{(await bound.Content.ReadFromJsonAsync<JsonObject>())!["noAgree"]}");
        }
        Task<JsonObject> ListAsync(string code, params (string, string)[] more) =>
            client.AskAsync("/queryapi/userbankcard.htm", code, [("user_id", "u1"), .. more]);

        var first = await ListAsync("0000", ("offset", "0"));
        first.ContainsKey("oid_partner").ShouldBeFalse();
        LastFours(first).ShouldBe(["1111", "4321"]);
        LastFours(await ListAsync("0000", ("offset", "2"))).ShouldBe(["4567"]);
        LastFours(await ListAsync("0000", ("offset", "0"), ("pay_type", "3"))).ShouldBe(["1111"]);
        LastFours(await ListAsync("0000", ("offset", "0"), ("card_no", cards[0]))).ShouldBe(["4567"]);
        LastFours(await ListAsync("0000", ("offset", "0"), ("no_agree", agreements[1]))).ShouldBe(["4321"]);
        await ListAsync("8901", ("offset", "3"));

        const string Unbind = "/traderapi/bankcardunbind.htm";
        await client.AskAsync(Unbind, "0000", [("user_id", "u1"), ("no_agree", agreements[1])]);
        await client.AskAsync(Unbind, "3004", [("user_id", "u1"), ("no_agree", agreements[1])]);
        await client.AskAsync(Unbind, "8000", [("user_id", "u2"), ("no_agree", agreements[0])]);
        LastFours(await ListAsync("0000", ("offset", "0"))).ShouldBe(["1111", "4567"]);
    }

    static IEnumerable<string> LastFours(JsonObject answer)
    {
        var rows = answer["agreement_list"]!.AsArray();
        rows.Count.ShouldBe(int.Parse($"{answer["count"]}", System.Globalization.CultureInfo.InvariantCulture));
        return rows.Select(row => $"{row!["card_no"]}");
    }
}
