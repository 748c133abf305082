using static MerchantPortal.Payments.Lifecycles.OrderEvent;
using static MerchantPortal.Payments.Lifecycles.OrderState;

namespace MerchantPortal.Payments.Lifecycles;

/// <summary>Where a payment order stands, whatever provider it was paid through.</summary>
public enum OrderState
{
    /// <summary>The payer has not paid yet.</summary>
    AwaitingPayment,

    /// <summary>The provider is working on the payment.</summary>
    Processing,

    /// <summary>Authorised and held, not captured.</summary>
    Held,

    /// <summary>Paid.</summary>
    Paid,

    /// <summary>The payment failed; the payer may still pay again.</summary>
    Declined,

    /// <summary>Cancelled, closed or expired without payment.</summary>
    Closed,

    /// <summary>Paid, and a part of it went back.</summary>
    PartRefunded,

    /// <summary>Paid, and all of it went back.</summary>
    Refunded,

    /// <summary>The payer's bank took the money back.</summary>
    ChargedBack,
}

/// <summary>What can be learnt about a payment order.</summary>
public enum OrderEvent
{
    /// <summary>The provider works on it.</summary>
    PaymentProcessing,

    /// <summary>The amount is held.</summary>
    PaymentAuthorised,

    /// <summary>It is paid.</summary>
    PaymentSucceeded,

    /// <summary>The payment failed.</summary>
    PaymentFailed,

    /// <summary>It was cancelled, closed or ran out.</summary>
    PaymentClosed,

    /// <summary>A part was refunded; money is left.</summary>
    PartWasRefunded,

    /// <summary>Everything was refunded.</summary>
    AllWasRefunded,

    /// <summary>The payer's bank took it back.</summary>
    WasChargedBack,
}

/// <summary>
/// The life of a payment order. Success absorbs later failure, and a failed order may still be paid
/// (LianLian mobile sections 3.1 and 3.3; kept for every provider).
/// </summary>
public static class OrderLifecycle
{
    /// <summary>The whole table. What no row names is refused and goes to a person.</summary>
    public static TransitionTable<OrderState, OrderEvent> Table { get; } = new(
        (AwaitingPayment, PaymentProcessing, Processing),
        (AwaitingPayment, PaymentAuthorised, Held),
        (AwaitingPayment, PaymentSucceeded, Paid),
        (AwaitingPayment, PaymentFailed, Declined),
        (AwaitingPayment, PaymentClosed, Closed),

        (Processing, PaymentProcessing, Processing),
        (Processing, PaymentAuthorised, Held),
        (Processing, PaymentSucceeded, Paid),
        (Processing, PaymentFailed, Declined),
        (Processing, PaymentClosed, Closed),

        (Held, PaymentProcessing, Held),
        (Held, PaymentAuthorised, Held),
        (Held, PaymentSucceeded, Paid),
        (Held, PaymentFailed, Held),
        (Held, PaymentClosed, Closed),

        (Paid, PaymentProcessing, Paid),
        (Paid, PaymentAuthorised, Paid),
        (Paid, PaymentSucceeded, Paid),
        (Paid, PaymentFailed, Paid),
        (Paid, PaymentClosed, Paid),
        (Paid, PartWasRefunded, PartRefunded),
        (Paid, AllWasRefunded, Refunded),
        (Paid, WasChargedBack, ChargedBack),

        (Declined, PaymentProcessing, Processing),
        (Declined, PaymentAuthorised, Held),
        (Declined, PaymentSucceeded, Paid),
        (Declined, PaymentFailed, Declined),
        (Declined, PaymentClosed, Closed),

        (Closed, PaymentProcessing, Closed),
        (Closed, PaymentSucceeded, Paid),
        (Closed, PaymentFailed, Closed),
        (Closed, PaymentClosed, Closed),

        (PartRefunded, PaymentProcessing, PartRefunded),
        (PartRefunded, PaymentAuthorised, PartRefunded),
        (PartRefunded, PaymentSucceeded, PartRefunded),
        (PartRefunded, PaymentFailed, PartRefunded),
        (PartRefunded, PaymentClosed, PartRefunded),
        (PartRefunded, PartWasRefunded, PartRefunded),
        (PartRefunded, AllWasRefunded, Refunded),
        (PartRefunded, WasChargedBack, ChargedBack),

        (Refunded, PaymentProcessing, Refunded),
        (Refunded, PaymentAuthorised, Refunded),
        (Refunded, PaymentSucceeded, Refunded),
        (Refunded, PaymentFailed, Refunded),
        (Refunded, PaymentClosed, Refunded),
        (Refunded, PartWasRefunded, Refunded),
        (Refunded, AllWasRefunded, Refunded),
        (Refunded, WasChargedBack, ChargedBack),

        (ChargedBack, PaymentSucceeded, ChargedBack),
        (ChargedBack, PaymentFailed, ChargedBack),
        (ChargedBack, PaymentClosed, ChargedBack),
        (ChargedBack, WasChargedBack, ChargedBack));

    /// <summary>The payer's money is with the merchant, wholly or in part, so a refund can be asked for.</summary>
    public static bool CanRefund(this OrderState state) => state is Paid or PartRefunded;
}
