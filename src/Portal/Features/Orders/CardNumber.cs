using System.Text;
using System.Text.RegularExpressions;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>Tells text that may hold a payment card's number. Such text is neither kept, logged nor linked.</summary>
public static partial class CardNumber
{
    /// <summary>
    /// Whether the text holds 12 to 19 digits with a right check digit, in one run or in the groups that are embossed
    /// on cards. One in ten numbers of that length looks so by chance: look for one's own numbers first.
    /// </summary>
    public static bool LooksLike(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormKC);
        return Run().EnumerateMatches(plain).Any(plain) || Groups().EnumerateMatches(plain).Any(plain);
    }

    private static bool Any(this Regex.ValueMatchEnumerator matches, string text)
    {
        foreach (var match in matches)
        {
            if (HasCheckDigit(text.AsSpan(match.Index, match.Length)))
            {
                return true;
            }
        }

        return false;
    }

    // The Luhn sum of ISO/IEC 7812-1, annex B: every second digit from the right counts double.
    private static bool HasCheckDigit(ReadOnlySpan<char> text)
    {
        int sum = 0, digits = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            var value = (text[i] - '0') * (digits % 2 == 0 ? 1 : 2);
            sum += value > 9 ? value - 9 : value;
            digits++;
        }

        return digits is >= 12 and <= 19 && sum % 10 == 0;
    }

    [GeneratedRegex("(?<![0-9])[0-9]{12,19}(?![0-9])", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Run();

    [GeneratedRegex(
        "(?<![0-9])[0-9]{4}(?<gap>[ -])[0-9]{4,6}\\k<gap>[0-9]{4,5}(?:\\k<gap>[0-9]{1,4}){0,2}(?![0-9])",
        RegexOptions.CultureInvariant, 100)]
    private static partial Regex Groups();
}
