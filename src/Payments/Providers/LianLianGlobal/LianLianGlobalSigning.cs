using System.Text.Json;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>
/// The signing rules by interface (section 2.2): one flattened text, SHA1withRSA, in both directions. Questions by GET
/// sign the numbers of their path as a "request". The headers are not part of the text.
/// </summary>
internal sealed class LianLianGlobalSigning : IMessageSigning
{
    public const string Request = "request";
    public const string Answer = "answer";
    public const string Notification = "notification";

    /// <summary>The text as it arrived.</summary>
    public const string Literal = "literal";

    /// <summary>The text with the decimals that the provider's PHP prints.</summary>
    public const string FixedDecimals = "fixed decimals";

    public IReadOnlyList<string> Interfaces { get; } = [Request, Answer, Notification];

    public TextReading Read(string @interface, string message, SignatureKeyKind key, SigningChoices choices)
    {
        if (!Interfaces.Contains(@interface))
        {
            return new TextReading.Unusable($"LianLian Global has no interface {@interface}.");
        }

        if (key != SignatureKeyKind.Rsa)
        {
            return new TextReading.Unusable("LianLian Global signs with RSA keys only.");
        }

        if (!StrictJson.TryParse(message, out var json, out var why))
        {
            return new TextReading.Unusable(why);
        }

        using (json)
        {
            return LianLianGlobalText.Read(json.RootElement, out why) is not { } text
                ? new TextReading.Unusable(why)
                : text.Problem.Length > 0 ? new TextReading.Unusable(text.Problem)
                : new TextReading.Readable(Texts(@interface, text));
        }
    }

    /// <summary>
    /// Whether a message that arrived is signed by the provider, whatever its values: a reserved character in a signed
    /// message is judged afterwards, apart from forgery.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="signature">The signature header.</param>
    /// <param name="key">The provider's public key.</param>
    /// <param name="outside">
    /// What of a rightly signed message is outside the document's shapes; empty when nothing is.
    /// </param>
    /// <returns>Null when signed; else why not.</returns>
    public static string? Verify(JsonElement message, string signature, SignatureKey key, out string outside)
    {
        outside = "";
        if (LianLianGlobalText.Read(message, out var why) is not { } text)
        {
            return why;
        }

        outside = text.Problem;
        var verdict = MessageSignature.Verify(Texts(Answer, text), signature, key);
        return verdict.Valid ? null : verdict.Why;
    }

    private static MessageTexts Texts(string @interface, LianLianGlobalText text)
    {
        var pieces = text.Pieces();
        var fixedPieces = text.FixedPieces(pieces);
        var literal = Text(Literal, pieces);
        var known = LianLianGlobalFields.Named(@interface);
        var unknown = text.Members.Select(member => member.Name).Concat(text.Parents)
            .Where(name => !known.Contains(name)).Distinct()
            .Select(name => $"{name} is not in the document; it is signed like the others.");
        var empty = text.Members.Where(member => member.Value.Length == 0)
            .Select(member => $"{member.Name} is empty: the published clients differ on whether it is signed.");
        return new()
        {
            ToSign = literal,
            ToVerify = @interface == Request || fixedPieces == pieces
                ? [literal]
                : [literal, Text(FixedDecimals, fixedPieces)],
            LeftOut = text.LeftOut,
            Warnings = [.. unknown, .. empty],
        };
    }

    private static SignedText Text(string variant, string[] pieces) =>
        new(variant, string.Join('&', pieces), SignatureAlgorithm.RsaSha1, pieces);
}
