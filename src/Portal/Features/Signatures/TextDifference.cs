using System.Text;

namespace MerchantPortal.Portal.Features.Signatures;

/// <summary>Where two texts part.</summary>
/// <param name="Byte">Index of the first byte that differs, in UTF-8.</param>
/// <param name="Same">What stands right before it in both, the end of it.</param>
/// <param name="Ours">Our text from there on, the beginning of it; empty when it ends there.</param>
/// <param name="Theirs">The other text from there on, likewise.</param>
/// <param name="OurByte">The byte itself; null at the end.</param>
/// <param name="TheirByte">Likewise.</param>
/// <param name="Piece">Index of the part of our text in which it lies; see <see cref="In"/>.</param>
public sealed record TextDifference(
    int Byte, string Same, string Ours, string Theirs, byte? OurByte, byte? TheirByte, int Piece = -1)
{
    private const int Around = 28;

    /// <summary>Null when the texts are equal byte for byte.</summary>
    /// <param name="ours">Our text.</param>
    /// <param name="theirs">
    /// The other one. A browser turns line ends into line feeds, so where ours has CR LF and theirs has no CR at all,
    /// its line feeds count as CR LF.
    /// </param>
    public static TextDifference? Find(string ours, string theirs)
    {
        if (ours.Contains("\r\n", StringComparison.Ordinal) && !theirs.Contains('\r', StringComparison.Ordinal))
        {
            theirs = theirs.ReplaceLineEndings("\r\n");
        }

        var at = ours.AsSpan().CommonPrefixLength(theirs);
        if (at == ours.Length && at == theirs.Length)
        {
            return null;
        }

        // A pair of surrogates is one character, and one character is not cut.
        at -= at > 0 && char.IsHighSurrogate(ours[at - 1]) ? 1 : 0;
        var (our, their) = (Encoding.UTF8.GetBytes(ours[at..]), Encoding.UTF8.GetBytes(theirs[at..]));
        var inside = our.AsSpan().CommonPrefixLength(their);
        return new(
            Encoding.UTF8.GetByteCount(ours.AsSpan(0, at)) + inside,
            Tail(ours[..at]),
            Start(ours[at..]),
            Start(theirs[at..]),
            inside < our.Length ? our[inside] : null,
            inside < their.Length ? their[inside] : null);
    }

    /// <summary>The same with the part of our text in which it lies.</summary>
    /// <param name="pieces">The parts, in order.</param>
    /// <param name="joint">Bytes between two parts.</param>
    public TextDifference In(IReadOnlyList<string> pieces, int joint)
    {
        var end = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            end += Encoding.UTF8.GetByteCount(pieces[i]);
            if (Byte < end + joint)
            {
                return this with { Piece = i };
            }

            end += joint;
        }

        return this;
    }

    private static string Tail(string text)
    {
        var from = Math.Max(0, text.Length - Around);
        from += from > 0 && from < text.Length && char.IsLowSurrogate(text[from]) ? 1 : 0;
        return text[from..];
    }

    private static string Start(string text)
    {
        var to = Math.Min(text.Length, Around);
        to -= to > 0 && to < text.Length && char.IsHighSurrogate(text[to - 1]) ? 1 : 0;
        return text[..to];
    }
}
