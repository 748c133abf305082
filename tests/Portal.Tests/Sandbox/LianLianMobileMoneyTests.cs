using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class LianLianMobileMoneyTests
{
    const string Refund = "/traderapi/refund.htm";
    const string RefundQuery = "/queryapi/refundquery.htm";

    static (string, string)[] Terms(string number, string money, params (string, string)[] more) =>
    [
        ("no_refund", number), ("dt_refund", "20261121100500"), ("money_refund", money), ("no_order", "A1"),
        ("dt_order", "20261121100000"), .. more,
    ];

    static (string, string)[] Held(string money, string user = "u1") =>
    [
        ("user_id", user), ("pay_type", "F"), ("api_version", "1.0"), ("money_order", money), ("no_order", "A1"),
        ("dt_order", "20261121100000"),
    ];

    static readonly (string, string)[] WhichHeld =
        [("pay_type", "F"), ("api_version", "1.0"), ("no_order", "A1"), ("dt_order", "20261121100000")];

    [Theory]
    [InlineData("MD5", "10.00", "2")]
    [InlineData("RSA", "10.75", "3")]
    [InlineData("MD5", "10.78", "1")]
    public async Task A_refund_goes_its_way_one_state_each_step(string signType, string money, string end)
    {
        await using var client = await MobileClient.StartAsync(signType);
        await client.PlaceAsync("A1");
        async Task<string> StateAsync() =>
            $"{(await client.AskAsync(RefundQuery, "0000", [("no_refund", "R1")]))["sta_refund"]}";

        var taken = await client.AskAsync(Refund, "0000", Terms("R1", money));

        $"{taken["sta_refund"]} {taken["money_refund"]}".ShouldBe($"0 {money}");
        taken.ContainsKey("settle_date").ShouldBeFalse();
        (await StateAsync()).ShouldBe("0");
        client.Sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        (await StateAsync()).ShouldBe("1");
        client.Sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        (await StateAsync()).ShouldBe(end);
        var told = await client.AskAsync(RefundQuery, "0000", [("oid_refundno", $"{taken["oid_refundno"]}")]);
        $"{told["no_refund"]} {told["dt_refund"]} {told["settle_date"]}".TrimEnd()
            .ShouldBe(end == "2" ? "R1 20261121100500 20261121" : "R1 20261121100500");
    }

    [Fact]
    public async Task Each_refusal_of_a_refund_has_its_code_and_moves_nothing()
    {
        await using var client = await MobileClient.StartAsync(habits: new { balance = 9000 });
        await client.PlaceAsync("A1");
        await client.PlaceAsync("A2", "failed");

        await client.AskAsync(Refund, "5003", Terms("R1", "0.00"));
        await client.AskAsync(Refund, "5003", Terms("R1", "1.001"));
        await client.AskAsync(Refund, "5003", Terms("R1", "100.01"));
        await client.AskAsync(Refund, "5006", Terms("R1", "90.01"));
        await client.AskAsync(Refund, "1004", Terms("", "1.00"));
        await client.AskAsync(Refund, "5002", [.. Terms("R1", "1.00").Where(field => field.Item1 != "no_order"),
            ("no_order", "A9")]);
        await client.AskAsync(Refund, "5008", [.. Terms("R1", "1.00").Where(field => field.Item1 != "no_order"),
            ("no_order", "A2")]);
        await client.AskAsync(Refund, "0000", Terms("R1", "60.00"));
        await client.AskAsync(Refund, "2005", Terms("R1", "60.00"));
        await client.AskAsync(Refund, "5007", Terms("R2", "40.01"));
        await client.PutMerchantAsync(new { frozen = true });
        await client.AskAsync(Refund, "5004", Terms("R3", "1.00"));

        await client.AskAsync(RefundQuery, "8901", [("no_refund", "R2")]);
        var ledger = await client.Sandbox.GetAsync(
            "/control/lianlian-mobile/ledger?oidPartner=" + MobileClient.Partner);
        ledger.GetProperty("refunds").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_refund_that_failed_gives_its_amount_back()
    {
        await using var client = await MobileClient.StartAsync();
        await client.PlaceAsync("A1");
        var taken = await client.AskAsync(Refund, "0000", Terms("R1", "60.00"));
        await client.AskAsync(Refund, "5007", Terms("R2", "60.00"));

        (await client.Sandbox.Http.PostAsJsonAsync(
            $"/control/lianlian-mobile/refunds/{taken["oid_refundno"]}/state", new { state = "3" }))
            .EnsureSuccessStatusCode();

        await client.AskAsync(Refund, "0000", Terms("R2", "60.00"));
    }

    [Theory]
    [InlineData("10.74", "5005", 0)]
    [InlineData("10.79", "0000", 1)]
    public async Task An_amount_orders_how_a_refund_goes_wrong(string money, string code, int refunds)
    {
        await using var client = await MobileClient.StartAsync();
        await client.PlaceAsync("A1");

        var told = await client.SendAsync(Refund, Terms("R1", money));

        $"{told["ret_code"]}".ShouldBe(code);
        client.Verifies(told).ShouldBe(code == "5005");
        var ledger = await client.Sandbox.GetAsync(
            "/control/lianlian-mobile/ledger?oidPartner=" + MobileClient.Partner);
        ledger.GetProperty("refunds").GetArrayLength().ShouldBe(refunds);
    }

    [Fact]
    public async Task Faults_strike_this_provider_as_they_strike_the_other()
    {
        await using var client = await MobileClient.StartAsync();
        await client.PlaceAsync("A1");
        async Task OrderAsync(string kind, string? code = null) => await client.Sandbox.OrderFaultAsync(
            new { provider = "lianlian-mobile", @interface = "refund", kind, code });

        await OrderAsync("unknown-done");
        await client.AskAsync(Refund, "9999", Terms("R1", "1.00"));
        await client.AskAsync(RefundQuery, "0000", [("no_refund", "R1")]);
        await OrderAsync("refuse", "1005");
        await client.AskAsync(Refund, "1005", Terms("R2", "1.00"));
        await OrderAsync("no-signature");
        (await client.SendAsync(Refund, Terms("R3", "1.00"))).ContainsKey("sign").ShouldBeFalse();
        await OrderAsync("duplicate-answer-other-order");
        var other = await client.AskAsync(Refund, "0000", Terms("R4", "1.00"));
        $"{other["no_refund"]}".ShouldNotBe("R4");
        await OrderAsync("oversized");
        using var big = await client.PostAsync(Refund, client.Signed(Terms("R5", "1.00")).ToJsonString());
        (await big.Content.ReadAsByteArrayAsync()).Length.ShouldBeGreaterThan(1024 * 1024);
        await client.Sandbox.OrderFaultAsync(
            new { provider = "lianlian-mobile", @interface = "refund-query", kind = "stale" });
        await client.AskAsync(RefundQuery, "8901", [("no_refund", "R1")]);
    }

    [Theory]
    [InlineData("preauthComplete", "60.00", "PR12", "PR11")]
    [InlineData("preauthComplete", "60.75", "PR12", "PR13")]
    [InlineData("preauthComplete", "60.78", "PR12", "PR12")]
    [InlineData("preauthCancel", "100.00", "PR15", "PR14")]
    public async Task A_held_amount_is_captured_or_let_go_and_a_query_tells_how_it_ended(
        string verb, string money, string soon, string later)
    {
        await using var client = await MobileClient.StartAsync("RSA");
        await client.PlaceAsync("A1", "authorised", preAuth: true);
        async Task<JsonObject> AskAsync(string code) =>
            await client.AskAsync("/queryapi/preauthquery.htm", code, WhichHeld);
        $"{(await AskAsync("PR07"))["money_order"]}".ShouldBe("100.00");

        await client.AskAsync($"/traderapi/{verb}.htm", "0000", Held(money));

        await AskAsync(soon);
        client.Sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        $"{(await AskAsync(later))["money_order"]}".ShouldBe(money);
        await client.AskAsync("/traderapi/preauthComplete.htm", "2005", Held(money));
        await client.AskAsync("/traderapi/preauthCancel.htm", "2005", Held("100.00"));
    }

    [Fact]
    public async Task Other_terms_than_those_held_capture_nothing()
    {
        await using var client = await MobileClient.StartAsync();
        await client.PlaceAsync("A1", "authorised", preAuth: true);
        const string Complete = "/traderapi/preauthComplete.htm";

        await client.AskAsync(Complete, "5003", Held("100.01"));
        await client.AskAsync(Complete, "8000", Held("1.00", "u2"));
        await client.AskAsync("/traderapi/preauthCancel.htm", "5003", Held("99.00"));
        client.Sandbox.Clock.Advance(TimeSpan.FromDays(31));
        await client.AskAsync(Complete, "2006", Held("1.00"));
        await client.AskAsync("/queryapi/preauthquery.htm", "2006", WhichHeld);
    }

    [Theory]
    [InlineData("waiting", "2003")]
    [InlineData("verifying", "PR08")]
    [InlineData("processing", "PR09")]
    [InlineData("failed", "PR10")]
    public async Task A_pre_authorisation_that_is_not_there_yet_has_its_code(string state, string code)
    {
        await using var client = await MobileClient.StartAsync();
        await client.PlaceAsync("A1", state, preAuth: true);

        await client.AskAsync("/queryapi/preauthquery.htm", code, WhichHeld);
        await client.AskAsync("/traderapi/preauthComplete.htm", "5008", Held("1.00"));
    }

    [Fact]
    public async Task Settlement_files_of_a_day_tell_the_ledger()
    {
        await using var client = await MobileClient.StartAsync();
        await client.PlaceAsync("A1");
        await client.PlaceAsync("A2", "failed");
        await client.PlaceAsync("A3", "authorised", preAuth: true);
        await client.AskAsync(Refund, "0000", Terms("R1", "10.00"));
        client.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        (await client.Sandbox.Http.PostAsJsonAsync(
            $"/control/lianlian-mobile/merchants/{MobileClient.Partner}/payouts",
            new { noOrder = "P1", money = 5000, payeeBank = "工商银行", payeeAccount = "1234", payeeName = "甲" }))
            .EnsureSuccessStatusCode();
        Task<string> FileAsync(string kind, string period) => client.Sandbox.Http.GetStringAsync(
            $"/control/lianlian-mobile/settlement/{kind}/{MobileClient.Partner}/{period}");

        var day = (await FileAsync("JYMX", "20261121")).Split("\r\n");
        day.Length.ShouldBe(4);
        day[0].Split(',').Length.ShouldBe(14);
        day[1].ShouldBe("A1,201103171000000000,20261121 10:00:00,101001,2026112100000001,20261121,100.00,0,5,"
            + "20261121 10:00:00,0.50,手机应用支付网关,储蓄卡快捷支付,3桶羽毛球");
        day[2].ShouldBe("R1,201103171000000000,20261121 10:05:00,101001,A1,20261121,-10.00,1,5,"
            + "20261121 10:00:10,-0.05,手机应用支付网关,储蓄卡快捷支付,3桶羽毛球");
        (await FileAsync("JYMX", "202611")).ShouldBe(await FileAsync("JYMX", "20261121"));
        (await FileAsync("JYMXSUM", "20261121")).ShouldBe("2|1|100.00|1|-10.00|0|\r\n");
        (await FileAsync("JYMXSUM", "20261120")).ShouldBe("0|0|0.00|0||0|\r\n");
        var payouts = (await FileAsync("FKMX", "20261121")).Split("\r\n");
        payouts[0].Split(',').Length.ShouldBe(17);
        payouts[1].Split(',').Length.ShouldBe(17);
        payouts[1].ShouldEndWith(",工商银行,1234,甲");
    }

    [Fact]
    public async Task A_ledger_file_brings_orders_refunds_cards_and_the_key_back()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox");
        try
        {
            string[] args = ["--ledger", Path.Combine(folder.FullName, "ledger.jsonl")];
            string before;
            await using (var client = await MobileClient.StartAsync("RSA", args: args))
            {
                await client.PlaceAsync("A1");
                await client.AskAsync(Refund, "0000", Terms("R1", "10.00"));
                await client.SdkAsync("preauthorise", "A2", "5.00");
                before = await LedgerAsync(client);
                before.ShouldContain("PR07");
            }

            await using var again = await MobileClient.StartAsync("RSA", args: args);
            (await LedgerAsync(again)).ShouldBe(before);
            await again.AskAsync("/queryapi/userbankcard.htm", "0000", [("user_id", "u1"), ("offset", "0")]);
            await again.AskAsync(RefundQuery, "0000", [("no_refund", "R1")]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static Task<string> LedgerAsync(MobileClient client) => client.Sandbox.Http.GetStringAsync(
        "/control/lianlian-mobile/ledger?oidPartner=" + MobileClient.Partner);
}
