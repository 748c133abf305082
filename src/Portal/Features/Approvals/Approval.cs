namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>What a reviewer said.</summary>
public enum Decision
{
    Approved,
    Rejected,
}

/// <summary>One person's decision on one operation. Added once, never changed.</summary>
public sealed class Approval
{
    public Guid Id { get; init; }
    public Guid OperationId { get; init; }

    /// <summary>
    /// The operation's requester again: a foreign key over both columns keeps the copy true, so that a check on this
    /// row alone can refuse one's own request in the database itself.
    /// </summary>
    public Guid RequesterPersonId { get; init; }

    public Guid PersonId { get; init; }
    public Guid UserId { get; init; }
    public string PersonName { get; init; } = "";

    /// <summary>
    /// Whose place it takes: the person's own, or that of somebody who named the person as delegate. A place counts
    /// once.
    /// </summary>
    public Guid PlaceOfPersonId { get; init; }

    /// <summary>The name of the person whose place it takes; empty for one's own.</summary>
    public string OnBehalfOf { get; init; } = "";
    public Decision Decision { get; init; }

    /// <summary>The terms as the reviewer saw them.</summary>
    public string TermsHash { get; init; } = "";

    /// <summary>How the reviewer had proven to be there.</summary>
    public string Factors { get; init; } = "";

    /// <summary>The fresh proof of this very decision; null for a rejection, which moves nothing.</summary>
    public Guid? StepUpId { get; init; }

    public string Comment { get; init; } = "";
    public DateTimeOffset At { get; init; }
}
