using System.Text;
using System.Text.RegularExpressions;

namespace MerchantPortal.Portal.Features.Signatures;

/// <summary>What often makes two signatures differ.</summary>
public enum TextHintKind
{
    /// <summary>The message begins with U+FEFF.</summary>
    ByteOrderMark,

    /// <summary>Characters that a wrong decoding has already destroyed.</summary>
    Lost,

    /// <summary>UTF-8 that somebody read as GBK.</summary>
    ReadAsGbk,

    /// <summary>UTF-8 that somebody read as a Western charset.</summary>
    ReadAsLatin,

    /// <summary>Digits or letters of the wide Chinese forms.</summary>
    FullWidth,

    /// <summary>No-break spaces, zero-width characters and controls.</summary>
    Invisible,

    /// <summary>A blank at the beginning or the end.</summary>
    OuterBlank,

    /// <summary>The value is still percent-encoded.</summary>
    PercentEncoded,

    /// <summary>The value is still escaped for HTML.</summary>
    HtmlEntity,

    /// <summary>The signature has a blank: a plus sign was decoded once too often.</summary>
    LostPlus,

    /// <summary>The signature is still percent-encoded.</summary>
    EncodedSignature,
}

/// <summary>Something odd about a text.</summary>
/// <param name="Kind">What.</param>
/// <param name="Where">The part that has it; empty for the whole.</param>
/// <param name="Meant">What was probably meant; empty where nobody can tell.</param>
public sealed partial record TextHint(TextHintKind Kind, string Where = "", string Meant = "")
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private static readonly Encoding Gbk = Strict(54936);
    private static readonly Encoding Western = Strict(1252);
    private static readonly Encoding Latin1 = Strict(28591);

    /// <summary>What is odd about the parts of a text, each kind once.</summary>
    public static IReadOnlyList<TextHint> Of(string message, IReadOnlyList<string> pieces) =>
    [
        .. (message.StartsWith('\uFEFF') ? [new TextHint(TextHintKind.ByteOrderMark)] : Array.Empty<TextHint>())
            .Concat(pieces.SelectMany(OfPiece)).DistinctBy(hint => hint.Kind),
    ];

    /// <summary>What is odd about a signature.</summary>
    public static IReadOnlyList<TextHint> OfSignature(string signature) =>
        signature.Trim().Contains(' ') ? [new(TextHintKind.LostPlus)]
        : EncodedByte().IsMatch(signature) ? [new(TextHintKind.EncodedSignature)]
        : [];

    private static IEnumerable<TextHint> OfPiece(string piece)
    {
        var equals = piece.IndexOf('=', StringComparison.Ordinal);
        var value = piece[(equals + 1)..];
        var where = equals > 0 ? piece[..equals] : "";
        if (value.Contains('\uFFFD') || value.Contains("锟斤拷", StringComparison.Ordinal))
        {
            yield return new(TextHintKind.Lost, where);
        }
        else if (Reread(value, Gbk) is { } chinese)
        {
            yield return new(TextHintKind.ReadAsGbk, where, chinese);
        }
        else if ((Reread(value, Western) ?? Reread(value, Latin1)) is { } western)
        {
            yield return new(TextHintKind.ReadAsLatin, where, western);
        }

        if (value.Any(letter => letter is >= '０' and <= '９' or >= 'Ａ' and <= 'Ｚ' or >= 'ａ' and <= 'ｚ'))
        {
            yield return new(TextHintKind.FullWidth, where, value.Normalize(NormalizationForm.FormKC));
        }

        if (value.Any(IsInvisible))
        {
            yield return new(TextHintKind.Invisible, where);
        }

        if (value.Length > 0 && (value[0] is ' ' or '\u3000' || value[^1] is ' ' or '\u3000'))
        {
            yield return new(TextHintKind.OuterBlank, where);
        }

        if (EncodedByte().IsMatch(value))
        {
            yield return new(TextHintKind.PercentEncoded, where, Uri.UnescapeDataString(value));
        }

        if (Entity().IsMatch(value))
        {
            yield return new(TextHintKind.HtmlEntity, where);
        }
    }

    private static bool IsInvisible(char letter) =>
        letter is '\u00A0' or '\u00AD' or (>= '\u200B' and <= '\u200F') or '\u2060' or '\uFEFF' or '\t'
        || (char.IsControl(letter) && letter is not ('\r' or '\n'));

    /// <summary>The text that UTF-8 would have given, where its bytes were read in another charset.</summary>
    private static string? Reread(string value, Encoding readAs)
    {
        try
        {
            var meant = Utf8.GetString(readAs.GetBytes(value));
            return meant.Length < value.Length && meant.Any(letter => letter > '\u007F') ? meant : null;
        }
        catch (Exception fault) when (fault is EncoderFallbackException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding Strict(int codePage) =>
        (CodePagesEncodingProvider.Instance.GetEncoding(
            codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback));

    [GeneratedRegex("%[0-9A-Fa-f]{2}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncodedByte();

    [GeneratedRegex("&(amp|lt|gt|quot|#\\d+);", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entity();
}
