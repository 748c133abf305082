using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>A rule that must hold at every moment does not.</summary>
internal sealed class RuleBrokenException(string message) : Exception(message);

/// <summary>
/// Reads database and ledger after every step and compares them with the invariants of the reliability design
/// (section 4.3) and with each other. It trusts no code of the portal.
/// </summary>
/// <param name="ledger">The provider's books.</param>
/// <param name="wishes">What people meant.</param>
/// <param name="clock">The present instant, in microseconds since 1970.</param>
internal sealed partial class Watch(ModelLedger ledger, IReadOnlyList<Wish> wishes, Func<long> clock)
{
    private static readonly HashSet<string> Final =
        ["Succeeded", "Failed", "Rejected", "Expired", "ResolvedSucceeded", "ResolvedFailed"];

    private static readonly HashSet<string> Reserving =
        ["PendingApproval", "Ready", "Sending", "Accepted", "Unknown", "NeedsPerson", "ResolvedFailed"];

    private static readonly HashSet<string> BeforeSending = ["PendingApproval", "Ready", "Rejected", "Expired"];

    private Dictionary<Guid, SeenOperation> before = [];
    private HashSet<Guid> casesBefore = [];
    private long auditedTo;

    public DatabaseLook Look { get; private set; } = new([], [], [], [], []);

    /// <summary>The end of the audit before the seed's first step.</summary>
    public void Begin(DatabaseLook look)
    {
        Look = look;
        auditedTo = look.Audit.Max(row => row.Seq);
    }

    public long AuditedTo => auditedTo;

    /// <summary>The wish behind a number of ours; nothing may have a number that nobody wished for.</summary>
    public Wish WishOf(string number) =>
        Look.Operations.FirstOrDefault(row => row.Number == number) is { } operation
            ? WishOf(operation)
            : throw new RuleBrokenException($"{number} is no operation of ours");

    public Wish WishOf(SeenOperation operation) =>
        wishes.FirstOrDefault(wish => wish.CommandId == operation.CommandId)
        ?? throw new RuleBrokenException($"nobody asked for {operation.Number}");

    /// <summary>Checks the rules of one moment, and of the way from the moment before.</summary>
    public void Check(DatabaseLook look)
    {
        Look = look;
        foreach (var operation in look.Operations)
        {
            var wish = WishOf(operation);
            CheckTerms(operation, wish);
            CheckWay(operation, wish);
            CheckApprovals(operation, wish);
            CheckAttempts(operation, wish);
            CheckTruth(operation, wish);
        }

        Holds(look.Operations.DistinctBy(row => row.CommandId).Count() == look.Operations.Count, "one wish, two rows");
        foreach (var balance in look.Balances)
        {
            CheckBalance(balance);
        }

        CheckCases();
        CheckConservation();
        before = look.Operations.ToDictionary(row => row.Id);
        casesBefore = [.. look.OpenCases];
        auditedTo = look.Audit.Count == 0 ? auditedTo : look.Audit.Max(row => row.Seq);
    }

    /// <summary>What must be true at the instant when bytes may leave (I1 to I4, I9, I12).</summary>
    /// <returns>The number of the operation that sends.</returns>
    public string CheckSend(DatabaseLook look, SentMoney sent, Fate fate)
    {
        Look = look;
        var operation = look.Operations.FirstOrDefault(row => row.Kind == sent.Kind.ToString() && row.State == "Sending"
            && (row.Number == sent.Key || WishOf(row).Key == sent.Key))
            ?? throw new RuleBrokenException($"{sent.Kind} is sent, and nobody holds a claim for it");
        var wish = WishOf(operation);
        var attempts = look.Attempts.Where(row => row.OperationId == operation.Id).ToList();
        Holds(attempts.Count == operation.Attempts && attempts.Count > 0, $"I1: {wish.Name} leaves without attempt");
        Holds(attempts[^1].Fence == operation.Fence, $"I9: {wish.Name} is sent by somebody without the fence");
        CheckCopies(operation, wish, attempts, fate);
        Holds(
            (sent.Order, sent.Minor) == (wish.Order, wish.Minor),
            $"I4: {wish.Name} is sent as {sent.Minor} of {sent.Order}, asked for as {wish.Minor} of {wish.Order}");
        Holds(IsApproved(look, operation, wish), $"I3: {wish.Name} is sent without enough people");
        Holds(IsCooled(look, operation, wish, attempts[^1]), $"{wish.Name} is sent while it can be recalled");
        Holds(!wish.IsTampered, $"I12: {wish.Name} was edited and is sent");
        return operation.Number;
    }

    /// <summary>Never a second copy; where the document allows one, only after the waits of section 4.5.</summary>
    private void CheckCopies(SeenOperation operation, Wish wish, List<SeenAttempt> attempts, Fate fate)
    {
        var copies = Copies(operation).Count;
        Holds(copies == 0 || IsResendSafe(wish), $"I2: {wish.Name} is sent twice ({fate.Told})");
        var saidAgain = Look.Verdicts.Count(row => row.OperationId == operation.Id && row.State == "Applied");
        Holds(copies <= 3 + saidAgain, $"I2: {wish.Name} is sent for the {copies + 1}th time");
        if (copies > 0)
        {
            var wait = TimeSpan.FromMicroseconds(attempts[^1].StartedAt - attempts[^2].StartedAt);
            Holds(
                wait >= TimeSpan.FromMinutes(15) || attempts.Count > copies + 1,
                $"I2: {wish.Name} is sent again after {wait}");
        }
    }

    // What the provider put off was not taken up.
    private List<ModelEntry> Copies(SeenOperation operation) =>
        [.. ledger.Of(operation.Number).Where(entry => entry.Fate.Told != Told.Later)];

    private static bool IsResendSafe(Wish wish) => wish.Kind is OperationKind.Transfer or OperationKind.Unbind;

    /// <summary>How everything must stand once all is quiet: nothing lost, nothing wrong, nothing hidden.</summary>
    public void CheckSettled()
    {
        foreach (var wish in wishes.Where(wish => wish.IsConfirmed))
        {
            Holds(
                Look.Operations.Any(row => row.CommandId == wish.CommandId), $"{wish.Name} was confirmed and is lost");
        }

        foreach (var operation in Look.Operations)
        {
            var wish = WishOf(operation);
            var standing = ledger.Truth(operation.Number);
            var fits = operation.State switch
            {
                "Succeeded" or "Failed" or "Rejected" or "Expired" => true,
                "ResolvedSucceeded" or "ResolvedFailed" => true,
                "NeedsPerson" => standing is not Standing.Done
                    || ledger.Of(operation.Number).Any(entry => entry.IsHidden),
                "Ready" => operation.Problem == "Tampered",
                _ => false,
            };
            Holds(fits, $"{wish.Name} ends {operation.State}, the provider says {Say(standing)}");
        }
    }

    private static void CheckTerms(SeenOperation operation, Wish wish)
    {
        Holds(operation.Minor == wish.Minor, $"I4: {wish.Name} has {operation.Minor}, asked for {wish.Minor}");
        Holds(operation.Kind == wish.Kind.ToString(), $"{wish.Name} is a {operation.Kind}");
        Holds(operation.Requester == wish.Requester, $"{wish.Name} has another requester");
    }

    private void CheckWay(SeenOperation now, Wish wish)
    {
        var was = before.GetValueOrDefault(now.Id);
        var moved = was is null || was.State != now.State;
        Holds(!moved || IsAudited(now),
            $"I8: {wish.Name} came from {was?.State ?? "nothing"} to {now.State} without an audit row");
        if (was is null)
        {
            CheckNew(now, wish);
            return;
        }

        if (moved)
        {
            CheckMove(was, now, wish);
        }

        CheckRelease(was, now, wish);

        Holds(!moved || !Final.Contains(was.State), $"I6: {wish.Name} left {was.State} for {now.State}");
        Holds(!moved || now.Version > was.Version, $"{wish.Name} moved without a new version");
        Holds(now.Fence >= was.Fence && now.Attempts >= was.Attempts, $"I9: {wish.Name} has an older fence");
        Holds(now.TermsHash == was.TermsHash || wish.IsTampered, $"I4: the terms of {wish.Name} changed");
    }

    private void CheckApprovals(SeenOperation operation, Wish wish)
    {
        var own = Look.Approvals.Where(row => row.OperationId == operation.Id).ToList();
        Holds(own.TrueForAll(row => row.Person != wish.Requester), $"I3: {wish.Name} was decided by its requester");
        Holds(own.DistinctBy(row => row.Person).Count() == own.Count, $"I3: {wish.Name} was decided twice by one");
        if (operation.State is not ("PendingApproval" or "Rejected" or "Expired"))
        {
            Holds(IsApproved(Look, operation, wish), $"I3: {wish.Name} is {operation.State} without enough people");
        }
    }

    private static bool IsApproved(DatabaseLook look, SeenOperation operation, Wish wish) => look.Approvals
        .Where(row => row.OperationId == operation.Id && row.Decision == "Approved"
            && row.Person != operation.Requester && row.TermsHash == operation.TermsHash)
        .DistinctBy(row => row.Person).Count() >= wish.Policy.Needed;

    private void CheckAttempts(SeenOperation operation, Wish wish)
    {
        var own = Look.Attempts.Where(row => row.OperationId == operation.Id).ToList();
        Holds(
            own.Count == operation.Attempts, $"I1: {wish.Name} counts {operation.Attempts}, has {own.Count} attempts");
        Holds(own.DistinctBy(row => row.Fence).Count() == own.Count, $"I9: two attempts of {wish.Name} share a fence");
    }

    private void CheckTruth(SeenOperation operation, Wish wish)
    {
        var copies = Copies(operation).Count;
        Holds(copies <= 1 || IsResendSafe(wish), $"I2: {wish.Name} reached the provider {copies} times");
        var standing = ledger.Truth(operation.Number);
        var fits = operation.State switch
        {
            "Ready" when IsResendSafe(wish) => true,
            "Ready" => copies == 0,
            _ when BeforeSending.Contains(operation.State) => standing is null,
            "Succeeded" or "ResolvedSucceeded" => standing == Standing.Done,
            "Failed" => standing == Standing.Refused,
            _ => true,
        };
        Holds(fits, $"{wish.Name} is {operation.State}, the provider says {Say(standing)}");
    }

    private static string Say(Standing? standing) => standing?.ToString() ?? "nothing";

    private void CheckBalance(SeenBalance balance)
    {
        var all = Look.Operations.Where(row => row.OrderId == balance.OrderId).ToList();
        var ends = all.Where(row => row.Kind is "Capture" or "Void"
            && row is not ({ State: "Failed" or "Rejected" or "Expired" } or { IsReleased: true })).ToList();
        Holds(ends.Count <= 1, "I10: two captures or voids of one hold are open or done");
        Holds(
            ends is not [{ Kind: "Capture", State: "Succeeded" or "ResolvedSucceeded" } capture]
                || balance.Paid == capture.Minor,
            "what was captured is not what was paid");
        var own = all.Where(row => row.Kind == "Refund").ToList();
        var sums = $"paid {balance.Paid}, refunded {balance.Refunded}, reserved {balance.Reserved}";
        Holds(balance.Refunded + balance.Reserved <= balance.Paid, $"I5: more than was paid: {sums}");
        Holds(
            balance.Refunded == own.Where(row => row.State is "Succeeded" or "ResolvedSucceeded").Sum(row => row.Minor),
            $"not what succeeded: {sums}");
        Holds(
            balance.Reserved == own.Where(row => Reserving.Contains(row.State) && !row.IsReleased)
                .Sum(row => row.Minor),
            $"not what is open: {sums}");
    }

    private void CheckConservation()
    {
        var moved = ledger.Entries.Where(entry => entry.Standing == Standing.Done).ToList();
        var open = Look.Operations.Where(row => !Final.Contains(row.State) || row.State == "ResolvedFailed")
            .Select(row => row.Number).ToHashSet();
        var counted = Look.Operations.Where(row => row.State is "Succeeded" or "ResolvedSucceeded")
            .Sum(row => row.Minor);
        Holds(
            moved.Sum(entry => entry.Sent.Minor) == counted + moved.Where(entry => open.Contains(entry.Operation))
                .Sum(entry => entry.Sent.Minor),
            "the provider's books and ours differ by money that is not openly unsettled");
        foreach (var entry in ledger.Entries)
        {
            WishOf(entry.Operation);
        }
    }

    private static void Holds(bool holds, string rule)
    {
        if (!holds)
        {
            throw new RuleBrokenException(rule);
        }
    }
}
