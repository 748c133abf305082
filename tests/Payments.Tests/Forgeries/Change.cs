namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>One way to forge.</summary>
/// <param name="Kind">What it does, for people.</param>
/// <param name="Weight">How often it is chosen, against the others.</param>
/// <param name="Make">Makes a forgery of the message; null where it does not apply.</param>
internal sealed record Change(string Kind, int Weight, Func<Original, Originals, Dice, Letter?> Make)
{
    /// <summary>All ways, each as often as it weighs.</summary>
    public static IReadOnlyList<Change> All { get; } =
    [
        .. ((IReadOnlyList<Change>)
        [
            .. ByteChanges.All, .. FieldChanges.All, .. BorderChanges.All, .. AmountChanges.All, .. SealChanges.All,
            .. SpellingChanges.All,
        ]).SelectMany(change => Enumerable.Repeat(change, change.Weight)),
    ];

    /// <summary>A change of the fields or the signature, before the message is written down.</summary>
    public static Change OfDraft(string kind, int weight, Func<Original, Originals, Dice, Draft?> make) => new(
        kind, weight,
        (original, all, dice) => make(original, all, dice) is { } draft ? original.Wire.Write(draft) : null);

    /// <summary>A change of one field's value.</summary>
    public static Change OfValue(string kind, int weight, Func<string, Dice, string> make) => OfDraft(
        kind, weight, (original, _, dice) =>
        {
            var place = dice.Below(original.Draft.Fields.Count);
            return original.Draft.With(place, make(original.Draft.Fields[place].Value, dice));
        });
}

/// <summary>The genuine messages of one provider.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="All">The messages.</param>
internal sealed record Originals(string Provider, IReadOnlyList<Original> All)
{
    /// <summary>Those that arrive of themselves, which anybody can send; half of the forgeries are of them.</summary>
    public IReadOnlyList<Original> Notifications { get; } =
        [.. All.Where(one => one.Name.Contains("notification", StringComparison.Ordinal))];

    public Original Other(Original one, Dice dice)
    {
        var place = All.ToList().IndexOf(one);
        return All[(place + 1 + dice.Below(All.Count - 1)) % All.Count];
    }
}
