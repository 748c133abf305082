using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Http;

/// <summary>The real sender over real connections, with a clock that the test moves.</summary>
internal sealed class SenderBench : IDisposable
{
    public const string Body = "version=v2.3&orderNo=N1";

    private readonly ProviderHttp http;

    public SenderBench(ProviderHttpLimits? limits = null) =>
        http = new(ProviderConnections.CreateHandler(), Clock, limits ?? ProviderHttpLimits.Default);

    public FakeClock Clock { get; } = new();

    public static ProviderAccount Rehearsal(Uri sandbox) => new()
    {
        MerchantId = "100020091218001",
        BaseAddress = sandbox,
        AnswerSignature = SignatureMode.Md5,
        Currencies = [CurrencyTable.Get("CNY")],
        SandboxAddress = sandbox,
    };

    public static ProviderAccount Live(string baseAddress) =>
        Rehearsal(new(baseAddress)) with { SandboxAddress = null };

    public Task<ProviderExchange> SendAsync(Uri sandbox, SendPermit? permit = null) =>
        SendAsync(Rehearsal(sandbox), new(sandbox, "/gateway/index.do"), permit);

    public Task<ProviderExchange> SendAsync(
        ProviderAccount account, Uri address, SendPermit? permit = null, string body = Body) => http.SendAsync(
            account,
            new("test", address, Encoding.ASCII.GetBytes(body), "application/x-www-form-urlencoded", "shown"),
            permit ?? SendPermit.Start(Clock),
            CancellationToken.None);

    public void Dispose() => http.Dispose();
}
