using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>Everything that an order's own page shows.</summary>
public sealed record OrderDetails
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string MerchantNumber { get; init; }
    public required string? ProviderNumber { get; init; }
    public required Money Amount { get; init; }
    public required OrderState State { get; init; }
    public required string RawState { get; init; }
    public required string Method { get; init; }
    public required string Payer { get; init; }
    public required string ShopState { get; init; }
    public required OrderSource Source { get; init; }
    public required DateTimeOffset OrderedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required long Paid { get; init; }
    public required long Refunded { get; init; }

    /// <summary>Set aside for refunds that are not settled.</summary>
    public required long Reserved { get; init; }

    public required DateTimeOffset? AskedAt { get; init; }
    public required DateTimeOffset? NextQuestionAt { get; init; }
    public required OrderPlace Place { get; init; }

    /// <summary>The provider's word about the newest refund; null when there was none.</summary>
    public required string? RefundRawState { get; init; }

    /// <summary>Its amount was held on the payer's card first.</summary>
    public required bool IsHold { get; init; }

    /// <summary>Nobody knows how one of its refunds ended.</summary>
    public required bool HasUnknownRefund { get; init; }

    public required int Notifications { get; init; }

    /// <summary>The provider's tries to tell us, while the order waits; null for others.</summary>
    public RetryStanding? Retries { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<OrderMoment> Moments { get; init; }

    /// <summary>What was said to the provider and back, newest first.</summary>
    public required IReadOnlyList<OrderExchange> Exchanges { get; init; }

    public long Refundable => State.CanRefund() ? Paid - Refunded - Reserved : 0;

    public int Exponent => Amount.Currency.Exponent;
}

/// <summary>Where an order belongs and what can be asked there.</summary>
public sealed record OrderPlace
{
    public required Guid AccountId { get; init; }
    public required string Account { get; init; }
    public required ProviderChoice Provider { get; init; }

    /// <summary>The zone of the provider's and the shop's days.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Where people look things up at the provider; null in a rehearsal, which has no such place.</summary>
    public required Uri? Station { get; init; }

    /// <summary>Whether single orders can be asked about from here.</summary>
    public required bool CanAsk { get; init; }

    /// <summary>The actor may let the provider be asked.</summary>
    public required bool MayAsk { get; init; }

    public required TimeSpan? AnswersFor { get; init; }
    public required TimeSpan? AnswersRefundsFor { get; init; }
}

/// <summary>What an event of an order's history is.</summary>
public enum OrderMomentKind
{
    Placed,
    Received,
    Paid,
    Asked,
    Notified,
    RefundAsked,
    RefundApproved,
    RefundRejected,
    RefundWithdrawn,
    RefundExpired,
    RefundSent,
    RefundAccepted,
    RefundDone,
    RefundFailed,
    RefundNotSent,
    RefundUnclear,
    RefundSettledSent,
    RefundSettledNotSent,
}

/// <summary>One event of an order's history.</summary>
public sealed record OrderMoment(DateTimeOffset At, OrderMomentKind Kind)
{
    /// <summary>The amount it is about, in minor units of the order's currency.</summary>
    public long? Minor { get; init; }

    /// <summary>Who did it; empty when nobody in person did.</summary>
    public string Person { get; init; } = "";

    /// <summary>The sign-in that did it.</summary>
    public Guid? UserId { get; init; }

    /// <summary>What the person wrote.</summary>
    public string Comment { get; init; } = "";

    /// <summary>The refund it is about; empty for the order itself.</summary>
    public string RefundNumber { get; init; } = "";

    public int? Attempt { get; init; }

    /// <summary>The provider's own word.</summary>
    public string RawState { get; init; } = "";

    /// <summary>How it was learnt.</summary>
    public EvidenceKind? Evidence { get; init; }

    /// <summary>How often the same was told in a row.</summary>
    public int Times { get; init; } = 1;

    public InboundVerdict? Verdict { get; init; }
    public InboundEffect? Effect { get; init; }
    public Guid? InboundId { get; init; }

    /// <summary>The colour of the state it reached; null when it reached none.</summary>
    public Meaning? Meaning => Kind switch
    {
        OrderMomentKind.Paid or OrderMomentKind.RefundApproved or OrderMomentKind.RefundDone
            or OrderMomentKind.RefundSettledSent => Ui.Meaning.Done,
        OrderMomentKind.RefundAsked => Ui.Meaning.Wait,
        OrderMomentKind.RefundSent or OrderMomentKind.RefundAccepted => Ui.Meaning.Run,
        OrderMomentKind.RefundUnclear => Ui.Meaning.Unknown,
        OrderMomentKind.RefundFailed => Ui.Meaning.Fail,
        OrderMomentKind.Notified when Effect == InboundEffect.Quarantined => Ui.Meaning.Fail,
        OrderMomentKind.Notified when Effect == InboundEffect.Applied => Ui.Meaning.Done,
        OrderMomentKind.RefundRejected or OrderMomentKind.RefundWithdrawn or OrderMomentKind.RefundExpired
            or OrderMomentKind.RefundSettledNotSent => Ui.Meaning.Ended,
        _ => null,
    };
}

/// <summary>What was said to the provider about a refund and what it answered, masked.</summary>
public sealed record OrderExchange(
    Guid Id, string RefundNumber, EvidenceKind Kind, DateTimeOffset At, Transcript Transcript);
