using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianGlobal;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.LianLianGlobal;

/// <summary>A LianLian Global account whose gateway answers what a test writes, signed by the test's code.</summary>
internal sealed class LianLianGlobalBench : IDisposable
{
    public const string Merchant = "142021010800006001";

    public static readonly Currency Hkd = CurrencyTable.Get("HKD");
    public static readonly Currency Jpy = CurrencyTable.Get("JPY");

    private static readonly RSA Gateway = RSA.Create(1024);
    private static readonly RSA Stranger = RSA.Create(1024);
    private static readonly RSA Ours = RSA.Create(1024);

    private readonly AnsweringGateway gateway = new();
    private readonly ProviderHttp http;

    public LianLianGlobalBench()
    {
        http = new(gateway, Clock, ProviderHttpLimits.Default);
        Provider = new(http, Clock);
        Payments = new(http, Clock);
        Keys = new()
        {
            Version = 1,
            SigningPrivate = new(Ours.ExportPkcs8PrivateKey()),
            ProviderPublic = Gateway.ExportSubjectPublicKeyInfo(),
        };
    }

    public FakeClock Clock { get; } = new();

    public LianLianGlobalProvider Provider { get; }

    public LianLianGlobalPayments Payments { get; }

    public ProviderKeys Keys { get; set; }

    public ProviderAccount Account { get; set; } = new()
    {
        MerchantId = Merchant,
        BaseAddress = new("http://127.0.0.1:9"),
        SandboxAddress = new("http://127.0.0.1:9"),
        AnswerSignature = SignatureMode.Rsa,
        Currencies = [Hkd, Jpy],
    };

    /// <summary>Bodies that the gateway received, as text; empty for a GET.</summary>
    public IReadOnlyList<string> Requests => [.. gateway.Requests.Select(request => request.Body)];

    public IReadOnlyList<HttpRequestMessage> Heads => [.. gateway.Requests.Select(request => request.Head)];

    /// <summary>A header of the only request.</summary>
    public string Sent(string header) => Heads.Single().Headers.GetValues(header).Single();

    public SendPermit Permit() => SendPermit.Start(Clock);

    /// <summary>Answers with a body and a signature header; null for none.</summary>
    public void Answer(byte[] body, string? signature, int status = 200, string type = "application/json") =>
        gateway.Next = () =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
            response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (signature is not null)
            {
                response.Headers.TryAddWithoutValidation("signature", signature);
            }

            return response;
        };

    public void Answer(string body, string? signature, int status = 200, string type = "application/json") =>
        Answer(Encoding.UTF8.GetBytes(body), signature, status, type);

    /// <summary>Answers with a body that LianLian's key signed.</summary>
    public void Tell(JsonObject body, int status = 200) =>
        Answer(body.ToJsonString(), Sign(Text(body)), status);

    /// <summary>Breaks after the request was read.</summary>
    public void Break() => gateway.Break();

    /// <summary>Breaks before the request is read.</summary>
    public void RefuseConnection() => gateway.RefuseConnection();

    public static string Sign(string text, bool byStranger = false, HashAlgorithmName? hash = null) =>
        Convert.ToBase64String((byStranger ? Stranger : Gateway).SignData(
            Encoding.UTF8.GetBytes(text), hash ?? HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));

    /// <summary>Whether a signature is ours over a text.</summary>
    public static bool IsOurs(string text, string signature) => Ours.VerifyData(
        Encoding.UTF8.GetBytes(text), Convert.FromBase64String(signature), HashAlgorithmName.SHA1,
        RSASignaturePadding.Pkcs1);

    /// <summary>The flattened text of a message, by the test's own walk.</summary>
    public static string Text(JsonNode message) => string.Join('&', Pieces(message));

    public static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    public void Dispose()
    {
        Keys.Dispose();
        http.Dispose();
    }

    private static IEnumerable<string> Pieces(JsonNode message)
    {
        foreach (var (name, value) in message.AsObject().OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            var pieces = value switch
            {
                null => [],
                JsonObject inner => Pieces(inner),
                JsonArray list => list.SelectMany(element => Pieces(element!)),
                _ when value.GetValueKind() == JsonValueKind.String => [$"{name}={value.GetValue<string>()}"],
                _ => [$"{name}={value.ToJsonString()}"],
            };
            foreach (var piece in pieces)
            {
                yield return piece;
            }
        }
    }
}
