namespace MerchantPortal.Harness;

/// <summary>What the two books say when they are laid side by side.</summary>
/// <param name="Sent">Operations with at least one attempt.</param>
/// <param name="Duplicated">Done more than once over there.</param>
/// <param name="Lost">
/// Ended here as not done though it was done there, or approved and left lying where nobody looks.
/// </param>
/// <param name="Wrong">
/// A definite word here that the other side's ledger contradicts, or a rule that our rows show to be broken.
/// </param>
/// <param name="NeedsPerson">Honestly open: unknown, or with people.</param>
/// <param name="BrokenOff">Sends that a kill cut off.</param>
/// <param name="Faults">The operations that should not be so, in words.</param>
internal sealed record Verdict(
    int Sent, int Duplicated, int Lost, int Wrong, int NeedsPerson, int BrokenOff, IReadOnlyList<string> Faults)
{
    public bool IsClean => Duplicated == 0 && Lost == 0 && Wrong == 0;
}

/// <summary>Compares the Sandbox's books with the portal's rows, and knows nothing else.</summary>
internal static class Checker
{
    private static readonly string[] Happened = ["Succeeded", "ResolvedSucceeded"];
    private static readonly string[] DidNot = ["Failed", "ResolvedFailed", "Rejected", "Expired"];
    private static readonly string[] HonestlyOpen = ["Unknown", "NeedsPerson"];

    /// <param name="rows">The portal's operations.</param>
    /// <param name="ledger">What the other side did.</param>
    /// <param name="broken">Rules that are broken, in words.</param>
    /// <param name="keyOf">Feed and key under which an operation would stand in the ledger.</param>
    public static Verdict Compare(
        IReadOnlyList<PortalRow> rows, IReadOnlyList<LedgerEntry> ledger, IReadOnlyList<string> broken,
        Func<PortalRow, (string Feed, string Key)> keyOf)
    {
        var entries = ledger.ToLookup(entry => (entry.Feed, entry.Key));
        var faults = broken.Select(rule => $"wrong: {rule}").ToList();
        var (duplicated, lost, wrong) = (0, 0, broken.Count);
        foreach (var row in rows)
        {
            var there = entries[keyOf(row)].ToList();
            var times = there.Sum(entry => entry.Times);
            if (times > 1)
            {
                duplicated++;
                faults.Add($"duplicated: {Words(row, there)}");
            }

            if (IsLost(row, there))
            {
                lost++;
                faults.Add($"lost: {Words(row, there)}");
            }

            if (IsWrong(row, there))
            {
                wrong++;
                faults.Add($"wrong: {Words(row, there)}");
            }
        }

        // What was done there and never asked for here is nobody's operation: that is lost too.
        var known = rows.Select(keyOf).ToHashSet();
        foreach (var stray in ledger.Where(entry => !known.Contains((entry.Feed, entry.Key))))
        {
            lost++;
            faults.Add($"lost: {stray.Feed} {stray.Key} stands in the ledger and not here");
        }

        return new(
            rows.Count(row => row.Attempts > 0), duplicated, lost, wrong,
            rows.Count(row => HonestlyOpen.Contains(row.State)), rows.Sum(row => row.BrokenOff), faults);
    }

    private static bool IsLost(PortalRow row, List<LedgerEntry> there) =>
        (DidNot.Contains(row.State) && there.Any(entry => entry.Standing != LedgerStanding.Failed))
        || row.State is "Ready" or "Sending"
        || (row.State == "PendingApproval" && row.Approvals > 0)
        || (row.Approvals > 0 && row.Attempts == 0);

    private static bool IsWrong(PortalRow row, List<LedgerEntry> there) =>
        Happened.Contains(row.State) ? !there.Any(entry => entry.Standing == LedgerStanding.Done)
        : DidNot.Contains(row.State) && there.Any(entry => entry.Standing != LedgerStanding.Failed);

    private static string Words(PortalRow row, List<LedgerEntry> there) =>
        $"{row.Provider} {row.Kind} {row.Number} is {row.State} after {row.Attempts} attempts and {row.Questions} "
        + $"questions; there: [{string.Join(", ", there.Select(entry => $"{entry.Times}x {entry.Standing}"))}]";
}
