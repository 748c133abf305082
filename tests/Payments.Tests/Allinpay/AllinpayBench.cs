using System.Net;
using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;

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
    public IReadOnlyList<string> Requests => gateway.Requests;

    public IReadOnlyList<Uri> Addresses => gateway.Addresses;

    public void Answer(string body, int status = 200) => Answer(Encoding.UTF8.GetBytes(body), status);

    public void Answer(byte[] body, int status = 200) => gateway.Next = () => new((HttpStatusCode)status)
    {
        Content = new ByteArrayContent(body),
    };

    /// <summary>Breaks after the request was read.</summary>
    public void Break() =>
        gateway.Next = () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "broken");

    /// <summary>Breaks before the request is read.</summary>
    public void RefuseConnection() => gateway.RefusesConnection = true;

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

    /// <summary>Takes the body like a connection does and then answers.</summary>
    private sealed class AnsweringGateway : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        public List<Uri> Addresses { get; } = [];

        public bool RefusesConnection { get; set; }

        public Func<HttpResponseMessage> Next { get; set; } = () => new(HttpStatusCode.OK);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (RefusesConnection)
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
            }

            Requests.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            Addresses.Add(request.RequestUri!);
            return Next();
        }
    }
}
