using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

/// <summary>An account whose gateway answers what a test writes, signed by the test's own code.</summary>
internal sealed class LianLianMobileBench : IDisposable
{
    public const string Merchant = "201304121000001004";
    public const string Secret = "md5key_for_tests_20261121";

    public static readonly Currency Cny = CurrencyTable.Get("CNY");

    private static readonly RSA Gateway = RSA.Create(1024);
    private static readonly RSA Shop = RSA.Create(1024);
    private static readonly RSA Stranger = RSA.Create(1024);

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly AnsweringGateway gateway = new();
    private readonly ProviderHttp http;

    public LianLianMobileBench(SignatureMode mode = SignatureMode.Md5)
    {
        Mode = mode;
        http = new(gateway, Clock, ProviderHttpLimits.Default);
        Provider = new(http, Clock);
        Keys = new()
        {
            Version = 1,
            SharedSecret = new(Encoding.ASCII.GetBytes(Secret)),
            SigningPrivate = new(Shop.ExportPkcs8PrivateKey()),
            ProviderPublic = Gateway.ExportSubjectPublicKeyInfo(),
        };
        Account = new()
        {
            MerchantId = Merchant,
            BaseAddress = new("http://127.0.0.1:9"),
            SandboxAddress = new("http://127.0.0.1:9"),
            AnswerSignature = mode,
            Currencies = [Cny],
        };
    }

    public FakeClock Clock { get; } = new();

    public SignatureMode Mode { get; }

    public LianLianMobileProvider Provider { get; }

    public ProviderKeys Keys { get; set; }

    public ProviderAccount Account { get; set; }

    public string SignType => Mode == SignatureMode.Rsa ? "RSA" : "MD5";

    /// <summary>Bodies that the gateway received, as text.</summary>
    public IReadOnlyList<string> Requests => [.. gateway.Requests.Select(request => request.Body)];

    public IReadOnlyList<Uri> Addresses => [.. gateway.Requests.Select(request => request.Address)];

    public IReadOnlyList<string> ContentTypes => [.. gateway.Requests.Select(request => request.ContentType)];

    public void Answer(string body, int status = 200) => Answer(Encoding.UTF8.GetBytes(body), status);

    public void Answer(byte[] body, int status = 200) => gateway.Answer(body, status);

    /// <summary>Answers members with their signature.</summary>
    public void AnswerSigned(Dictionary<string, string> members, params string[] unsigned) =>
        Answer(Signed(members, unsigned));

    /// <summary>Breaks after the request was read.</summary>
    public void Break() => gateway.Break();

    /// <summary>Breaks before the request is read.</summary>
    public void RefuseConnection() => gateway.RefuseConnection();

    public SendPermit Permit() => SendPermit.Start(Clock);

    /// <summary>The canonical text, written once more and not with the code under test.</summary>
    public static string Text(Dictionary<string, string> members, params string[] unsigned)
    {
        var names = members.Keys.Where(name => name != "sign" && !unsigned.Contains(name)).ToArray();
        Array.Sort(names, string.CompareOrdinal);
        return string.Join(
            "&", from name in names where members[name].Length > 0 select name + "=" + members[name]);
    }

    /// <summary>LianLian's signature in the account's way.</summary>
    public string Sign(string text, bool byStranger = false) => Mode == SignatureMode.Rsa
        ? Convert.ToBase64String((byStranger ? Stranger : Gateway).SignData(
            Encoding.UTF8.GetBytes(text), HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1))
        : Md5(text, byStranger ? "another key" : Secret);

    public static string Md5(string text, string key) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text + "&key=" + key)));

    /// <summary>Whether a request's own sign is right by its members.</summary>
    public bool IsSignedByShop(string body)
    {
        var members = JsonSerializer.Deserialize<Dictionary<string, string>>(body)!;
        var text = Text(members);
        return Mode == SignatureMode.Rsa
            ? Shop.VerifyData(
                Encoding.UTF8.GetBytes(text), Convert.FromBase64String(members["sign"]), HashAlgorithmName.MD5,
                RSASignaturePadding.Pkcs1)
            : members["sign"] == Md5(text, Secret);
    }

    /// <summary>Members as JSON with sign_type and sign; what is unsigned goes along all the same.</summary>
    public string Signed(Dictionary<string, string> members, params string[] unsigned)
    {
        Dictionary<string, string> all = new(members);
        all.TryAdd("sign_type", SignType);
        all["sign"] = Sign(Text(all, unsigned));
        return Json(all);
    }

    public static string Json(Dictionary<string, string> members) => JsonSerializer.Serialize(members, Plain);

    public static Dictionary<string, string> With(
        Dictionary<string, string> members, string name, string? value)
    {
        Dictionary<string, string> changed = new(members);
        if (value is null)
        {
            changed.Remove(name);
        }
        else
        {
            changed[name] = value;
        }

        return changed;
    }

    public static InboundMessage Message(string body) => Message(Encoding.UTF8.GetBytes(body));

    public static InboundMessage Message(byte[] body) =>
        new(body, "application/json;charset=utf-8", new Dictionary<string, string>(), "");

    public static Money Yuan(long minor) => new(minor, Cny);

    public void Dispose()
    {
        Keys.Dispose();
        http.Dispose();
    }
}
