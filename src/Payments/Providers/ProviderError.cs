namespace MerchantPortal.Payments.Providers;

/// <summary>
/// The closed vocabulary of what goes wrong between a provider and us. Every provider code maps to one of these;
/// pages and rules speak only of these.
/// </summary>
public enum ProviderError
{
    /// <summary>Nothing went wrong.</summary>
    None,

    /// <summary>A field of the request is missing or malformed by the provider's rules.</summary>
    InvalidRequest,

    /// <summary>The provider does not accept our signature.</summary>
    OurSignatureRefused,

    /// <summary>The merchant number is unknown, closed or not allowed to use this interface.</summary>
    MerchantNotAllowed,

    /// <summary>The provider does not know the order.</summary>
    OrderNotFound,

    /// <summary>The provider does not know the refund. Not proof that it will never appear.</summary>
    RefundNotFound,

    /// <summary>The order cannot be refunded: not paid, too old or already refunded.</summary>
    NotRefundable,

    /// <summary>More than is left on the order.</summary>
    AmountTooHigh,

    /// <summary>The merchant's balance does not cover it.</summary>
    BalanceTooLow,

    /// <summary>The provider has seen this number or request before: it may be our own first copy.</summary>
    Duplicate,

    /// <summary>The payer's bank or the provider's risk control said no.</summary>
    Declined,

    /// <summary>Over a limit of amount, count or rate.</summary>
    LimitExceeded,

    /// <summary>Clock difference between the provider and us.</summary>
    ClockOff,

    /// <summary>The provider reports a fault of its own; the outcome is not known.</summary>
    ProviderFault,

    /// <summary>The provider's name could not be resolved.</summary>
    NameNotResolved,

    /// <summary>The connection was refused or could not be made.</summary>
    ConnectionFailed,

    /// <summary>No trusted TLS connection came about.</summary>
    TlsFailed,

    /// <summary>The address is not one that this account may speak to.</summary>
    AddressNotAllowed,

    /// <summary>No whole answer in time.</summary>
    TimedOut,

    /// <summary>The connection broke before a whole answer was there.</summary>
    ConnectionLost,

    /// <summary>
    /// The answer is too large, not of the promised kind, not decodable or not of the documented shape.
    /// </summary>
    AnswerUnreadable,

    /// <summary>The answer's signature is missing or wrong.</summary>
    AnswerSignatureWrong,

    /// <summary>A genuine answer that speaks of another number, amount or currency than we asked about.</summary>
    AnswerMismatch,

    /// <summary>Too much time passed between deciding to send and the first byte; nothing left.</summary>
    SentTooLate,

    /// <summary>No key is configured for what has to be signed or verified.</summary>
    KeyMissing,

    /// <summary>A code that no table knows. The outcome is not known.</summary>
    Unlisted,
}
