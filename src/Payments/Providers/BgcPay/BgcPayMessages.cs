using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>A member of biz_content.</summary>
/// <param name="Name">Name as the document spells it.</param>
/// <param name="Value">The value; a member with an empty one is left out.</param>
/// <param name="IsWholeNumber">It is written as a number and not as a text.</param>
internal sealed record BgcPayField(string Name, string Value, bool IsWholeNumber = false);

/// <summary>One question or order to BGCPay before it is signed.</summary>
/// <param name="Method">The interface, such as "bgcpay.trade.pay".</param>
/// <param name="Business">What goes into biz_content, in the order of the document.</param>
/// <param name="Common">Optional common parameters: lang, notify_url, return_url.</param>
internal sealed record BgcPayCall(
    string Method, IReadOnlyList<BgcPayField> Business, IReadOnlyList<BgcPayField>? Common = null);

/// <summary>What came of a call.</summary>
/// <param name="Transcript">What is kept.</param>
/// <param name="Answer">The answer, or why there is none.</param>
internal sealed record BgcPayReply(Transcript Transcript, BgcPayAnswer Answer);

/// <summary>
/// Signs calls, hands them to the only sender and says why there is no usable answer. The common parameters travel in
/// the query and biz_content as a multipart field, as the document's samples show; so every request has a body.
/// </summary>
internal sealed class BgcPayMessages(
    ProviderHttp http, TimeProvider time, BgcPayOptions options, IMessageSigning signing)
{
    private const string Business = "biz_content";

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>The clock of the times that are sent.</summary>
    public TimeProvider Time => time;

    /// <summary>Signs and sends. Nothing leaves without a key that could verify the answer.</summary>
    public async Task<BgcPayReply> SendAsync(
        ProviderAccount account, BgcPayCall call, ProviderKeys keys, SendPermit permit, CancellationToken cancel)
    {
        if (keys.SharedSecret is not { } secret)
        {
            return Unsent(account, call, ProviderError.KeyMissing, "no MD5 key is configured");
        }

        using var key = SignatureKey.Shared(secret);
        var choices = BgcPayOptions.Choices(account);
        var business = Write(call.Business);
        var members = Members(account, call, business);
        if (!BgcPayShape.IsApplication(account.MerchantId)
            || signing.Read(BgcPaySigning.Request, JsonSerializer.Serialize(members), key.Kind, choices)
                is not TextReading.Readable { Texts: var texts })
        {
            return Unsent(account, call, ProviderError.InvalidRequest, "a value is outside the document");
        }

        var signature = MessageSignature.Sign(texts, key);
        var address = Address(account, [.. members.Where(member => member.Key != Business), new("sign", signature)]);
        var (body, contentType) = BgcPayForm.Write(Business, business, Boundary(business));
        var request = new ProviderRequest(call.Method, address, body, contentType, Show(call));
        var exchange = await http.SendAsync(account, request, permit, cancel);
        return Read(exchange, call, key, choices);
    }

    /// <summary>The reply of a call that is refused before anything is sent.</summary>
    public BgcPayReply Unsent(ProviderAccount account, BgcPayCall call, ProviderError error, string why) => new(
        Transcript.Unsent(
            call.Method, new(account.BaseAddress, options.GatewayPath), time.GetUtcNow(), error, Show(call), why),
        BgcPayAnswer.None(error));

    /// <summary>
    /// Whether an answer to a question may be used: it is signed, or the account takes unsigned ones and the way it
    /// came is protected. What it says still has to equal what was asked.
    /// </summary>
    public static bool MayUse(BgcPayAnswer answer, ProviderAccount account) =>
        answer.IsSigned || (BgcPayOptions.TakesUnsigned(account)
            && (account.SandboxAddress is not null || account.BaseAddress.Scheme == Uri.UriSchemeHttps));

    private BgcPayReply Read(ProviderExchange exchange, BgcPayCall call, SignatureKey key, SigningChoices choices)
    {
        var shown = exchange.Transcript with
        {
            ShownAnswer = exchange.Transcript.Status is null ? "" : BgcPayShown.Answer(exchange.Body.Span),
        };
        return new(shown, exchange.HasAnswer
            ? BgcPayAnswer.Read(exchange.Body.Span, call.Method, signing, key, choices)
            : BgcPayAnswer.None(exchange.Failure));
    }

    private Dictionary<string, string> Members(ProviderAccount account, BgcPayCall call, string business)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["app_id"] = account.MerchantId,
            ["method"] = call.Method,
            ["format"] = "JSON",
            ["charset"] = "UTF-8",
            ["sign_type"] = "MD5",
            ["timestamp"] = BgcPayShape.Time(time.GetUtcNow(), account),
            ["version"] = options.Version,
            [Business] = business,
        };
        foreach (var field in (call.Common ?? []).Where(field => field.Value.Length > 0))
        {
            members.Add(field.Name, field.Value);
        }

        return members;
    }

    private Uri Address(ProviderAccount account, IReadOnlyList<KeyValuePair<string, string>> members) => new(
        account.BaseAddress,
        options.GatewayPath + "?" + string.Join(
            '&', members.Select(member => $"{member.Key}={Uri.EscapeDataString(member.Value)}")));

    private static string Write(IReadOnlyList<BgcPayField> fields)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            foreach (var field in fields.Where(field => field.Value.Length > 0))
            {
                if (field.IsWholeNumber)
                {
                    json.WriteNumber(field.Name, int.Parse(field.Value, CultureInfo.InvariantCulture));
                }
                else
                {
                    json.WriteString(field.Name, field.Value);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    // A text cannot contain the digest of itself, so the boundary never stands in it.
    private static string Boundary(string business) =>
        "bgcpay-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(business)))[..32];

    private static string Show(BgcPayCall call) => BgcPayShown.Text(
        call.Business.Concat(call.Common ?? []).Select(field => (field.Name, field.Value)).Prepend(
            ("method", call.Method)));
}
