using static MerchantPortal.Payments.Lifecycles.OperationEvent;
using static MerchantPortal.Payments.Lifecycles.OperationState;

namespace MerchantPortal.Payments.Lifecycles;

/// <summary>Where an operation that moves money stands. Our own review exists only before sending.</summary>
public enum OperationState
{
    /// <summary>Being written; nobody has been asked yet.</summary>
    Draft,

    /// <summary>Waits for a second person. The order's money is reserved.</summary>
    PendingApproval,

    /// <summary>Approved; the sender takes it when its time comes.</summary>
    Ready,

    /// <summary>Claimed by a sender: from here on the request may have left.</summary>
    Sending,

    /// <summary>The provider took it on and decides later.</summary>
    Accepted,

    /// <summary>It may have happened or not; only questions are allowed.</summary>
    Unknown,

    /// <summary>No question can tell: two people settle it.</summary>
    NeedsPerson,

    /// <summary>The provider says that it happened.</summary>
    Succeeded,

    /// <summary>It is proven not to have happened.</summary>
    Failed,

    /// <summary>A person said no, or the requester took it back.</summary>
    Rejected,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>Two people found that it happened.</summary>
    ResolvedSucceeded,

    /// <summary>Two people found that it did not happen.</summary>
    ResolvedFailed,
}

/// <summary>What can happen to an operation.</summary>
public enum OperationEvent
{
    /// <summary>The requester asks for it.</summary>
    Submit,

    /// <summary>An approval, and the policy wants more of them.</summary>
    ApproveOne,

    /// <summary>The last approval that the policy wants.</summary>
    Approve,

    /// <summary>A reviewer refuses it.</summary>
    Reject,

    /// <summary>The requester takes it back.</summary>
    Withdraw,

    /// <summary>The time to decide is over.</summary>
    Expire,

    /// <summary>Taken back after approval, before anything was sent.</summary>
    Recall,

    /// <summary>What it was approved for is over: refused here, before anything was sent.</summary>
    NotPossible,

    /// <summary>A sender takes it and commits the attempt.</summary>
    Claim,

    /// <summary>The answer or a query says definitely yes.</summary>
    ProvedDone,

    /// <summary>The answer or a query says: taken on, not final.</summary>
    ProvedAccepted,

    /// <summary>The answer or a query says definitely no, by the interface's own list.</summary>
    ProvedFailed,

    /// <summary>No byte of the body left: it may be sent again.</summary>
    ProvedNotSent,

    /// <summary>Not sent too often: a person looks at why.</summary>
    GaveUpSending,

    /// <summary>Any other answer, none, or a lease that ran out.</summary>
    Unclear,

    /// <summary>The settle time is over and no question could tell.</summary>
    SettleTimeOver,

    /// <summary>Two people found that it happened.</summary>
    ResolveSucceeded,

    /// <summary>Two people found that it did not happen.</summary>
    ResolveFailed,

    /// <summary>
    /// The same number may be sent again, where the interface allows it: after long enough silence by itself, or
    /// because two people say so.
    /// </summary>
    ResendSame,
}

/// <summary>The life of every operation that moves money (reliability design, section 4.1).</summary>
public static class OperationLifecycle
{
    /// <summary>The whole table. What no row names is refused.</summary>
    public static TransitionTable<OperationState, OperationEvent> Table { get; } = new(
        (Draft, Submit, PendingApproval),

        (PendingApproval, ApproveOne, PendingApproval),
        (PendingApproval, Approve, Ready),
        (PendingApproval, Reject, Rejected),
        (PendingApproval, Withdraw, Rejected),
        (PendingApproval, Expire, Expired),

        (Ready, Claim, Sending),
        (Ready, Recall, Rejected),
        (Ready, NotPossible, Rejected),

        (Sending, ProvedDone, Succeeded),
        (Sending, ProvedAccepted, Accepted),
        (Sending, ProvedFailed, Failed),
        (Sending, ProvedNotSent, Ready),
        (Sending, GaveUpSending, NeedsPerson),
        (Sending, Unclear, Unknown),

        (Accepted, ProvedDone, Succeeded),
        (Accepted, ProvedAccepted, Accepted),
        (Accepted, ProvedFailed, Failed),
        (Accepted, Unclear, Accepted),
        (Accepted, SettleTimeOver, NeedsPerson),

        (Unknown, ProvedDone, Succeeded),
        (Unknown, ProvedAccepted, Accepted),
        (Unknown, ProvedFailed, Failed),
        (Unknown, Unclear, Unknown),
        (Unknown, SettleTimeOver, NeedsPerson),
        (Unknown, ResendSame, Ready),

        (NeedsPerson, ProvedDone, Succeeded),
        (NeedsPerson, ProvedAccepted, Accepted),
        (NeedsPerson, ProvedFailed, Failed),
        (NeedsPerson, Unclear, NeedsPerson),
        (NeedsPerson, ResolveSucceeded, ResolvedSucceeded),
        (NeedsPerson, ResolveFailed, ResolvedFailed),
        (NeedsPerson, ResendSame, Ready),

        (Succeeded, ProvedDone, Succeeded),
        (Succeeded, ProvedAccepted, Succeeded),
        (Succeeded, ProvedFailed, Succeeded),
        (Succeeded, Unclear, Succeeded),
        (Failed, ProvedFailed, Failed),
        (Failed, Unclear, Failed),
        (ResolvedSucceeded, ProvedDone, ResolvedSucceeded),
        (ResolvedSucceeded, Unclear, ResolvedSucceeded),
        (ResolvedFailed, ProvedFailed, ResolvedFailed),
        (ResolvedFailed, Unclear, ResolvedFailed));

    private static readonly OperationState[] Final =
        [Succeeded, Failed, Rejected, Expired, ResolvedSucceeded, ResolvedFailed];

    /// <summary>Nothing changes it any more.</summary>
    public static bool IsFinal(this OperationState state) => Final.Contains(state);

    /// <summary>The order's money stays set aside for it.</summary>
    public static bool KeepsReservation(this OperationState state) =>
        state is PendingApproval or Ready or Sending or Accepted or OperationState.Unknown or NeedsPerson;

    /// <summary>The money counts as gone out.</summary>
    public static bool MovedMoney(this OperationState state) => state is Succeeded or ResolvedSucceeded;

    /// <summary>The resolver asks the provider about it.</summary>
    public static bool IsAskedAbout(this OperationState state) =>
        state is Accepted or OperationState.Unknown or NeedsPerson;

    /// <summary>A reviewer may decide on it.</summary>
    public static bool CanDecide(this OperationState state) => Table.On(state, Approve).Kind == TransitionKind.Moves;

    /// <summary>The requester may take it back.</summary>
    public static bool CanWithdraw(this OperationState state) => Table.On(state, Withdraw).Kind == TransitionKind.Moves;
}
