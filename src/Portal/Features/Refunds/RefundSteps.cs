using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>One step of a refund's way.</summary>
/// <param name="Key">Key of its title, under "step.".</param>
/// <param name="State">Past, now or ahead.</param>
/// <param name="Meaning">Colour of a step that is not simply past.</param>
/// <param name="Who">Who acted, or who has to.</param>
/// <param name="At">When.</param>
/// <param name="IsDeadline">The time is one until which something has to happen.</param>
internal sealed record RefundStep(
    string Key, StepState State, Meaning? Meaning = null, string? Who = null, DateTimeOffset? At = null,
    bool IsDeadline = false);

/// <summary>Tells a refund's way from its rows: what happened, where it stands, what is ahead.</summary>
internal static class RefundSteps
{
    public static IReadOnlyList<RefundStep> Of(RefundSheet sheet, OperationWords words)
    {
        var refund = sheet.Operation;
        var decision = sheet.Decisions.Count == 0 ? null : sheet.Decisions[^1];
        List<RefundStep> steps = [new("Asked", StepState.Past, null, refund.RequesterName, refund.RequestedAt)];
        switch (refund.Standing)
        {
            case OperationStanding.Draft or OperationStanding.PendingApproval:
                steps.Add(new(
                    "Approval", StepState.Now, Meaning.Wait, words.Names(sheet.Approvers), refund.DueAt,
                    IsDeadline: true));
                return [.. steps, new("Send", StepState.Ahead), new("Known", StepState.Ahead)];
            case OperationStanding.Rejected:
                return
                [
                    .. steps,
                    new("Rejected", StepState.Now, Meaning.Ended, decision?.By, decision?.At ?? refund.StateAt),
                ];
            case OperationStanding.Withdrawn:
                return [.. steps, new("Withdrawn", StepState.Now, Meaning.Ended, refund.RequesterName, refund.StateAt)];
            case OperationStanding.Expired:
                return [.. steps, new("Expired", StepState.Now, Meaning.Ended, null, refund.StateAt)];
            default:
                steps.Add(new("Approved", StepState.Past, null, decision?.By, decision?.At));
                steps.AddRange(Sending(sheet));
                return steps;
        }
    }

    private static IEnumerable<RefundStep> Sending(RefundSheet sheet)
    {
        var refund = sheet.Operation;
        switch (refund.Standing)
        {
            case OperationStanding.Ready or OperationStanding.TriesAgain:
                return [Now("Ready", refund, refund.NotBefore), Ahead];
            case OperationStanding.Halted:
                return [Now("Halted", refund, refund.StateAt)];
            case OperationStanding.Sending:
                return [Now("Sending", refund, refund.StateAt), Ahead];
            case OperationStanding.NeverSent:
                return [Now("NeverSent", refund, refund.StateAt), Ahead];
            default:
                return [new("Sent", StepState.Past, null, null, sheet.LastAttempt?.At), .. After(sheet)];
        }
    }

    private static IEnumerable<RefundStep> After(RefundSheet sheet)
    {
        var refund = sheet.Operation;
        var isOpen = refund.Standing.IsOpenAtProvider();
        if (refund.Standing is OperationStanding.Unknown or OperationStanding.NeedsPerson)
        {
            yield return Now("Unknown", refund, refund.StateAt);
        }
        else if (First(sheet, OperationEvent.Unclear, EvidenceKind.Answer, EvidenceKind.LeaseRanOut) is { } unclear)
        {
            yield return new("Unknown", StepState.Past, Meaning.Unknown, null, unclear.At);
        }

        if (refund.Standing is OperationStanding.Accepted or OperationStanding.InProviderReview
            or OperationStanding.WaitingForBalance or OperationStanding.Reversed)
        {
            yield return Now(refund.Standing.ToString(), refund, refund.StateAt);
        }
        else if (First(sheet, OperationEvent.ProvedAccepted, EvidenceKind.Answer, EvidenceKind.Query) is { } taken)
        {
            yield return new("TakenOn", StepState.Past, null, null, taken.At);
        }

        yield return isOpen ? Ahead : Now(refund.Standing.ToString(), refund, refund.StateAt);
    }

    private static RefundStep Ahead { get; } = new("Known", StepState.Ahead);

    private static RefundStep Now(string key, OperationFacts refund, DateTimeOffset at) =>
        new(key, StepState.Now, refund.Standing.Meaning(), null, at);

    private static RefundEvidence? First(RefundSheet sheet, OperationEvent proves, params EvidenceKind[] kinds) =>
        sheet.Evidence.LastOrDefault(line => line.Proves == proves && kinds.Contains(line.Kind));
}
