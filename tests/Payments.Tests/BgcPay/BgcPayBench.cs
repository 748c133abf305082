using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.BgcPay;

/// <summary>A BGCPay account whose gateway answers what a test writes, signed by the test's own code.</summary>
internal sealed class BgcPayBench : IDisposable
{
    public const string Application = "2014072300007148";
    public const string Secret = "k7Q-secret-of-the-test";
    public const string Payee = "BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8";

    public static readonly Currency Usdt = CurrencyTable.Get("USDT");

    private readonly AnsweringGateway gateway = new();
    private readonly ProviderHttp http;

    public BgcPayBench(params (string Key, string Value)[] settings)
    {
        http = new(gateway, Clock, ProviderHttpLimits.Default);
        Provider = new(http, Clock);
        Account = new()
        {
            MerchantId = Application,
            BaseAddress = new("https://openapi.bgcpay.com"),
            AnswerSignature = SignatureMode.Md5,
            Currencies = [Usdt],
            Settings = settings.ToFrozenDictionary(setting => setting.Key, setting => setting.Value),
        };
    }

    public FakeClock Clock { get; } = new();

    public BgcPayProvider Provider { get; }

    public ProviderAccount Account { get; set; }

    public ProviderKeys Keys { get; set; } = new() { Version = 1, SharedSecret = new(Encoding.ASCII.GetBytes(Secret)) };

    /// <summary>Bodies that the gateway received, as text.</summary>
    public IReadOnlyList<string> Requests => [.. gateway.Requests.Select(request => request.Body)];

    public IReadOnlyList<string> ContentTypes => [.. gateway.Requests.Select(request => request.ContentType)];

    public IReadOnlyList<Uri> Addresses => [.. gateway.Requests.Select(request => request.Address)];

    /// <summary>The biz_content of the one request, cut out of its multipart body.</summary>
    public string Business => Requests.Single().Split("\r\n\r\n", 2)[1].Split("\r\n--", 2)[0];

    public void Answer(string body, int status = 200) => Answer(Encoding.UTF8.GetBytes(body), status);

    public void Answer(byte[] body, int status = 200) => gateway.Answer(body, status);

    /// <summary>Answers in the printed wrapped shape, signed over the wrapper's value.</summary>
    public void AnswerWrapped(string method, string inner) => Answer(Wrapped(method, inner));

    /// <summary>Answers in the printed bare shape, signed over the sorted members.</summary>
    public void AnswerBare(params (string Name, string Value)[] members) =>
        Answer(Json([.. members, ("sign", Sign(Source(members)))]));

    public void Break() => gateway.Break();

    public void RefuseConnection() => gateway.RefuseConnection();

    public SendPermit Permit() => SendPermit.Start(Clock);

    public static string Wrapped(string method, string inner) =>
        $$"""{"{{method.Replace('.', '_')}}_response":{{inner}},"sign":"{{Sign(inner)}}"}""";

    public static string Sign(string text, string key = Secret) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text + key)));

    public static string Source(IEnumerable<(string Name, string Value)> members) => string.Join('&', members
        .Where(member => member.Value.Length > 0).OrderBy(member => member.Name, StringComparer.Ordinal)
        .Select(member => $"{member.Name}={member.Value}"));

    public static string Json(IEnumerable<(string Name, string Value)> members) =>
        JsonSerializer.Serialize(members.ToDictionary(member => member.Name, member => member.Value));

    /// <summary>Members with some of them changed; an empty value takes one away.</summary>
    public static (string Name, string Value)[] With(
        IEnumerable<(string Name, string Value)> members, params (string Name, string Value)[] changes) =>
    [
        .. from member in members.Concat(changes).DistinctBy(member => member.Name)
           let value = changes.Any(change => change.Name == member.Name)
               ? changes.Last(change => change.Name == member.Name).Value
               : member.Value
           where value.Length > 0
           select (member.Name, value),
    ];

    public static string Error(string code, string subCode, string text = "x") => subCode.Length == 0
        ? Json([("code", code), ("msg", text)])
        : Json([("code", code), ("msg", text), ("sub_code", subCode), ("sub_msg", text)]);

    public void Dispose()
    {
        Keys.Dispose();
        http.Dispose();
    }
}
