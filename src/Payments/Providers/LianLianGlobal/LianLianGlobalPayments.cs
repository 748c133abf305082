using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>A payment that LianLian created and that waits for the payer.</summary>
/// <param name="ProviderNumber">ll_transaction_id.</param>
/// <param name="MerchantTransactionId">Our number, as echoed.</param>
/// <param name="Amount">Amount and currency, equal to what was sent.</param>
/// <param name="PaymentParams">
/// payment_params: JSON text that the app or page hands to the wallet. It pays; it belongs in no log.
/// </param>
public sealed record LianLianGlobalTicket(
    string ProviderNumber, string MerchantTransactionId, Money Amount, string PaymentParams)
{
    /// <summary>Number and amount, without what pays.</summary>
    public override string ToString() => $"{ProviderNumber} {Amount}";
}

/// <summary>What came of a payment request.</summary>
/// <param name="Outcome">
/// Accepted with a ticket; refused by a signed error of <see cref="LianLianGlobalPayments.Refusals"/>; not sent; or
/// unknown, after which the payment query tells, or the same request again (note A: same number, amount and currency).
/// </param>
/// <param name="Ticket">The payment; null unless accepted.</param>
public sealed record LianLianGlobalCreation(ProviderOutcome Outcome, LianLianGlobalTicket? Ticket);

/// <summary>
/// Creating payments (section 4.1.1), for integrators: the back office itself creates none. It moves no money; the
/// payer does, afterwards.
/// </summary>
public sealed class LianLianGlobalPayments
{
    private readonly LianLianGlobalMessages messages;

    /// <summary>Builds the interface.</summary>
    /// <param name="http">The only sender.</param>
    /// <param name="time">The clock of times sent and certificates checked.</param>
    public LianLianGlobalPayments(ProviderHttp http, TimeProvider time) =>
        messages = new(http, time, new LianLianGlobalSigning());

    /// <summary>
    /// The errors that say for certain that no payment was created, each only with its HTTP status and signed. 409 is
    /// not among them: what exists already may be our own first copy.
    /// </summary>
    public static IReadOnlyList<(int Status, string Code)> Refusals { get; } =
    [
        (400, "INVALID_PARAMETER"),
        (401, "INVALID_SIGNATURE"), (401, "INVALID_MERCHANT"), (401, "INVALID_SECONDARY_MERCHANT"),
        (401, "IP_NOT_AUTHORIZED"), (401, "INACTIVE_MERCHANT"), (401, "REFERER_NOT_AUTHORIZED"),
        (403, "CUSTOMER_HAS_RESTRICTIONS"), (403, "ANNUAL_LIMIT_EXCEEDED"), (403, "BOLETO_LIMIT_EXCEEDED"),
        (403, "FX_TRANSACTION_LIMIT_EXCEEDED"),
    ];

    /// <summary>Creates a payment. What is outside the document's tables is refused and not sent.</summary>
    /// <param name="account">The account.</param>
    /// <param name="payment">The payment.</param>
    /// <param name="keys">Our private key and LianLian's public key.</param>
    /// <param name="cancel">Stops before the body leaves, not after.</param>
    public async Task<LianLianGlobalCreation> CreateAsync(
        ProviderAccount account, LianLianGlobalPayment payment, ProviderKeys keys, CancellationToken cancel)
    {
        var body = LianLianGlobalPaymentBody.Write(account, payment, out var why);
        var call = new LianLianGlobalCall(
            "lianlian-global payment", LianLianGlobalOptions.PaymentsPath(account), body ?? "{}", IsGet: false);
        var stop = cancel.IsCancellationRequested ? cancel : CancellationToken.None;
        var reply = body is not null
            ? await messages.SendAsync(account, call, keys, SendPermit.Start(messages.Time), stop)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, why);
        if (!reply.Transcript.BodyStarted)
        {
            return new(
                new ProviderOutcome.NotSent(
                    reply.Transcript,
                    reply.Failure == ProviderError.None ? ProviderError.ConnectionFailed : reply.Failure),
                null);
        }

        return reply.Answer is { } answer
            ? Judge(reply.Transcript, answer, payment)
            : new(new ProviderOutcome.Unknown(reply.Transcript, reply.Failure), null);
    }

    private static LianLianGlobalCreation Judge(
        Transcript transcript, LianLianGlobalAnswer answer, LianLianGlobalPayment payment)
    {
        if (!answer.IsProvenSuccess)
        {
            ProviderOutcome outcome = answer.IsProvenError && Refusals.Contains((answer.Status, answer.Code))
                ? new ProviderOutcome.Refused(transcript, LianLianGlobalErrors.Meaning(answer.Code))
                : new ProviderOutcome.Unknown(transcript, LianLianGlobalQueries.WhyNot(answer));
            return new(outcome with { ProviderCode = answer.ProviderCode }, null);
        }

        if (answer.Business(LianLianGlobalFields.PaymentAnswer, "", [], out _) is not { Fields: var order })
        {
            return Unknown(transcript, ProviderError.AnswerUnreadable);
        }

        return order["merchant_transaction_id"] != payment.MerchantTransactionId
            || order["transaction_currency"] != payment.Amount.Currency.Code
            || !LianLianGlobalFormats.TryReadAmount(
                order["transaction_amount"], payment.Amount.Currency, out var amount)
            || amount != payment.Amount
            ? Unknown(transcript, ProviderError.AnswerMismatch)
            : new(
                new ProviderOutcome.Accepted(transcript)
                {
                    ProviderCode = answer.Code,
                    ProviderNumber = order["ll_transaction_id"],
                },
                new(order["ll_transaction_id"], payment.MerchantTransactionId, amount, order["payment_params"]));
    }

    private static LianLianGlobalCreation Unknown(Transcript transcript, ProviderError error) =>
        new(new ProviderOutcome.Unknown(transcript, error), null);
}
