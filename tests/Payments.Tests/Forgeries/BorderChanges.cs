namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>
/// Borders of fields moved so that the text under the signature stays letter for letter the same: only the rules about
/// what a field may hold can tell.
/// </summary>
internal static class BorderChanges
{
    private static readonly Change[] Swallowing =
    [
        Change.OfDraft("fields swallowed by the value before", 8, (original, _, dice) =>
        {
            var (fields, first, last) = Stretch(original, dice);
            var swallowed = string.Concat(fields[(first + 1)..(last + 1)].Select(f => $"&{Name(f)}={f.Value}"));
            return original.Draft with
            {
                Fields =
                [
                    .. fields[..first], fields[first] with { Value = fields[first].Value + swallowed, Bare = false },
                    .. fields[(last + 1)..],
                ],
            };
        }),
        Change.OfDraft("fields swallowed by the name behind", 5, (original, _, dice) =>
        {
            var (fields, first, last) = Stretch(original, dice);
            var swallowed = string.Concat(fields[first..last].Select(f => $"{Name(f)}={f.Value}&"));
            return original.Draft with
            {
                Fields =
                [
                    .. fields[..first], fields[last] with { Name = swallowed + Name(fields[last]) },
                    .. fields[(last + 1)..],
                ],
            };
        }),
        Change.OfDraft("a field under the signature swallowed whole", 3, (original, _, dice) =>
        {
            // The text stays, and the swallowed field comes back with another value as well.
            var (fields, first, last) = Stretch(original, dice);
            var swallowed = string.Concat(fields[(first + 1)..(last + 1)].Select(f => $"&{Name(f)}={f.Value}"));
            return original.Draft with
            {
                Fields =
                [
                    .. fields[..first], fields[first] with { Value = fields[first].Value + swallowed, Bare = false },
                    .. fields[(last + 1)..], fields[last] with { Value = "" },
                ],
            };
        }),
    ];

    private static readonly Change[] Others =
    [
        Change.OfDraft("a value with a line end", 3, (original, _, dice) =>
        {
            var (fields, first, last) = Stretch(original, dice);
            var mark = dice.Of<string>(["\n", "\r\n", "\r", "|", "\u2028"]);
            return original.Draft with
            {
                Fields =
                [
                    .. fields[..first],
                    fields[first] with { Value = fields[first].Value + mark + fields[last].Value, Bare = false },
                    .. fields[(last + 1)..],
                ],
            };
        }),
        Change.OfDraft("the signature swallowed", 2, (original, _, dice) =>
        {
            var place = dice.Below(original.Draft.Fields.Count);
            var field = original.Draft.Fields[place];
            return original.Draft.With(place, $"{field.Value}&sign={original.Draft.Signature}") with
            {
                Signature = dice.OneIn(2) ? null : original.Draft.Signature,
            };
        }),
        Change.OfDraft("the text's end moved into the signature", 2, (original, _, dice) =>
        {
            var fields = original.Wire.Signed(original.Draft.Fields).ToArray();
            var cut = 1 + dice.Below(fields.Length - 1);
            var end = string.Concat(fields[cut..].Select(f => f.Value));
            return new([.. fields[..cut]], end + original.Draft.Signature);
        }),
    ];

    public static IReadOnlyList<Change> All { get; } = [.. Swallowing, .. Others];

    private static (Field[] Fields, int First, int Last) Stretch(Original original, Dice dice)
    {
        var fields = original.Wire.Signed(original.Draft.Fields).Where(f => f.Value.Length > 0).ToArray();
        var first = dice.Below(fields.Length - 1);
        var last = dice.OneIn(2) ? first + 1 : first + 1 + dice.Below(fields.Length - first - 1);
        return (fields, first, last);
    }

    private static string Name(Field field) => field.Name.Split('/')[^1];
}
