using System.Text.Json;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>How an answer is signed.</summary>
internal enum LianLianGlobalProof
{
    /// <summary>By LianLian's key.</summary>
    Signed,

    /// <summary>Not at all, as the document's example of a failure.</summary>
    Unsigned,

    /// <summary>By another key, or over another text.</summary>
    Wrong,
}

/// <summary>
/// An answer of any interface (section 2.1.2): JSON, the signature in a header, the business fields in "order" or at
/// the top level.
/// </summary>
internal sealed record LianLianGlobalAnswer
{
    private const int MaxSignature = 1024;

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>return_code.</summary>
    public required string Code { get; init; }

    /// <summary>decline_code; empty when there is none.</summary>
    public required string DeclineCode { get; init; }

    /// <summary>How it is signed.</summary>
    public required LianLianGlobalProof Proof { get; init; }

    /// <summary>What of a signed answer is outside the document's shapes; empty when nothing is.</summary>
    public required string Outside { get; init; }

    /// <summary>The answer as it may be shown.</summary>
    public required string Shown { get; init; }

    /// <summary>The whole answer.</summary>
    public required JsonElement Message { get; init; }

    /// <summary>The raw answer for lists: return_code, with the decline code behind it.</summary>
    public string ProviderCode => (Code + " " + DeclineCode).Trim();

    /// <summary>Our word for why it is not a success; the decline code tells more where there is one.</summary>
    public ProviderError Error => LianLianGlobalErrors.Meaning(
        DeclineCode.Length > 0 && LianLianGlobalErrors.Table.Find(DeclineCode) is not null ? DeclineCode : Code);

    /// <summary>A signed success of the promised status, so that its fields can be believed.</summary>
    public bool IsProvenSuccess =>
        Proof == LianLianGlobalProof.Signed && Status == 200 && Code == "SUCCESS" && Outside.Length == 0;

    /// <summary>
    /// A signed error whose HTTP status is the one that the table gives its code, without any field beyond the general
    /// ones. Everything less proves nothing.
    /// </summary>
    public bool IsProvenError =>
        Proof == LianLianGlobalProof.Signed && Outside.Length == 0 && Code != "SUCCESS" && Status != 200
        && LianLianGlobalErrors.Table.Find(Code)?.HttpStatus == Status
        && LianLianGlobalMembers.Read(Message, LianLianGlobalFields.General, [], out _) is not null;

    /// <summary>Reads an answer; null when it is not the JSON of the document.</summary>
    public static LianLianGlobalAnswer? Read(ProviderExchange exchange, SignatureKey key)
    {
        if (StrictJson.Decode(exchange.Body.Span) is not { } text || !StrictJson.TryParse(text, out var json, out _))
        {
            return null;
        }

        using (json)
        {
            var message = json.RootElement.Clone();
            if (message.ValueKind != JsonValueKind.Object || Text(message, "return_code") is not { Length: > 0 } code)
            {
                return null;
            }

            var signature = exchange.Headers.GetValueOrDefault("signature", "");
            var outside = "";
            var proof = signature.Length == 0 ? LianLianGlobalProof.Unsigned
                : signature.Length <= MaxSignature
                    && LianLianGlobalSigning.Verify(message, signature, key, out outside) is null
                    ? LianLianGlobalProof.Signed
                    : LianLianGlobalProof.Wrong;
            return new()
            {
                Status = exchange.Transcript.Status!.Value,
                Code = code,
                DeclineCode = Text(message, "decline_code"),
                Proof = proof,
                Outside = outside,
                Shown = LianLianGlobalMembers.Show(message),
                Message = message,
            };
        }
    }

    /// <summary>
    /// The business fields, with an object of their own or without: in "order" (the document's example and the third
    /// version) or beside the general fields (the document's tables).
    /// </summary>
    /// <param name="fields">The fields of the interface.</param>
    /// <param name="nested">The object that the third version puts further fields into.</param>
    /// <param name="nestedFields">Its fields.</param>
    /// <param name="why">What is outside the document.</param>
    /// <returns>The fields and those of the nested object, or null.</returns>
    public (LianLianGlobalMembers Fields, LianLianGlobalMembers? Nested)? Business(
        IReadOnlyList<LianLianGlobalField> fields, string nested, IReadOnlyList<LianLianGlobalField> nestedFields,
        out string why)
    {
        var inOrder = Message.TryGetProperty("order", out var order);
        var place = inOrder ? order : Message;
        string[] objects = nested.Length > 0 ? [nested] : [];
        if (inOrder && LianLianGlobalMembers.Read(Message, LianLianGlobalFields.General, ["order"], out why) is null)
        {
            return null;
        }

        var read = LianLianGlobalMembers.Read(
            place, inOrder ? fields : [.. LianLianGlobalFields.General, .. fields], objects, out why);
        if (read is null)
        {
            return null;
        }

        if (nested.Length == 0 || !place.TryGetProperty(nested, out var inner))
        {
            return (read, null);
        }

        return LianLianGlobalMembers.Read(inner, nestedFields, [], out why) is { } innerRead ? (read, innerRead) : null;
    }

    /// <summary>A text member that may be taken as a code; empty when it is anything else.</summary>
    private static string Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
        && member.GetString() is { Length: <= 128 } text && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? text
            : "";
}
