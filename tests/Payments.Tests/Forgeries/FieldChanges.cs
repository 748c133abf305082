namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Changes of whole fields under the genuine signature.</summary>
internal static class FieldChanges
{
    private const string Letters = "0123456789abcXYZ_-. |&=%+\"\\/\u00e9\u7528\uff11\u0660";

    private static readonly string[] UnknownNames =
        ["bonus", "gift", "Sign", "SIGN", "amount", "sign_", "__proto__", "remark2", "", "total", "payResult2", "0"];

    private static readonly Change[] OfValues =
    [
        Change.OfValue("one character of a value", 8, (value, dice) => value.Length == 0
            ? $"{dice.Of(Letters.ToCharArray())}"
            : Replace(value, dice.Below(value.Length), dice.Of(Letters.ToCharArray()))),
        Change.OfValue("a value emptied", 2, (_, _) => ""),
        Change.OfValue("a value lengthened", 2, (value, dice) => dice.OneIn(2)
            ? value + dice.Of(Letters.ToCharArray())
            : dice.Of(Letters.ToCharArray()) + value),
        Change.OfValue("a value shortened", 2, (value, dice) => value.Length == 0 ? "x"
            : dice.OneIn(2) ? value[1..] : value[..^1]),
        Change.OfValue("blanks around a value", 1, (value, dice) =>
            dice.Of<string>([$" {value}", $"{value} ", $"\t{value}", $"{value}\n", $"{value}\0", $"\u00a0{value}"])),
        Two("two values swapped", 5, (first, second, _) => (second, first)),
        Two("a tail moved into the next field", 6, (first, second, dice) =>
        {
            var cut = first.Length == 0 ? 0 : dice.Below(first.Length);
            return (first[..cut], first[cut..] + second);
        }),
        Two("a head moved into the field before", 3, (first, second, dice) =>
        {
            var cut = second.Length == 0 ? 0 : 1 + dice.Below(second.Length);
            return (first + second[..cut], second[cut..]);
        }),
    ];

    private static readonly Change[] OfFields =
    [
        Change.OfDraft("a field taken out", 5, (original, _, dice) => original.Draft with
        {
            Fields = Without(original.Draft.Fields, dice.Below(original.Draft.Fields.Count)),
        }),
        Change.OfDraft("a field doubled", 6, Doubled),
        Change.OfDraft("an unknown field", 5, (original, _, dice) => Inserted(
            original.Draft, dice, new(dice.Of(UnknownNames), dice.Of<string>(["1", "x", "SUCCESS", "a&b=c"])))),
        Change.OfDraft("an empty unknown field", 1, (original, _, dice) =>
            Inserted(original.Draft, dice, new(dice.Of(UnknownNames), ""))),
        Change.OfDraft("a field renamed", 6, (original, _, dice) =>
        {
            var place = dice.Below(original.Draft.Fields.Count);
            var field = original.Draft.Fields[place];
            return original.Draft.With(place, field with { Name = Renamed(field.Name, dice) });
        }),
        Change.OfDraft("two names swapped", 3, (original, _, dice) =>
        {
            var fields = original.Draft.Fields;
            var (one, two) = (dice.Below(fields.Count), dice.Below(fields.Count));
            return original.Draft.With(one, fields[one] with { Name = fields[two].Name })
                .With(two, fields[two] with { Name = fields[one].Name });
        }),
        Change.OfDraft("another order of the fields", 1, (original, _, dice) =>
        {
            var fields = original.Draft.Fields.ToList();
            var moved = dice.Below(fields.Count);
            var field = fields[moved];
            fields.RemoveAt(moved);
            fields.Insert(dice.Below(fields.Count + 1), field);
            return original.Draft with { Fields = fields };
        }),
        Change.OfDraft("a field of another message", 5, (original, all, dice) =>
        {
            var other = dice.Of(all.Other(original, dice).Draft.Fields);
            var place = original.Draft.Fields.ToList().FindIndex(field => field.Name == other.Name);
            return place < 0 ? Inserted(original.Draft, dice, other) : original.Draft.With(place, other);
        }),
        Change.OfDraft("a field put into an object", 2, (original, _, dice) =>
        {
            var place = dice.Below(original.Draft.Fields.Count);
            var field = original.Draft.Fields[place];
            return original.Draft.With(place, field with
            {
                Name = field.Name.Contains('/', StringComparison.Ordinal)
                    ? field.Name.Split('/')[^1]
                    : $"{dice.Of<string>(["data", "order", "payment_data", field.Name])}/{field.Name}",
            });
        }),
        Change.OfDraft("a value in another JSON type", 2, (original, _, dice) =>
        {
            var place = dice.Below(original.Draft.Fields.Count);
            var value = original.Draft.Fields[place].Value;
            var quoted = JsonWire.Quote(value);
            return original.Draft.With(place, original.Draft.Fields[place] with
            {
                Value = dice.Of<string>(
                    [$"[{quoted}]", $"{{\"v\":{quoted}}}", "null", "true", "[]", "{}", $"-{value}"]),
                Bare = true,
            });
        }),
    ];

    public static IReadOnlyList<Change> All { get; } = [.. OfValues, .. OfFields];

    public static Draft Inserted(Draft draft, Dice dice, Field field)
    {
        var fields = draft.Fields.ToList();
        fields.Insert(dice.Below(fields.Count + 1), field);
        return draft with { Fields = fields };
    }

    public static IReadOnlyList<Field> Without(IReadOnlyList<Field> fields, int place) =>
        [.. fields.Where((_, i) => i != place)];

    private static Change Two(string kind, int weight, Func<string, string, Dice, (string, string)> make) =>
        Change.OfDraft(kind, weight, (original, _, dice) =>
        {
            var fields = original.Draft.Fields;
            var one = dice.Below(fields.Count - 1);
            var two = dice.OneIn(2) ? one + 1 : one + 1 + dice.Below(fields.Count - one - 1);
            var (first, second) = make(fields[one].Value, fields[two].Value, dice);
            return original.Draft.With(one, first).With(two, second);
        });

    private static Draft Doubled(Original original, Originals all, Dice dice)
    {
        var fields = original.Draft.Fields.ToList();
        var place = dice.Below(fields.Count);
        var field = fields[place];
        var value = dice.Below(4) switch
        {
            0 => field.Value,
            1 => "",
            2 => dice.Of(all.Other(original, dice).Draft.Fields).Value,
            _ => field.Value.Length == 0 ? "1" : field.Value + field.Value[^1],
        };
        fields.Insert(dice.Of<int>([0, place, place + 1, fields.Count]), field with { Value = value });
        return original.Draft with { Fields = fields };
    }

    private static string Renamed(string name, Dice dice) => dice.Below(9) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name.ToLowerInvariant(),
        2 => $"{name} ",
        3 => $" {name}",
        4 => name.Replace('o', '\u043e').Replace('a', '\u0430').Replace('e', '\u0435'),
        5 => $"{name}\0",
        6 => $"{name}[]",
        7 => $"{name}\u200b",
        _ => name.Contains('_', StringComparison.Ordinal) ? name.Replace('_', '.') : $"{name}_",
    };

    private static string Replace(string value, int place, char c) => $"{value[..place]}{c}{value[(place + 1)..]}";
}
