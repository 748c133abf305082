using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>One member of a request.</summary>
/// <param name="Name">Name as the document spells it.</param>
/// <param name="Value">Raw value; empty members are left out.</param>
internal readonly record struct LianLianMobileField(string Name, string Value);

/// <summary>One question or order to LianLian before it is signed.</summary>
/// <param name="Interface">Name for the transcript.</param>
/// <param name="Address">Where it goes; null when the account's setting is no address.</param>
/// <param name="Fields">Members without oid_partner, sign_type and sign.</param>
/// <param name="AnswerInterface">The signing interface of the answer.</param>
internal sealed record LianLianMobileCall(
    string Interface, Uri? Address, IReadOnlyList<LianLianMobileField> Fields, string AnswerInterface)
{
    /// <summary>Why nothing of it may leave; empty when it is sound.</summary>
    public string Unsound { get; init; } = "";
}

/// <summary>What came of a call.</summary>
/// <param name="Transcript">What is kept.</param>
/// <param name="Answer">The judged answer; null when there is none to read.</param>
/// <param name="Failure">Why there is no answer to believe, or None.</param>
internal sealed record LianLianMobileReply(Transcript Transcript, LianLianMobileMessage? Answer, ProviderError Failure)
{
    /// <summary>ret_code as it stands there; empty when there is none.</summary>
    public string Code => Answer?.Told("ret_code") is { Length: > 0 and <= 10 } code ? code : "";

    /// <summary>The answer's signature fits and it is of the documented shape.</summary>
    public bool IsGenuine => Failure == ProviderError.None && Answer is { Reading: LianLianMobileReading.Genuine };
}

/// <summary>Signs calls, hands them to the only sender and says why there is no usable answer.</summary>
internal sealed class LianLianMobileMessages(ProviderHttp http, TimeProvider time)
{
    private const string JsonType = "application/json;charset=utf-8";

    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The clock of questions and of certificates checked.</summary>
    public TimeProvider Time => time;

    /// <summary>
    /// Signs and sends. Nothing leaves when a key is missing, a member is outside its shape or the answer could not be
    /// verified anyway.
    /// </summary>
    public async Task<LianLianMobileReply> SendAsync(
        ProviderAccount account, LianLianMobileCall call, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel)
    {
        LianLianMobileField[] fields =
            [new("oid_partner", account.MerchantId), new("sign_type", SignType(account)), .. call.Fields];
        if (call.Unsound.Length > 0 || call.Address is null || !LianLianMobileText.IsMerchant(account.MerchantId))
        {
            var unsound = call.Unsound.Length > 0 ? call.Unsound
                : call.Address is null ? "the account's address for it is none"
                : "the merchant number is not of 18 digits";
            return Unsent(call, fields, ProviderError.InvalidRequest, unsound);
        }

        using var verifier = LianLianMobileVerifier.Open(account.AnswerSignature, keys, time.GetUtcNow(), out var why);
        if (verifier is null)
        {
            return Unsent(call, fields, ProviderError.KeyMissing, why);
        }

        if (Sign(LianLianMobileFields.Request, account.AnswerSignature, fields, keys, out var error, out why)
            is not { } sign)
        {
            return Unsent(call, fields, error, why);
        }

        var body = Body([.. fields, new(LianLianMobileFields.Sign, sign)]);
        try
        {
            var exchange = await http.SendAsync(
                account, new(call.Interface, call.Address, body, JsonType, Show(fields)), permit, cancel);
            return Read(exchange, call, account, verifier);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    /// <summary>The members as one JSON object without its closing signature; empty members are left out.</summary>
    public static byte[] Body(IEnumerable<LianLianMobileField> fields)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            foreach (var (name, value) in fields.Where(field => field.Value.Length > 0))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The signature over members, made with the account's own key; null with the reason.</summary>
    public static string? Sign(
        string @interface, SignatureMode mode, IReadOnlyList<LianLianMobileField> fields, ProviderKeys keys,
        out ProviderError error, out string why)
    {
        error = ProviderError.KeyMissing;
        using var key = OpenSigningKey(mode, keys, out why);
        if (key is null)
        {
            return null;
        }

        error = ProviderError.InvalidRequest;
        MessageMember[] members = [.. fields.Select(field => new MessageMember(field.Name, field.Value, false))];
        why = LianLianMobileSigning.Problem(@interface, members);
        return why.Length == 0
            ? MessageSignature.Sign(LianLianMobileSigning.Texts(@interface, members, key.Kind), key)
            : null;
    }

    /// <summary>sign_type of an account: both sides use the same.</summary>
    public static string SignType(ProviderAccount account) => LianLianMobileSigning.SignType(
        account.AnswerSignature == SignatureMode.Rsa ? SignatureKeyKind.Rsa : SignatureKeyKind.SharedSecret);

    private static SignatureKey? OpenSigningKey(SignatureMode mode, ProviderKeys keys, out string why)
    {
        if (mode == SignatureMode.Md5)
        {
            why = keys.SharedSecret is null ? "No MD5 key is configured." : "";
            return keys.SharedSecret is { } secret ? SignatureKey.Shared(secret) : null;
        }

        return keys.OpenSigningPrivate(out why);
    }

    private static LianLianMobileReply Read(
        ProviderExchange exchange, LianLianMobileCall call, ProviderAccount account, LianLianMobileVerifier verifier)
    {
        var transcript = exchange.Body.IsEmpty
            ? exchange.Transcript
            : exchange.Transcript with { ShownAnswer = LianLianMobileShown.Body(exchange.Body.Span) };
        if (!exchange.HasAnswer)
        {
            return new(transcript, null, exchange.Failure);
        }

        var answer = verifier.Read(call.AnswerInterface, exchange.Body.Span);
        return new(transcript, answer, answer.Reading switch
        {
            LianLianMobileReading.Genuine => Stranger(answer, account),
            LianLianMobileReading.Unsigned => Unsigned(answer),
            LianLianMobileReading.Forged => ProviderError.AnswerSignatureWrong,
            _ => ProviderError.AnswerUnreadable,
        });
    }

    private static ProviderError Stranger(LianLianMobileMessage answer, ProviderAccount account) =>
        answer["ret_code"].Length == 0 ? ProviderError.AnswerUnreadable
        : answer["oid_partner"] is { Length: > 0 } merchant && merchant != account.MerchantId
            ? ProviderError.AnswerMismatch
        : ProviderError.None;

    /// <summary>An error without a signature tells people why; a success without one is nobody's word.</summary>
    private static ProviderError Unsigned(LianLianMobileMessage answer) =>
        answer.Told("ret_code") is { Length: > 0 } code && code != LianLianMobileErrors.Success
            ? LianLianMobileErrors.Meaning(code)
            : ProviderError.AnswerSignatureWrong;

    private LianLianMobileReply Unsent(
        LianLianMobileCall call, IReadOnlyList<LianLianMobileField> fields, ProviderError error, string why) =>
        new(
            Transcript.Unsent(call.Interface, call.Address, time.GetUtcNow(), error, Show(fields), why),
            null,
            error);

    private static string Show(IEnumerable<LianLianMobileField> fields) => LianLianMobileShown.Members(
        fields.Where(field => field.Value.Length > 0)
            .Select(field => new MessageMember(field.Name, field.Value, false)));
}
