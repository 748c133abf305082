using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>A decision with what the page showed when it was taken.</summary>
/// <param name="OperationId">What is decided on.</param>
/// <param name="SeenVersion">The row's version on the page.</param>
/// <param name="SeenTerms">The terms' digest on the page.</param>
/// <param name="Decision">Yes or no.</param>
/// <param name="Comment">Why; needed for a no.</param>
public sealed record DecisionForm(
    Guid OperationId, int SeenVersion, string SeenTerms, Decision Decision, string Comment)
{
    /// <summary>Those that look like the same once more, which the reviewer has seen and does not mean.</summary>
    public IReadOnlyCollection<Guid> SeenTwins { get; init; } = [];
}

/// <summary>How a decision ended. The family is closed.</summary>
public abstract record Decided
{
    /// <param name="Missing">How many approvals are still wanted; 0 when it is decided.</param>
    /// <param name="LeavesAt">When it is sent; null while it is not approved.</param>
    public sealed record Done(int Missing = 0, DateTimeOffset? LeavesAt = null) : Decided;

    public sealed record NoSuchRequest : Decided;

    public sealed record NoRight(string Permission) : Decided;

    /// <summary>Nobody decides on what they asked for themselves.</summary>
    public sealed record OwnRequest : Decided;

    /// <summary>The policy names people for it, and the actor is none of them.</summary>
    public sealed record NotNamed : Decided;

    /// <summary>The actor has approved it already; another person has to be the next.</summary>
    public sealed record ApprovedBefore : Decided;

    /// <summary>The delegate, or the person whose delegate the actor is, has approved: both count once.</summary>
    public sealed record PairApproved(string Who) : Decided;

    /// <summary>Somebody was faster, or it was taken back.</summary>
    public sealed record NotWaiting(OperationState State) : Decided;

    /// <summary>What the page showed is not what the request says.</summary>
    public sealed record PageIsStale : Decided;

    public sealed record CommentMissing : Decided;

    /// <summary>The same amount for the same order or payee within a day, which the page did not show.</summary>
    public sealed record TwinUnseen(string Number, string By, DateTimeOffset At, Money Amount) : Decided;

    /// <summary>No fresh proof of this session for exactly this operation and these terms.</summary>
    public sealed record StepUpMissing : Decided;

    /// <summary>The row does not fit its seal: it was changed past the portal, and nobody can approve it.</summary>
    public sealed record SealBroken : Decided;
}

/// <summary>How a recall ended.</summary>
public enum RecallResult
{
    /// <summary>It is taken back; nothing was sent.</summary>
    Done,

    /// <summary>There is none, or the actor may not see it.</summary>
    NoSuchRequest,

    /// <summary>The actor neither asked for it nor approved it.</summary>
    NotYours,

    /// <summary>The cooling-off time is over, or it is not approved at all.</summary>
    TooLate,
}
