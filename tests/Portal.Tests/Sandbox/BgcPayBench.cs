using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>A Sandbox with one BGCPay application and one user; signatures are made in this file alone.</summary>
sealed class BgcPayBench : IAsyncDisposable
{
    public const string App = "20135234674";
    public const string Key = "appsecret";
    public const string Payee = "BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8";

    /// <summary>1,000.00 USDT.</summary>
    public static readonly Dictionary<string, int> Balances = new() { ["USDT"] = 100_000 };

    BgcPayBench(SandboxHost host) => Host = host;

    public SandboxHost Host { get; }

    public static async Task<BgcPayBench> StartAsync(object? app = null, string[]? args = null)
    {
        var bench = new BgcPayBench(await SandboxHost.StartAsync(args: args));
        await bench.PutAppAsync(app ?? new { md5Key = Key, balances = Balances });
        await bench.PutUserAsync(Payee, new { name = "Test", email = "test@gmail.com" });
        return bench;
    }

    public async Task PutAppAsync(object app, string id = App) =>
        (await Host.Http.PutAsJsonAsync($"/control/bgcpay/apps/{id}", app)).EnsureSuccessStatusCode();

    public async Task PutUserAsync(string cid, object user) =>
        (await Host.Http.PutAsJsonAsync($"/control/bgcpay/users/{cid}", user)).EnsureSuccessStatusCode();

    /// <summary>The common parameters of a request, without the signature.</summary>
    public static Dictionary<string, string> Common(string method) => new()
    {
        ["charset"] = "UTF-8",
        ["method"] = method,
        ["format"] = "json",
        ["app_id"] = App,
        ["version"] = "1.0",
        ["sign_type"] = "MD5",
        ["timestamp"] = "2026-11-21 10:00:00",
    };

    public static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The signature over common parameters and biz_content, with the key behind the text.</summary>
    public static string Sign(IEnumerable<KeyValuePair<string, string>> parameters, string glueAndKey = Key) => Md5(
        string.Join('&', parameters.Where(pair => pair.Value.Length > 0 && pair.Key != "sign")
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))
        + glueAndKey);

    /// <summary>A signed call as the document's curl lines make it.</summary>
    public Task<string> CallAsync(string method, object business, params (string Name, string Value)[] more)
    {
        var common = Common(method);
        foreach (var (name, value) in more) common[name] = value;
        return SendAsync(common, JsonSerializer.Serialize(business));
    }

    /// <summary>Signs what is not signed yet: common parameters behind the address, biz_content in a form.</summary>
    public async Task<string> SendAsync(Dictionary<string, string> common, string biz)
    {
        common.TryAdd("sign", Sign([.. common, new("biz_content", biz)]));
        using var form = new MultipartFormDataContent { { new StringContent(biz), "biz_content" } };
        using var answer = await Host.Http.PostAsync("/gateway.do?" + Query(common), form);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The inner object of a wrapped answer, its signature checked against its own letters.</summary>
    public static JsonElement Open(string answer, string wrapper, string key = Key)
    {
        using var json = JsonDocument.Parse(answer);
        var inner = json.RootElement.GetProperty(wrapper);
        json.RootElement.GetProperty("sign").GetString().ShouldBe(Md5(inner.GetRawText() + key));
        return inner.Clone();
    }

    public static string Query(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));

    public async Task<JsonElement> PayAsync(string number, string amount = "88.88", string? notifyUrl = null) => Open(
        await CallAsync(
            "bgcpay.trade.pay",
            new { out_trade_no = number, currency = "USDT", total_amount = amount, subject = "Iphone6 16G" },
            notifyUrl is null ? [] : [("notify_url", notifyUrl)]),
        "bgcpay_trade_pay_response");

    public Task<string> TransferAsync(string number, string amount = "23.00", string payee = Payee) => CallAsync(
        "bgcpay.fund.trans.uni.transfer",
        new
        {
            out_biz_no = number,
            currency = "USDT",
            trans_amount = amount,
            order_title = "201905代發",
            payee_did = payee,
        });

    public static JsonElement Transferred(string answer) => Open(answer, "bgcpay_fund_trans_uni_transfer_response");

    public async Task<JsonElement> QueryTransferAsync(object business) => Open(
        await CallAsync("bgcpay.fund.trans.common.query", business), "bgcpay_fund_trans_common_query_response");

    public async Task<JsonElement> QueryTradeAsync(object business) =>
        Open(await CallAsync("bgcpay.trade.query", business), "bgcpay_trade_query_response");

    public async Task ChangeTradeAsync(string number, string status)
    {
        using var answer = await TryChangeTradeAsync(number, status);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> TryChangeTradeAsync(string number, string status) =>
        Host.Http.PostAsJsonAsync($"/control/bgcpay/trades/{number}/status", new { status, payerCid = Payee });

    public async Task<int> TransfersAsync() =>
        (await Host.GetAsync("/control/bgcpay/ledger")).GetProperty("transfers").GetArrayLength();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

static class BgcPayAnswers
{
    public static string Text(this JsonElement answer, string member) => answer.GetProperty(member).GetString()!;
}
