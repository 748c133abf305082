using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Payments.Providers;

/// <summary>How an order is named towards its provider.</summary>
/// <param name="MerchantNumber">The shop's order number.</param>
/// <param name="OrderedAt">The order time that was sent with it; several providers want it back to the second.</param>
/// <param name="ProviderNumber">The provider's own number, when known.</param>
public sealed record OrderReference(string MerchantNumber, DateTimeOffset OrderedAt, string? ProviderNumber);

/// <summary>What a provider says of a payment order, verified and in our words.</summary>
public sealed record OrderFacts
{
    /// <summary>The merchant it belongs to, as the message names it.</summary>
    public required string MerchantId { get; init; }

    /// <summary>The shop's order number.</summary>
    public required string MerchantNumber { get; init; }

    /// <summary>The provider's number.</summary>
    public required string ProviderNumber { get; init; }

    /// <summary>
    /// The order time that the shop sent, UTC; null where the message does not tell it, and the number alone names the
    /// order. Never filled from another time of the message.
    /// </summary>
    public required DateTimeOffset? OrderedAt { get; init; }

    /// <summary>The order's amount.</summary>
    public required Money Amount { get; init; }

    /// <summary>What was really paid; null when nothing was.</summary>
    public Money? Paid { get; init; }

    /// <summary>When it was paid, UTC.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>What it means for the order.</summary>
    public required OrderEvent Event { get; init; }

    /// <summary>The provider's raw state, such as "payResult 1".</summary>
    public required string RawState { get; init; }

    /// <summary>The way of payment as the provider names it; empty when not told.</summary>
    public string Method { get; init; } = "";
}

/// <summary>The answer to a question. Only <see cref="Told"/> proves anything.</summary>
/// <typeparam name="T">What is asked for.</typeparam>
/// <param name="Transcript">What is kept of the exchange.</param>
public abstract record QueryAnswer<T>(Transcript Transcript)
{
    /// <summary>Short raw answer of the provider; empty when there was none.</summary>
    public string ProviderCode { get; init; } = "";

    /// <summary>A verified answer about exactly what was asked.</summary>
    /// <param name="Transcript">What is kept of the exchange.</param>
    /// <param name="Facts">The answer.</param>
    public sealed record Told(Transcript Transcript, T Facts) : QueryAnswer<T>(Transcript);

    /// <summary>The provider does not know it (yet): not proof that it did not or will not happen.</summary>
    /// <param name="Transcript">What is kept of the exchange.</param>
    public sealed record NotFound(Transcript Transcript) : QueryAnswer<T>(Transcript);

    /// <summary>No usable answer; proves nothing about what was asked.</summary>
    /// <param name="Transcript">What is kept of the exchange.</param>
    /// <param name="Error">Why.</param>
    public sealed record NoAnswer(Transcript Transcript, ProviderError Error) : QueryAnswer<T>(Transcript)
    {
        /// <summary>
        /// The account's setting without which the answer would have been usable; null where no setting is the reason.
        /// </summary>
        public ProviderSetting? Setting { get; init; }
    }
}

/// <summary>A refund as it goes to the provider. Every member is fixed before the first byte leaves.</summary>
public sealed record RefundRequest
{
    /// <summary>Our number of the refund, 1 to 32 of A–Z, a–z, 0–9 and _.</summary>
    public required string RefundNumber { get; init; }

    /// <summary>The order that the money goes back from.</summary>
    public required OrderReference Order { get; init; }

    /// <summary>The order's whole amount; answers are compared with it.</summary>
    public required Money OrderAmount { get; init; }

    /// <summary>What goes back; positive.</summary>
    public required Money Amount { get; init; }

    /// <summary>When it was asked for, UTC; fixed with the row, for providers that want a refund time.</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}

/// <summary>What a provider says of one refund.</summary>
/// <param name="RefundNumber">Our number, as the provider echoes it.</param>
/// <param name="Amount">The amount it names.</param>
/// <param name="State">In our words.</param>
/// <param name="RawState">In its own, such as "TKSUCC0002".</param>
/// <param name="ToldAt">The time the provider puts on it, UTC, when it gives one.</param>
public sealed record RefundFacts(
    string RefundNumber, Money Amount, RefundState State, string RawState, DateTimeOffset? ToldAt);

/// <summary>One page of a provider's list of paid orders.</summary>
/// <param name="Orders">The rows of the page.</param>
/// <param name="HasNext">Whether the provider has another page.</param>
public sealed record OrderPage(IReadOnlyList<OrderFacts> Orders, bool HasNext);

/// <summary>Asks about single orders.</summary>
public interface IOrderLookup
{
    /// <summary>How long after the order questions are answered; null where the document names no end.</summary>
    TimeSpan? AnswersFor => null;

    /// <summary>Asks the provider about one order. A silent provider proves nothing about payment.</summary>
    Task<QueryAnswer<OrderFacts>> FindAsync(
        ProviderAccount account, OrderReference order, ProviderKeys keys, CancellationToken cancel);
}

/// <summary>Lists the paid orders of a stretch of time, page by page.</summary>
public interface IStatements
{
    /// <summary>Reads one page.</summary>
    /// <param name="account">The account.</param>
    /// <param name="from">First hour, in the provider's zone; both ends lie on the same business day.</param>
    /// <param name="until">Last hour, in the provider's zone.</param>
    /// <param name="page">Page number, from 1.</param>
    /// <param name="keys">The account's keys.</param>
    /// <param name="cancel">Stops waiting; nothing is moved by a list.</param>
    Task<QueryAnswer<OrderPage>> ReadPageAsync(
        ProviderAccount account, DateTime from, DateTime until, int page, ProviderKeys keys, CancellationToken cancel);
}

/// <summary>Sends refunds and asks about them.</summary>
public interface IRefunds
{
    /// <summary>Whether the document allows the same number to be sent again after an unknown outcome.</summary>
    bool ResendSafe { get; }

    /// <summary>How long questions go on before two people have to settle an unknown outcome.</summary>
    TimeSpan SettleTime { get; }

    /// <summary>
    /// How long after the order questions about refunds are answered; null where the document names no end.
    /// </summary>
    TimeSpan? AnswersFor => null;

    /// <summary>Sends the refund, once, and says what its own answer proves.</summary>
    /// <param name="account">The account.</param>
    /// <param name="refund">What to send.</param>
    /// <param name="keys">The account's keys.</param>
    /// <param name="permit">Checked at the instant the body would be written.</param>
    /// <param name="cancel">Stops the process, not the request: a started body is never called back.</param>
    Task<ProviderOutcome> SendAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, SendPermit permit, CancellationToken cancel);

    /// <summary>Asks how a refund stands. Moves nothing.</summary>
    Task<QueryAnswer<RefundFacts>> QueryAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, CancellationToken cancel);
}
