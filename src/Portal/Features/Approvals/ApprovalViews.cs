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

    /// <summary>The right was given lately and lets no money move yet.</summary>
    FreshGrant,

    /// <summary>The policy names people for it, and the actor is none of them.</summary>
    NotOnList,

    /// <summary>The actor has approved it; another person has to be the next.</summary>
    AlreadyYou,

    /// <summary>The actor's delegate, or the person whose delegate the actor is, has approved it.</summary>
    AlreadyDelegate,

    /// <summary>It does not wait any more.</summary>
    NotWaiting,
}

/// <summary>One row of the inbox.</summary>
/// <param name="Line">The operation with its order's numbers.</param>
/// <param name="Seat">Whether the actor can decide on it, and in whose place.</param>
/// <param name="Provider">The provider's name.</param>
public sealed record InboxItem(OperationLine Line, Seat Seat, string Provider)
{
    /// <summary>How many have approved.</summary>
    public int Given { get; init; }

    /// <summary>How many approvals it could get at most; fewer than needed is for an admin to mend.</summary>
    public int Most { get; init; }

    /// <summary>The actor can decide.</summary>
    public bool IsOpen => Seat.Bar == DecisionBar.None;

    /// <summary>Nobody, or too few people, could ever approve it.</summary>
    public bool IsStuck => Seat.Bar != DecisionBar.NotWaiting && Most < Line.Operation.Needed;
}

/// <summary>One tab of the inbox.</summary>
/// <param name="Items">Soonest due first; on the tabs that look back, newest first.</param>
/// <param name="Counts">How many each tab holds that still wait.</param>
/// <param name="Total">How many the tab holds; more than the items where the list is long.</param>
public sealed record Inbox(IReadOnlyList<InboxItem> Items, IReadOnlyDictionary<ApprovalTab, int> Counts, int Total);

/// <summary>Sums of other operations, per currency.</summary>
/// <param name="Count">How many.</param>
/// <param name="Sums">One sum per currency.</param>
public sealed record OtherSums(int Count, IReadOnlyList<Money> Sums);

/// <summary>The order that an operation is about, with its money.</summary>
public sealed record SheetOrder
{
    public required string Number { get; init; }
    public required string ShopNumber { get; init; }
    public required OrderState State { get; init; }
    public required string ShopState { get; init; }
    public required string Method { get; init; }

    /// <summary>When the order last changed, if that was after the request; else null.</summary>
    public required DateTimeOffset? ChangedAt { get; init; }
    public required DateTimeOffset OrderedAt { get; init; }
    public required DateTimeOffset? PaidAt { get; init; }

    /// <summary>What was asked for at first: of a hold, the authorised amount.</summary>
    public required Money Amount { get; init; }
    public required Money Paid { get; init; }
    public required Money RefundedBefore { get; init; }

    /// <summary>Set aside on the order for other refunds.</summary>
    public required Money WaitingBeside { get; init; }
    public required Money Refundable { get; init; }
}

/// <summary>Everything a reviewer looks at before deciding.</summary>
public sealed record DecisionSheet
{
    public required OperationFacts Operation { get; init; }

    /// <summary>The order that it is about; null for transfers and cards.</summary>
    public required SheetOrder? Order { get; init; }
    public required string AccountName { get; init; }
    public required ProviderDescriptor Provider { get; init; }

    /// <summary>The other operations of the order, or to the same payee or card; newest first.</summary>
    public required IReadOnlyList<OperationFacts> Beside { get; init; }

    /// <summary>Others with the same payer or payee within 90 days; null when nobody is named.</summary>
    public required OtherSums? OfPayer { get; init; }

    /// <summary>Others of the same amount within a day, other orders included.</summary>
    public required IReadOnlyList<OperationFacts> SameAmount { get; init; }

    /// <summary>What looks like the same once more: the reviewer has to say that it is not.</summary>
    public required IReadOnlyList<OperationFacts> Twins { get; init; }

    /// <summary>Everybody who can decide, the actor included where that is so.</summary>
    public required IReadOnlyList<string> Approvers { get; init; }

    /// <summary>How many approvals it could get at most.</summary>
    public required int Most { get; init; }

    /// <summary>Who decided, when and how, oldest first.</summary>
    public required IReadOnlyList<OperationDecision> Decisions { get; init; }
    public required Seat Seat { get; init; }

    /// <summary>The actor proved to be there for exactly this a moment ago: no code is needed again.</summary>
    public required bool IsProven { get; init; }

    /// <summary>The whole payment goes back, or the whole hold is taken.</summary>
    public bool IsWhole => Order is { } order
        && Operation.Amount == (Operation.Kind == OperationKind.Refund ? order.Paid : order.Amount);

    /// <summary>How many approvals are still wanted, this actor's included.</summary>
    public int Missing => Operation.Needed - Decisions.Count(decision => decision.Decision == Decision.Approved);

    public bool CanDecide => Seat.Bar == DecisionBar.None;
}
