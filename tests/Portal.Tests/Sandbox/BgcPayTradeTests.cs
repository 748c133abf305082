using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>Users, trades and their notifications.</summary>
public class BgcPayTradeTests
{
    [Fact]
    public async Task A_user_is_found_by_cid_first_then_by_email_and_else_not_at_all()
    {
        await using var bench = await BgcPayBench.StartAsync();
        await bench.PutUserAsync("OTHER", new { name = "Other", email = "other@gmail.com" });
        async Task<JsonElement> Ask(object business) => BgcPayBench.Open(
            await bench.CallAsync("bgcpay.user.query", business), "bgcpay_user_query_response");

        (await Ask(new { user_cid = "OTHER", email = "test@gmail.com" })).Text("user_cid").ShouldBe("OTHER");
        (await Ask(new { email = "test@gmail.com" })).Text("user_cid").ShouldBe(BgcPayBench.Payee);
        (await Ask(new { user_cid = "NOBODY" })).Text("sub_code").ShouldBe("ACQ.USER_NOT_EXIST");
        (await Ask(new { })).Text("sub_code").ShouldBe("ACQ.INVALID_PARAMETER");
        (await Ask(new { email = new string('a', 65) })).Text("sub_code").ShouldBe("ACQ.INVALID_PARAMETER");
    }

    [Fact]
    public async Task A_trade_is_created_paid_and_queried_by_either_number()
    {
        await using var bench = await BgcPayBench.StartAsync();

        var created = await bench.PayAsync("T_1");
        created.Text("trade_no").ShouldBe("2026112110010000000000000001");
        created.Text("out_trade_no").ShouldBe("T_1");
        var open = await bench.QueryTradeAsync(new { out_trade_no = "T_1" });
        open.Text("trade_status").ShouldBe("WAIT_BUYER_PAY");
        open.GetProperty("pay_date").ValueKind.ShouldBe(JsonValueKind.Null);

        bench.Host.Clock.Advance(TimeSpan.FromSeconds(90));
        await bench.ChangeTradeAsync("T_1", "TRADE_SUCCESS");

        var paid = await bench.QueryTradeAsync(new { trade_no = created.Text("trade_no"), out_trade_no = "other" });
        paid.Text("trade_status").ShouldBe("TRADE_SUCCESS");
        paid.Text("payer_id").ShouldBe(BgcPayBench.Payee);
        paid.Text("currency").ShouldBe("USDT");
        paid.Text("total_amount").ShouldBe("88.88");
        paid.Text("trade_date").ShouldBe("2026-11-21 10:00:00");
        paid.Text("pay_date").ShouldBe("2026-11-21 10:01:30");
        paid.Text("subject").ShouldBe("Iphone6 16G");
        paid.GetProperty("extend_params").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_trade_number_may_come_once()
    {
        await using var bench = await BgcPayBench.StartAsync();
        await bench.PayAsync("T_1");

        (await bench.PayAsync("T_1")).Text("sub_code").ShouldBe("ACQ.TRADE_HAS_EXIST");
    }

    [Fact]
    public async Task An_unpaid_trade_closes_after_its_timeout_and_cannot_be_paid_any_more()
    {
        await using var bench = await BgcPayBench.StartAsync();
        await bench.CallAsync("bgcpay.trade.pay", new
        {
            out_trade_no = "T_1",
            currency = "AEDB",
            total_amount = "0.01",
            subject = "x",
            timeout = 60,
        });

        bench.Host.Clock.Advance(TimeSpan.FromSeconds(60));

        (await bench.QueryTradeAsync(new { out_trade_no = "T_1" })).Text("trade_status").ShouldBe("TRADE_CLOSED");
        using var late = await bench.TryChangeTradeAsync("T_1", "TRADE_SUCCESS");
        ((int)late.StatusCode).ShouldBe(400);
    }

    public static TheoryData<string, string, string> TradeFaults() => new()
    {
        { "out_trade_no", "", "ACQ.MISSING_PARAMETER" },
        { "subject", "", "ACQ.MISSING_PARAMETER" },
        { "out_trade_no", "T-1", "ACQ.INVALID_PARAMETER" },
        { "out_trade_no", new string('1', 65), "ACQ.INVALID_PARAMETER" },
        { "total_amount", "0.00", "ACQ.INVALID_PARAMETER" },
        { "total_amount", "1.001", "ACQ.INVALID_PARAMETER" },
        { "total_amount", "-1", "ACQ.INVALID_PARAMETER" },
        { "total_amount", "1,000.00", "ACQ.INVALID_PARAMETER" },
        { "total_amount", "100000000.01", "ACQ.INVALID_PARAMETER" },
        { "total_amount", "5000.00", "ACQ.TOTAL_FEE_EXCEED" },
        { "currency", "BTC", "ACQ.CURRENCY_NOT_SUPPORT" },
        { "subject", "a=b", "ACQ.INVALID_PARAMETER" },
        { "subject", new string('x', 257), "ACQ.INVALID_PARAMETER" },
        { "timeout", "2014-07-24 03:07:50", "ACQ.INVALID_PARAMETER" },
    };

    [Theory]
    [MemberData(nameof(TradeFaults))]
    public async Task A_wrong_trade_has_the_documents_code(string name, string value, string subCode)
    {
        await using var bench = await BgcPayBench.StartAsync(new { md5Key = BgcPayBench.Key, tradeLimit = 100_000 });
        var business = new Dictionary<string, string>
        {
            ["out_trade_no"] = "T_1",
            ["currency"] = "USDT",
            ["total_amount"] = "10.00",
            ["subject"] = "x",
        };
        business[name] = value;

        var answer = BgcPayBench.Open(
            await bench.CallAsync("bgcpay.trade.pay", business), "bgcpay_trade_pay_response");

        answer.Text("code").ShouldBe("40004");
        answer.Text("sub_code").ShouldBe(subCode);
    }

    [Fact]
    public async Task Another_applications_trade_is_not_known()
    {
        await using var bench = await BgcPayBench.StartAsync();
        var number = (await bench.PayAsync("T_1")).Text("trade_no");
        await bench.PutAppAsync(new { md5Key = BgcPayBench.Key }, "2");

        var answer = await bench.CallAsync("bgcpay.trade.query", new { trade_no = number }, ("app_id", "2"));

        BgcPayBench.Open(answer, "bgcpay_trade_query_response").Text("sub_code").ShouldBe("ACQ.TRADE_NOT_EXIST");
        (await bench.QueryTradeAsync(new { })).Text("sub_code").ShouldBe("ACQ.INVALID_PARAMETER");
    }

    [Fact]
    public async Task A_paid_trade_is_pushed_behind_the_address_and_as_a_multipart_form_until_it_is_acknowledged()
    {
        await using var receiver = await MerchantServer.StartAsync("success", "OK", "SUCCESS");
        await using var bench = await BgcPayBench.StartAsync();
        await bench.PayAsync("T_1", notifyUrl: receiver.Url + "?shop=1");
        await bench.ChangeTradeAsync("T_1", "TRADE_SUCCESS");

        var tries = await TriesAsync(bench, 1);
        Next(tries[0], bench).ShouldBe(60);
        bench.Host.Clock.Advance(TimeSpan.FromSeconds(60));
        tries = await TriesAsync(bench, 2);
        Next(tries[1], bench).ShouldBe(90);
        bench.Host.Clock.Advance(TimeSpan.FromSeconds(90));
        tries = await TriesAsync(bench, 3);
        tries[2].GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);

        var (query, form) = receiver.Received.First();
        query["shop"].ShouldBe("1");
        query["method"].ShouldBe("alipay.trade.notify");
        query["timestamp"].ShouldBe("2026-11-21 10:00:00");
        form["trade_status"].ShouldBe("TRADE_SUCCESS");
        form["total_amount"].ShouldBe("88.88");
        form["payer_id"].ShouldBe(BgcPayBench.Payee);
        form["extend_params"].ShouldBe("");
        var signed = query.Where(pair => pair.Key != "shop").Concat(form);
        query["sign"].ShouldBe(BgcPayBench.Sign(signed));
    }

    [Fact]
    public async Task A_push_that_is_never_taken_is_tried_a_hundred_times()
    {
        await using var receiver = await MerchantServer.StartAsync();
        await using var bench = await BgcPayBench.StartAsync(
            new { md5Key = BgcPayBench.Key, pushes = new[] { "WAIT_PAY" } });
        await bench.PayAsync("T_1", notifyUrl: receiver.Url);

        for (var push = 2; push <= 100; push++)
        {
            var tried = await TriesAsync(bench, push - 1);
            Next(tried[^1], bench).ShouldBe(30 * push);
            bench.Host.Clock.Advance(TimeSpan.FromSeconds(30 * push));
        }

        (await TriesAsync(bench, 100))[^1].GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        receiver.Received.Count.ShouldBe(100);
        receiver.Received.First().Form["trade_status"].ShouldBe("WAIT_PAY");
    }

    [Fact]
    public async Task Only_success_is_pushed_by_default_and_an_ordered_push_comes_again()
    {
        await using var receiver = await MerchantServer.StartAsync("SUCCESS", "SUCCESS");
        await using var bench = await BgcPayBench.StartAsync();
        await bench.PayAsync("T_1", notifyUrl: receiver.Url);
        await bench.ChangeTradeAsync("T_1", "TRADE_SUCCESS");
        await TriesAsync(bench, 1);

        await bench.Host.Http.PostAsync("/control/bgcpay/notifications/T_1", null);
        await TriesAsync(bench, 2);

        receiver.Received.Select(push => push.Form["trade_status"]).ShouldBe(["TRADE_SUCCESS", "TRADE_SUCCESS"]);
    }

    static async Task<JsonElement[]> TriesAsync(BgcPayBench bench, int count)
    {
        JsonElement[] tries = [];
        await bench.Host.UntilAsync(async () =>
        {
            tries = [.. (await bench.Host.GetAsync("/control/callbacks")).EnumerateArray()];
            return tries.Length >= count;
        });
        tries.Length.ShouldBe(count);
        return tries;
    }

    static int Next(JsonElement attempt, BgcPayBench bench) =>
        (int)(attempt.GetProperty("next").GetDateTimeOffset() - bench.Host.Clock.GetUtcNow()).TotalSeconds;

    /// <summary>A merchant's server that answers with the texts it was given, then with an empty one.</summary>
    sealed class MerchantServer : IAsyncDisposable
    {
        readonly WebApplication app;

        MerchantServer(WebApplication app) => this.app = app;

        public List<(Dictionary<string, string> Query, Dictionary<string, string> Form)> Received { get; } = [];

        public string Url => app.Urls.First() + "/notify";

        public static async Task<MerchantServer> StartAsync(params string[] answers)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var server = new MerchantServer(builder.Build());
            var left = new Queue<string>(answers);
            server.app.MapPost("/notify", async (HttpContext context) =>
            {
                var form = await context.Request.ReadFormAsync();
                lock (server.Received)
                {
                    server.Received.Add((
                        context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
                        form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString())));
                    return Results.Text(left.TryDequeue(out var answer) ? answer : "", "text/plain", Encoding.UTF8);
                }
            });
            await server.app.StartAsync();
            return server;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
