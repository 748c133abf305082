using System.Text;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>Compares a name that somebody wrote with one that a provider shows masked.</summary>
public static class PayeeName
{
    private static readonly char[] Stars = ['*', '•'];

    /// <summary>
    /// Whether the masked name can be this one: every letter that is shown stands where it has to, and stars stand for
    /// one letter or more. A mask without a letter fits nothing, and what is itself masked is no name.
    /// </summary>
    public static bool Fits(string name, string masked)
    {
        var (whole, mask) = (Plain(name), Plain(masked));
        var parts = mask.Split(Stars);
        return whole.IndexOfAny(Stars) < 0 && !Array.TrueForAll(parts, part => part.Length == 0)
            && (parts.Length == 1 ? whole == mask : Fits(whole, parts));
    }

    private static bool Fits(string whole, string[] parts)
    {
        var (first, last) = (parts[0], parts[^1]);
        if (whole.Length <= first.Length + last.Length || !whole.StartsWith(first, StringComparison.Ordinal)
            || !whole.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var between = whole[first.Length..^last.Length];
        foreach (var part in parts[1..^1])
        {
            var at = between.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            between = between[(at + part.Length)..];
        }

        return true;
    }

    // Width, case and blanks are how a name is typed, not who it is.
    private static string Plain(string text) => string.Join(
        ' ',
        text.Normalize(NormalizationForm.FormKC).ToUpperInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
