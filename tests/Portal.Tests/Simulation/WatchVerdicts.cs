using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Resolutions;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>What must be true of verdicts of people, of what is taken back, and of news that comes by itself.</summary>
internal sealed partial class Watch
{
    /// <summary>Orders of which a call told that somebody refunded them elsewhere.</summary>
    public HashSet<Guid> ToldOutside { get; } = [];

    /// <summary>Those of them whose call was answered with yes.</summary>
    public HashSet<Guid> AcknowledgedOutside { get; } = [];

    /// <summary>Nothing leaves a node that is sealed, and nothing without keys (I11).</summary>
    public static void CheckGate(Node node, bool areKeysLocked)
    {
        Holds(!node.IsSealed, $"I11: {node.Name} is sealed and sends");
        Holds(!areKeysLocked, "I11: something is sent while no key opens");
    }

    /// <summary>Who asked for it and who approved it may take it back, and nobody else.</summary>
    public bool MayRecall(SeenOperation operation, Guid person) => operation.Requester == person
        || Look.Approvals.Any(row => row.OperationId == operation.Id && row.Person == person);

    /// <summary>After the weeks of proof: every verdict is true or disputed, and nothing is held for nothing.</summary>
    public void CheckSettledByHand()
    {
        foreach (var operation in Look.Operations)
        {
            var wish = WishOf(operation);
            var isDone = ledger.Truth(operation.Number) == Standing.Done;
            var fits = operation.State switch
            {
                "NeedsPerson" => false,
                "ResolvedSucceeded" => isDone && !operation.IsDisputed,
                "ResolvedFailed" => isDone ? operation.IsDisputed : operation.IsReleased && !operation.IsDisputed,
                _ => true,
            };
            Holds(fits, $"{wish.Name} was settled as {operation.State}, done is {isDone}: {operation}");
        }
    }

    private void CheckMove(SeenOperation was, SeenOperation now, Wish wish)
    {
        if (now.State.StartsWith("Resolved", StringComparison.Ordinal))
        {
            Holds(was.State == "NeedsPerson", $"{wish.Name} was settled by hand from {was.State}");
            CheckVerdict(now, wish, now.State == "ResolvedSucceeded" ? Verdict.Succeeded : Verdict.Failed);
        }

        if (was.State == "NeedsPerson" && now.State == "Ready")
        {
            Holds(IsResendSafe(wish), $"I2: people let {wish.Name} be sent again");
            CheckVerdict(now, wish, Verdict.ResendSame);
        }

        if (was.State == "Ready" && now.State == "Rejected")
        {
            Holds(was.Attempts == 0 && now.StateAt < was.Due, $"{wish.Name} was recalled too late");
        }
    }

    /// <summary>Two people who had no part in it, of one mind.</summary>
    private void CheckVerdict(SeenOperation operation, Wish wish, Verdict verdict)
    {
        var applied = Look.Verdicts.LastOrDefault(row => row.OperationId == operation.Id && row.State == "Applied");
        Holds(
            applied is not null && ChangeJson.Read<ResolveTerms>(applied.Terms).Verdict == verdict,
            $"{wish.Name} came to {operation.State}, and no two people said so");
        Guid[] people = [applied!.Proposer, .. applied.Confirmed];
        Holds(people.Distinct().Count() >= 2, $"{wish.Name} was settled by one person");
        Holds(
            !people.Contains(wish.Requester)
                && !Look.Approvals.Any(row => row.OperationId == operation.Id && people.Contains(row.Person)),
            $"{wish.Name} was settled by somebody who had a part in it");
    }

    private void CheckRelease(SeenOperation was, SeenOperation now, Wish wish)
    {
        if (!was.IsReleased && now.IsReleased)
        {
            Holds(now is { State: "ResolvedFailed", IsDisputed: false }, $"{wish.Name} is {now.State} and set free");
            Holds(
                now.StateAt + (TimeSpan.FromDays(3).Ticks / TimeSpan.TicksPerMicrosecond) <= clock(),
                $"{wish.Name} was set free before its time");
        }
    }

    /// <summary>What stands in the way of anything new on an order.</summary>
    private void CheckNew(SeenOperation now, Wish wish)
    {
        var unproven = before.Values.Any(row => row.OrderId == now.OrderId && now.OrderId is not null
            && row is { State: "ResolvedFailed", IsReleased: false });
        Holds(!unproven, $"{wish.Name} was asked for while a failed verdict on its order is not proven");
        Holds(
            wish.Kind != OperationKind.Refund || !casesBefore.Contains(now.OrderId!.Value),
            $"{wish.Name} was asked for while a case on its order is open");
        Holds(now.Needed == wish.Policy.Needed, $"I3: {wish.Name} needs {now.Needed}, by the policy {wish.Policy}");
    }

    /// <summary>What nobody here did opens a case before it is acknowledged, and what we did opens none.</summary>
    private void CheckCases()
    {
        foreach (var order in AcknowledgedOutside)
        {
            Holds(
                Look.OpenCases.Contains(order)
                    || Look.Operations.Any(row => row.OrderId == order && row.Attempts > 0),
                "a refund from outside was acknowledged, and no case is open");
        }

        foreach (var order in Look.OpenCases)
        {
            Holds(
                ToldOutside.Contains(order)
                    || Look.Operations.Any(row => row.OrderId == order && row.State == "ResolvedFailed"),
                "a case is open on an order that only we refunded");
        }
    }

    /// <summary>A call never says that money went out: whatever moves is moved by a command of its own.</summary>
    private bool IsAudited(SeenOperation now) => Look.Audit.Any(row =>
        row.Subject.Contains(now.Number, StringComparison.Ordinal) && row.Action != "notification.take");

    // Counted from the approval that came last, not from the latest: the first may be of a node whose clock is ahead.
    // Rows are only added, and both databases read them in that order.
    private static bool IsCooled(DatabaseLook look, SeenOperation operation, Wish wish, SeenAttempt attempt) =>
        attempt.StartedAt >= look.Approvals.Last(row => row.OperationId == operation.Id).At
            + (wish.Policy.CoolingOff.Ticks / TimeSpan.TicksPerMicrosecond);
}
