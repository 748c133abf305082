using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>
/// Where an operation stands for the reader: its state, told apart by who acts next. Several standings share a state,
/// such as taken back and refused, or "on its way" and "in the provider's own review".
/// </summary>
public enum OperationStanding
{
    Draft,
    PendingApproval,
    Ready,

    /// <summary>Approved, and it can still be recalled.</summary>
    CoolingOff,

    /// <summary>Proven not to have left; it is tried again by itself.</summary>
    TriesAgain,

    /// <summary>Approved, but its row does not fit its seal: never sent.</summary>
    Halted,

    Sending,
    Accepted,
    InProviderReview,
    WaitingForBalance,
    Unknown,

    /// <summary>Nothing left in all tries; people look at why.</summary>
    NeverSent,

    /// <summary>The provider says that it was reversed after the fact.</summary>
    Reversed,

    NeedsPerson,
    Succeeded,
    Failed,
    Rejected,
    Withdrawn,

    /// <summary>Taken back after approval, before anything was sent.</summary>
    Recalled,

    /// <summary>The amount was no longer held, so nothing was sent.</summary>
    HoldEnded,
    Expired,
    ResolvedSucceeded,
    ResolvedFailed,

    /// <summary>Final, and evidence turned up that contradicts it.</summary>
    Disputed,
}

/// <summary>Reads and draws standings.</summary>
public static class OperationStandings
{
    public static OperationStanding Of(Operation row) => row.DisputedAt is not null
        ? OperationStanding.Disputed
        : IsCoolingOff(row) ? OperationStanding.CoolingOff
        : Of(row.State, row.ProviderState, row.Problem, row.Attempts, row.SettleAfter is not null);

    // The sender takes it as soon as the time is over, so that no clock is needed to tell the two apart.
    private static bool IsCoolingOff(Operation row) => row is
    {
        State: OperationState.Ready, Attempts: 0, CoolingOffMinutes: > 0, Problem: not OperationProblem.Tampered,
    };

    /// <summary>The standing of a state with what is known beside it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="told">What the provider told last.</param>
    /// <param name="problem">The problem of the row.</param>
    /// <param name="attempts">How often it was claimed for sending.</param>
    /// <param name="wasUnclear">A time to settle was set, so bytes may have left.</param>
    public static OperationStanding Of(
        OperationState state, RefundState told, string problem, int attempts, bool wasUnclear) => state switch
        {
            OperationState.Draft => OperationStanding.Draft,
            OperationState.PendingApproval => OperationStanding.PendingApproval,
            OperationState.Ready when problem == OperationProblem.Tampered => OperationStanding.Halted,
            OperationState.Ready when attempts > 0 => OperationStanding.TriesAgain,
            OperationState.Ready => OperationStanding.Ready,
            OperationState.Sending => OperationStanding.Sending,
            OperationState.Accepted when told == RefundState.InProviderReview => OperationStanding.InProviderReview,
            OperationState.Accepted when told == RefundState.WaitingForBalance => OperationStanding.WaitingForBalance,
            OperationState.Accepted => OperationStanding.Accepted,
            OperationState.Unknown => OperationStanding.Unknown,
            OperationState.NeedsPerson when told == RefundState.Reversed => OperationStanding.Reversed,
            OperationState.NeedsPerson when !wasUnclear => OperationStanding.NeverSent,
            OperationState.NeedsPerson => OperationStanding.NeedsPerson,
            OperationState.Succeeded => OperationStanding.Succeeded,
            OperationState.Failed => OperationStanding.Failed,
            OperationState.Rejected when problem == OperationProblem.Withdrawn => OperationStanding.Withdrawn,
            OperationState.Rejected when problem == OperationProblem.Recalled => OperationStanding.Recalled,
            OperationState.Rejected when problem == OperationProblem.HoldEnded => OperationStanding.HoldEnded,
            OperationState.Rejected => OperationStanding.Rejected,
            OperationState.Expired => OperationStanding.Expired,
            OperationState.ResolvedSucceeded => OperationStanding.ResolvedSucceeded,
            OperationState.ResolvedFailed => OperationStanding.ResolvedFailed,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
        };

    /// <summary>Colour and icon group of a standing.</summary>
    public static Meaning Meaning(this OperationStanding standing) => standing switch
    {
        OperationStanding.PendingApproval or OperationStanding.CoolingOff
            or OperationStanding.WaitingForBalance => Ui.Meaning.Wait,
        OperationStanding.Ready or OperationStanding.TriesAgain or OperationStanding.Sending
            or OperationStanding.Accepted or OperationStanding.InProviderReview => Ui.Meaning.Run,
        OperationStanding.Succeeded or OperationStanding.ResolvedSucceeded => Ui.Meaning.Done,
        OperationStanding.Unknown or OperationStanding.NeedsPerson or OperationStanding.Reversed
            or OperationStanding.Disputed => Ui.Meaning.Unknown,
        OperationStanding.Failed or OperationStanding.Halted or OperationStanding.NeverSent => Ui.Meaning.Fail,
        _ => Ui.Meaning.Ended,
    };

    /// <summary>The icon, where it is not that of the meaning.</summary>
    public static IconName? Icon(this OperationStanding standing) =>
        standing is OperationStanding.Halted ? IconName.Lock : null;

    /// <summary>Questions can still tell how it ended: only then are safe next steps offered.</summary>
    public static bool IsOpenAtProvider(this OperationStanding standing) => standing is OperationStanding.Accepted
        or OperationStanding.InProviderReview or OperationStanding.WaitingForBalance or OperationStanding.Unknown
        or OperationStanding.NeverSent or OperationStanding.Reversed or OperationStanding.NeedsPerson;
}
