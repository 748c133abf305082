using System.Text;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>
/// One character spelled in another way: escapes of the same text, which are harmless, and far more that a lax reader
/// takes for it.
/// </summary>
internal static class SpellingChanges
{
    private const string Mark = "\uE000";

    public static IReadOnlyList<Change> All { get; } =
    [
        new("one character of a value spelled otherwise", 10, (original, _, dice) =>
        {
            var place = dice.Below(original.Draft.Fields.Count);
            var field = original.Draft.Fields[place];
            if (field.Value.Length == 0 || field.Bare)
            {
                return null;
            }

            var at = dice.Below(field.Value.Length);
            var marked = original.Draft.With(place, field.Value[..at] + Mark + field.Value[(at + 1)..]);
            return Spelled(original, marked, field.Value[at], dice);
        }),
        new("one character of a name spelled otherwise", 4, (original, _, dice) =>
        {
            var place = dice.Below(original.Draft.Fields.Count);
            var field = original.Draft.Fields[place];
            var at = dice.Below(field.Name.Length);
            if (field.Name[at] == '/')
            {
                return null;
            }

            var marked = original.Draft.With(
                place, field with { Name = field.Name[..at] + Mark + field.Name[(at + 1)..] });
            return Spelled(original, marked, field.Name[at], dice);
        }),
        Change.OfValue("digits of another script", 2, (value, dice) =>
        {
            var digits = dice.Of<string>(["⁰¹²³⁴⁵⁶⁷⁸⁹", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "〇一二三四五六七八九"]);
            return string.Concat(value.Select(c => char.IsAsciiDigit(c) ? digits[c - '0'] : c));
        }),
        Change.OfValue("a value encoded once more", 2, (value, dice) => dice.Of<string>(
        [
            string.Concat(Encoding.UTF8.GetBytes(value).Select(b => $"%{b:X2}")),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
            Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value + "\u00e9")),
            $"\"{value}\"",
        ])),
        new("white space around the message", 1, (original, _, dice) =>
        {
            var blank = Encoding.ASCII.GetBytes(dice.Of<string>([" ", "\n", "\r\n", "\t", "\0"]));
            var letter = original.Letter;
            return letter with { Body = dice.OneIn(2) ? [.. blank, .. letter.Body] : [.. letter.Body, .. blank] };
        }),
    ];

    private static Letter Spelled(Original original, Draft marked, char c, Dice dice)
    {
        var spelling = dice.Of(original.Wire.Spellings(c));
        var letter = original.Wire.Write(marked);
        return letter with
        {
            Body = Encoding.Latin1.GetBytes(Put(Encoding.Latin1.GetString(letter.Body), spelling)),
            Query = Put(letter.Query, spelling),
        };
    }

    private static string Put(string text, string spelling) =>
        text.Replace("\u00EE\u0080\u0080", spelling, StringComparison.Ordinal)
            .Replace("%EE%80%80", spelling, StringComparison.Ordinal);
}
