using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>One step of an operation's way.</summary>
/// <param name="Key">Key of its title, under "step.".</param>
/// <param name="State">Past, now or ahead.</param>
/// <param name="Meaning">Colour of a step that is not simply past.</param>
/// <param name="Who">Who acted, or who has to.</param>
/// <param name="At">When.</param>
/// <param name="IsDeadline">The time is one until which something has to happen.</param>
internal sealed record OperationStep(
    string Key, StepState State, Meaning? Meaning = null, string? Who = null, DateTimeOffset? At = null,
    bool IsDeadline = false);

/// <summary>Tells an operation's way from its rows: what happened, where it stands, what is ahead.</summary>
internal static class OperationSteps
{
    public static IReadOnlyList<OperationStep> Of(OperationSheet sheet, OperationWords words)
    {
        var operation = sheet.Operation;
        var decision = sheet.Decisions.Count == 0 ? null : sheet.Decisions[^1];
        List<OperationStep> steps =
            [new("Asked", StepState.Past, null, operation.RequesterName, operation.RequestedAt)];
        switch (operation.Standing)
        {
            case OperationStanding.Draft or OperationStanding.PendingApproval:
                steps.Add(new(
                    "Approval", StepState.Now, Meaning.Wait, words.Names(sheet.Approvers), operation.DueAt,
                    IsDeadline: true));
                return [.. steps, new("Send", StepState.Ahead), new("Known", StepState.Ahead)];
            case OperationStanding.Rejected:
                return
                [
                    .. steps,
                    new("Rejected", StepState.Now, Meaning.Ended, decision?.By, decision?.At ?? operation.StateAt),
                ];
            case OperationStanding.Withdrawn:
                return
                [
                    .. steps,
                    new("Withdrawn", StepState.Now, Meaning.Ended, operation.RequesterName, operation.StateAt),
                ];
            case OperationStanding.Recalled or OperationStanding.HoldEnded:
                return
                [
                    .. steps,
                    new("Approved", StepState.Past, null, decision?.By, decision?.At),
                    new(operation.Standing.ToString(), StepState.Now, Meaning.Ended, null, operation.StateAt),
                ];
            case OperationStanding.Expired:
                return [.. steps, new("Expired", StepState.Now, Meaning.Ended, null, operation.StateAt)];
            default:
                steps.Add(new("Approved", StepState.Past, null, decision?.By, decision?.At));
                steps.AddRange(Sending(sheet));
                return steps;
        }
    }

    private static IEnumerable<OperationStep> Sending(OperationSheet sheet)
    {
        var operation = sheet.Operation;
        switch (operation.Standing)
        {
            case OperationStanding.Ready or OperationStanding.TriesAgain:
                return [Now("Ready", operation, operation.NotBefore), Ahead];
            case OperationStanding.CoolingOff:
                return [Now("CoolingOff", operation, operation.NotBefore), Ahead];
            case OperationStanding.Halted:
                return [Now("Halted", operation, operation.StateAt)];
            case OperationStanding.Sending:
                return [Now("Sending", operation, operation.StateAt), Ahead];
            case OperationStanding.NeverSent:
                return [Now("NeverSent", operation, operation.StateAt), Ahead];
            default:
                return [new("Sent", StepState.Past, null, null, sheet.LastAttempt?.At), .. After(sheet)];
        }
    }

    private static IEnumerable<OperationStep> After(OperationSheet sheet)
    {
        var operation = sheet.Operation;
        var isOpen = operation.Standing.IsOpenAtProvider();
        if (operation.Standing is OperationStanding.Unknown or OperationStanding.NeedsPerson)
        {
            yield return Now("Unknown", operation, operation.StateAt);
        }
        else if (First(sheet, OperationEvent.Unclear, EvidenceKind.Answer, EvidenceKind.LeaseRanOut) is { } unclear)
        {
            yield return new("Unknown", StepState.Past, Meaning.Unknown, null, unclear.At);
        }

        if (operation.Standing is OperationStanding.Accepted or OperationStanding.InProviderReview
            or OperationStanding.WaitingForBalance or OperationStanding.Reversed)
        {
            yield return Now(operation.Standing.ToString(), operation, operation.StateAt);
        }
        else if (First(sheet, OperationEvent.ProvedAccepted, EvidenceKind.Answer, EvidenceKind.Query) is { } taken)
        {
            yield return new("TakenOn", StepState.Past, null, null, taken.At);
        }

        yield return isOpen ? Ahead : Now(operation.Standing.ToString(), operation, operation.StateAt);
    }

    private static OperationStep Ahead { get; } = new("Known", StepState.Ahead);

    private static OperationStep Now(string key, OperationFacts operation, DateTimeOffset at) =>
        new(key, StepState.Now, operation.Standing.Meaning(), null, at);

    private static OperationEvidence? First(OperationSheet sheet, OperationEvent proves, params EvidenceKind[] kinds) =>
        sheet.Evidence.LastOrDefault(line => line.Proves == proves && kinds.Contains(line.Kind));
}
