using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.Allinpay;

/// <summary>An Allinpay account whose gateway answers what a test writes, signed by the test's code.</summary>
internal sealed class AllinpayBench : IDisposable
{
    public const string Merchant = "100020091218001";
    public const string Secret = "1234567890";

    public static readonly Currency Cny = CurrencyTable.Get("CNY");

    private static readonly RSA Gateway = RSA.Create(1024);
    private static readonly RSA Stranger = RSA.Create(1024);

    private readonly AnsweringGateway gateway = new();
    private readonly ProviderHttp http;

    public AllinpayBench(SignatureMode mode = SignatureMode.Md5)
    {
        Mode = mode;
        http = new(gateway, Clock, ProviderHttpLimits.Default);
        Provider = new(http, Clock);
        Keys = new()
        {
            Version = 1,
            SharedSecret = new(Encoding.ASCII.GetBytes(Secret)),
            ProviderPublic = Gateway.ExportSubjectPublicKeyInfo(),
        };
    }

    public FakeClock Clock { get; } = new();

    public SignatureMode Mode { get; }

    public AllinpayProvider Provider { get; }

    public ProviderKeys Keys { get; set; }

    public ProviderAccount Account => new()
    {
        MerchantId = Merchant,
        BaseAddress = new("http://127.0.0.1:9"),
        SandboxAddress = new("http://127.0.0.1:9"),
        AnswerSignature = Mode,
        Currencies = [Cny],
    };

    public string SignType => Mode == SignatureMode.Rsa ? "1" : "0";

    /// <summary>Bodies that the gateway received, as text.</summary>
    public IReadOnlyList<string> Requests => [.. gateway.Requests.Select(request => request.Body)];

    public IReadOnlyList<Uri> Addresses => [.. gateway.Requests.Select(request => request.Address)];

    public void Answer(string body, int status = 200) => Answer(Encoding.UTF8.GetBytes(body), status);

    public void Answer(byte[] body, int status = 200) => gateway.Answer(body, status);

    /// <summary>Breaks after the request was read.</summary>
    public void Break() => gateway.Break();

    /// <summary>Breaks before the request is read.</summary>
    public void RefuseConnection() => gateway.RefuseConnection();

    public SendPermit Permit() => SendPermit.Start(Clock);

    public static string Md5(string text) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Rsa(string text, bool byStranger = false) => Convert.ToBase64String(
        (byStranger ? Stranger : Gateway)
            .SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));

    /// <summary>The signature of a form in the account's mode.</summary>
    public string SignForm(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var text = string.Join('&', fields.Where(f => f.Value.Length > 0).Select(f => $"{f.Key}={f.Value}"));
        return Mode == SignatureMode.Rsa ? Rsa(text) : Md5($"{text}&key={Secret}");
    }

    /// <summary>The form with its signature behind it, percent-encoded.</summary>
    public string SignedForm(IEnumerable<KeyValuePair<string, string>> fields) =>
        Form([.. fields, new("signMsg", SignForm(fields))]);

    public static string Form(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));

    public void Dispose()
    {
        Keys.Dispose();
        http.Dispose();
    }
}
