using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>Where a hold stands on the board.</summary>
public enum HoldColumn
{
    /// <summary>Ends within a day, or has ended by our count and nothing was heard of it.</summary>
    Due,

    /// <summary>Ends within seven days.</summary>
    Week,
    Later,

    /// <summary>A capture or void of it is open.</summary>
    Decided,

    /// <summary>Captured, let go or run out.</summary>
    Ended,
}

/// <summary>In what order the columns stand.</summary>
public enum HoldSort
{
    Deadline,
    Amount,
    Newest,
}

/// <summary>Which holds the board shows.</summary>
/// <param name="Find">Start of a number or of the payer; null for all.</param>
/// <param name="Provider">Key of the provider; null for all.</param>
/// <param name="Sort">The order.</param>
/// <param name="After">Number of the last ended order of the page before; null from the newest.</param>
public sealed record HoldFilter(
    string? Find = null, string? Provider = null, HoldSort Sort = HoldSort.Deadline, string? After = null);

/// <summary>One hold, as a card shows it.</summary>
public sealed record HoldLine
{
    public required Guid OrderId { get; init; }
    public required string Number { get; init; }
    public required string ShopNumber { get; init; }
    public required string? ProviderNumber { get; init; }
    public required ProviderDescriptor Provider { get; init; }
    public required string AccountName { get; init; }
    public required string Payer { get; init; }
    public required string Method { get; init; }

    /// <summary>What the shop says of the order; empty where it says nothing.</summary>
    public required string ShopState { get; init; }
    public required OrderState State { get; init; }
    public required Money Authorised { get; init; }

    /// <summary>What was captured; nothing while it is held.</summary>
    public required Money Captured { get; init; }
    public required Money? Planned { get; init; }
    public required DateTimeOffset? PlannedAt { get; init; }
    public required string PlannedBy { get; init; }
    public required DateTimeOffset AuthorisedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Of the plan; sent back with a request.</summary>
    public required int Version { get; init; }

    /// <summary>Its newest capture or void; null when none was asked for.</summary>
    public required OperationFacts? Newest { get; init; }

    /// <summary>Why the actor cannot ask for a capture or void.</summary>
    public required HoldBar Bar { get; init; }
}

/// <summary>One column.</summary>
/// <param name="Lines">At most <see cref="HoldBoards.MostInColumn"/>.</param>
/// <param name="Total">How many there are.</param>
public sealed record HoldGroup(IReadOnlyList<HoldLine> Lines, int Total);

/// <summary>The board: what is held, by urgency.</summary>
/// <param name="Columns">The four columns of what is open.</param>
/// <param name="Ended">How many have ended.</param>
/// <param name="Held">What is held, per currency.</param>
/// <param name="Planned">What is planned to be captured of it, per currency.</param>
/// <param name="Providers">The providers that holds can be filtered by.</param>
public sealed record HoldBoard(
    IReadOnlyDictionary<HoldColumn, HoldGroup> Columns, int Ended, IReadOnlyList<Money> Held,
    IReadOnlyList<Money> Planned, IReadOnlyList<ProviderDescriptor> Providers)
{
    /// <summary>How many are held or being decided on.</summary>
    public int Open => Columns.Values.Sum(group => group.Total);
}

/// <summary>One page of ended holds, newest first.</summary>
public sealed record EndedHolds(IReadOnlyList<HoldLine> Lines, int Total, bool HasOlder);

/// <summary>Why no capture or void can be asked for.</summary>
public enum HoldBar
{
    None,

    /// <summary>preauths.request is missing for the account.</summary>
    NoRight,

    /// <summary>The amount is not held any more, or not yet.</summary>
    NotHeld,

    /// <summary>A capture or void is open or done.</summary>
    Another,

    /// <summary>No evidence confirms the provider's interface, and nobody has switched it on.</summary>
    SwitchedOff,

    /// <summary>The provider has no interface for pre-authorisations.</summary>
    NotOffered,
}

/// <summary>Everything the sheet of one hold shows, and what asking to end it would mean.</summary>
public sealed record HoldSheet
{
    public required HoldLine Line { get; init; }

    /// <summary>The shop's number of the payer; empty where nobody told it.</summary>
    public required string PayerId { get; init; }

    /// <summary>The provider wants that number.</summary>
    public required bool NeedsPayer { get; init; }

    /// <summary>The provider answers questions about holds; else that it is held is the shop's word.</summary>
    public required bool CanAsk { get; init; }

    /// <summary>For how long the account counts a hold.</summary>
    public required int Days { get; init; }

    /// <summary>All captures and voids of it, newest first.</summary>
    public required IReadOnlyList<OperationLine> History { get; init; }

    /// <summary>Who could approve and until when, by kind and amount.</summary>
    public required ApprovalOutlook Approval { get; init; }

    /// <summary>What such a request would meet; about the whole hold where no amount is known yet.</summary>
    public ApprovalProspect Prospect(OperationKind kind, Money? amount = null) =>
        Approval.For(kind, amount ?? Line.Authorised);

    /// <summary>The actor may plan captures.</summary>
    public required bool MayPlan { get; init; }
}
