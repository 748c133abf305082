using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>The tabs of the inbox.</summary>
public enum ApprovalTab
{
    You,
    All,
    Yours,
    Decided,
}

/// <summary>Why the actor cannot decide.</summary>
public enum DecisionBar
{
    None,

    /// <summary>The actor asked for it.</summary>
    OwnRequest,

    /// <summary>operations.approve is missing for the account.</summary>
    NoRight,

    /// <summary>It does not wait any more.</summary>
    NotWaiting,
}

/// <summary>One row of the inbox.</summary>
/// <param name="Line">The operation with its order's numbers.</param>
/// <param name="Bar">Why the actor cannot decide on it.</param>
/// <param name="Provider">The provider's name.</param>
public sealed record InboxItem(OperationLine Line, DecisionBar Bar, string Provider);

/// <summary>One tab of the inbox.</summary>
/// <param name="Items">Soonest due first; on the tabs that look back, newest first.</param>
/// <param name="Counts">How many each tab holds that still wait.</param>
/// <param name="Total">How many the tab holds; more than the items where the list is long.</param>
public sealed record Inbox(IReadOnlyList<InboxItem> Items, IReadOnlyDictionary<ApprovalTab, int> Counts, int Total);

/// <summary>Sums of other refunds, per currency.</summary>
/// <param name="Count">How many.</param>
/// <param name="Sums">One sum per currency.</param>
public sealed record OtherRefunds(int Count, IReadOnlyList<Money> Sums);

/// <summary>Everything a reviewer looks at before deciding.</summary>
public sealed record DecisionSheet
{
    public required OperationFacts Operation { get; init; }
    public required string OrderNumber { get; init; }
    public required string ShopNumber { get; init; }
    public required OrderState OrderState { get; init; }
    public required string ShopState { get; init; }
    public required string Method { get; init; }
    public required string AccountName { get; init; }
    public required ProviderDescriptor Provider { get; init; }

    /// <summary>When the order last changed, if that was after the request; else null.</summary>
    public required DateTimeOffset? OrderChangedAt { get; init; }
    public required DateTimeOffset? PaidAt { get; init; }
    public required Money Paid { get; init; }
    public required Money RefundedBefore { get; init; }

    /// <summary>Set aside on the order for other refunds.</summary>
    public required Money WaitingBeside { get; init; }
    public required Money Refundable { get; init; }

    /// <summary>The other refunds of the order, newest first.</summary>
    public required IReadOnlyList<OperationFacts> OfOrder { get; init; }

    /// <summary>Refunds to the same payer on other orders; null when the payer is not known.</summary>
    public required OtherRefunds? OfPayer { get; init; }

    /// <summary>Refunds of the same amount within a day, other orders included.</summary>
    public required IReadOnlyList<OperationFacts> SameAmount { get; init; }

    /// <summary>Everybody who can decide, the actor included where that is so.</summary>
    public required IReadOnlyList<string> Approvers { get; init; }

    /// <summary>Who decided, when and how; null while it waits.</summary>
    public required OperationDecision? Decision { get; init; }
    public required DecisionBar Bar { get; init; }

    /// <summary>The whole payment goes back.</summary>
    public bool IsWhole => Operation.Amount == Paid;
}
