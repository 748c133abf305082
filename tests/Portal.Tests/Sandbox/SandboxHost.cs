using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Tests;
using MerchantPortal.Sandbox;
using Microsoft.AspNetCore.Builder;

namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>
/// The Sandbox on a port of its own, with one merchant, spoken to as a foreign client would: raw strings, and
/// signatures computed here.
/// </summary>
sealed class SandboxHost : IAsyncDisposable
{
    public const string Merchant = "100020091218001";
    public const string Key = "1234567890";

    /// <summary>2026-11-21 10:00:00 in China.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero);

    readonly WebApplication app;

    SandboxHost(WebApplication app, FakeClock clock)
    {
        this.app = app;
        Clock = clock;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };
    }

    public FakeClock Clock { get; }
    public HttpClient Http { get; }
    public RSA CertificateKey { get; private set; } = RSA.Create();

    public static async Task<SandboxHost> StartAsync(
        object? merchant = null, string[]? args = null, FakeClock? clock = null)
    {
        clock ??= new FakeClock(Start);
        var built = SandboxApp.Build(["--urls", "http://127.0.0.1:0", .. args ?? []], clock);
        await built.StartAsync();
        var host = new SandboxHost(built, clock);
        await host.PutMerchantAsync(merchant ?? new { md5Key = Key });
        return host;
    }

    public async Task PutMerchantAsync(object merchant)
    {
        var answer = await Http.PutAsJsonAsync($"/control/allinpay/merchants/{Merchant}", merchant);
        answer.EnsureSuccessStatusCode();
        var pem = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("certificatePem").GetString()!;
        using var certificate = X509Certificate2.CreateFromPem(pem);
        CertificateKey = certificate.GetRSAPublicKey()!;
    }

    public async Task<JsonElement> PlaceAsync(params object[] orders)
    {
        var answer = await Http.PostAsJsonAsync("/control/allinpay/orders", orders);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>A paid order of 100.00, placed at the clock's start.</summary>
    public Task<JsonElement> PlacePaidAsync(string orderNo, string signType = "0", long amount = 10_000) =>
        PlaceAsync(new
        {
            merchantId = Merchant,
            orderNo,
            orderDatetime = "20261121100000",
            orderAmount = amount,
            currency = "156",
            signType,
            state = "paid",
        });

    public async Task OrderFaultAsync(object fault)
    {
        var answer = await Http.PostAsJsonAsync("/control/faults", fault);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>The refunds that the gateway has accepted, as the ledger shows them.</summary>
    public async Task<JsonElement[]> RefundsAsync() =>
        [.. (await GetAsync("/control/allinpay/ledger")).GetProperty("refunds").EnumerateArray()];

    public async Task<string> PostAsync(string path, string body)
    {
        using var answer = await SendAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return await answer.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> SendAsync(string path, string body, CancellationToken stop = default) =>
        Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"), stop);

    /// <summary>A refund as the document's 3.5 spells it.</summary>
    public static string Refund(string orderNo, long amount, string number, string signType = "0") => Signed(
        $"version=v2.3&signType={signType}&merchantId={Merchant}&orderNo={orderNo}&refundAmount={amount}"
        + $"&mchtRefundOrderNo={number}&orderDatetime=20261121100000");

    /// <summary>A refund query as the document's 3.7 spells it, the refund number only when one is given.</summary>
    public static string RefundQuery(string orderNo, long amount, string number = "", string signType = "0") => Signed(
        $"version=v2.4&signType={signType}&merchantId={Merchant}&orderNo={orderNo}&refundAmount={amount}"
        + (number.Length == 0 ? "" : $"&mchtRefundOrderNo={number}"));

    public static string Signed(string source) => $"{source}&signMsg={Md5($"{source}&key={Key}")}";

    public static string Md5(string text) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    public bool Verifies(string text, string signature) => CertificateKey.VerifyData(
        Encoding.UTF8.GetBytes(text), Convert.FromBase64String(signature), HashAlgorithmName.SHA1,
        RSASignaturePadding.Pkcs1);

    public static Dictionary<string, string> Form(string text) => text.Split('&').Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));

    /// <summary>Waits for something that happens elsewhere; moves the clock on at every look if asked to.</summary>
    public async Task UntilAsync(Func<Task<bool>> happened, TimeSpan? step = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await happened())
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), "it did not happen");
            if (step is { } by) Clock.Advance(by);
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        CertificateKey.Dispose();
        await app.DisposeAsync();
    }
}
