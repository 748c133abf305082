using System.Text.Json;
using MerchantPortal.Payments.Lifecycles;
using Answer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.RefundFacts>;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>
/// Refund and refund query with the third version's fields under the account's version segment. The document itself has
/// states and codes of refunds but no interface, so this is unconfirmed for the fourth version.
/// </summary>
internal sealed class LianLianGlobalRefunds(LianLianGlobalMessages messages) : IRefunds
{
    /// <summary>
    /// The definite refusals, each only with its HTTP status and signed. Not among them: what may be told of our own
    /// first copy (REFUND_ALREADY_REQUESTED, EXISTING_OBJECT) and faults of the provider, though they come with 422.
    /// </summary>
    public static IReadOnlyList<(int Status, string Code)> Refusals { get; } =
    [
        (400, "INVALID_PARAMETER"),
        (401, "INVALID_SIGNATURE"), (401, "INVALID_MERCHANT"), (401, "INVALID_SECONDARY_MERCHANT"),
        (401, "IP_NOT_AUTHORIZED"), (401, "INACTIVE_MERCHANT"), (401, "REFERER_NOT_AUTHORIZED"),
        (404, "OBJECT_NOT_FOUND"),
        (422, "REFUND_AMOUNT_EXCEEDED"), (422, "NON_REFUNDABLE_ORDER"), (422, "INSUFFICIENT_BALANCE"),
    ];

    /// <summary>Nothing says that a repeated number is refused.</summary>
    public bool ResendSafe => false;

    public TimeSpan SettleTime { get; } = TimeSpan.FromHours(2);

    public async Task<ProviderOutcome> SendAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, SendPermit permit, CancellationToken cancel)
    {
        var call = new LianLianGlobalCall(
            "lianlian-global refund", LianLianGlobalOptions.RefundsPath(account, refund.Order.MerchantNumber),
            Body(account, refund), IsGet: false);

        // A process that stops before the body leaves sends nothing; after that the answer is worth waiting for.
        var stop = cancel.IsCancellationRequested ? cancel : CancellationToken.None;
        var reply = IsSound(account, refund)
            ? await messages.SendAsync(account, call, keys, permit, stop)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "a field is outside the document");
        if (!reply.Transcript.BodyStarted)
        {
            return new ProviderOutcome.NotSent(
                reply.Transcript,
                reply.Failure == ProviderError.None ? ProviderError.ConnectionFailed : reply.Failure);
        }

        return reply.Answer is { } answer
            ? Judge(reply.Transcript, answer, account, refund)
            : new ProviderOutcome.Unknown(reply.Transcript, reply.Failure);
    }

    public async Task<QueryAnswer<RefundFacts>> QueryAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, CancellationToken cancel)
    {
        var call = new LianLianGlobalCall(
            "lianlian-global refund query", LianLianGlobalOptions.RefundPath(account, refund.RefundNumber),
            LianLianGlobalQueries.Numbers(account, refund.RefundNumber), IsGet: true);
        var reply = IsSound(account, refund)
            ? await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "a field is outside the document");
        if (reply.Answer is not { } answer)
        {
            return new Answer.NoAnswer(reply.Transcript, reply.Failure);
        }

        if (LianLianGlobalQueries.SaysNotFound(answer))
        {
            return new Answer.NotFound(reply.Transcript) { ProviderCode = answer.ProviderCode };
        }

        if (!answer.IsProvenSuccess)
        {
            return new Answer.NoAnswer(reply.Transcript, LianLianGlobalQueries.WhyNot(answer))
            {
                ProviderCode = answer.ProviderCode,
            };
        }

        var told = LianLianGlobalRefundAnswer.Read(answer, account, refund);
        return told is { Error: ProviderError.None, Status: { } status }
            ? new Answer.Told(
                reply.Transcript, new(refund.RefundNumber, refund.Amount, status.State, status.Code, told.At))
            {
                ProviderCode = status.Code,
            }
            : new Answer.NoAnswer(
                reply.Transcript, told.Error == ProviderError.None ? ProviderError.AnswerUnreadable : told.Error);
    }

    private static ProviderOutcome Judge(
        Transcript transcript, LianLianGlobalAnswer answer, ProviderAccount account, RefundRequest refund)
    {
        if (!answer.IsProvenSuccess)
        {
            return answer.IsProvenError && Refusals.Contains((answer.Status, answer.Code))
                ? new ProviderOutcome.Refused(transcript, LianLianGlobalErrors.Meaning(answer.Code))
                {
                    ProviderCode = answer.ProviderCode,
                }
                : new ProviderOutcome.Unknown(transcript, LianLianGlobalQueries.WhyNot(answer))
                {
                    ProviderCode = answer.ProviderCode,
                };
        }

        var told = LianLianGlobalRefundAnswer.Read(answer, account, refund);
        var code = told.Status?.Code ?? answer.Code;
        if (told.Error != ProviderError.None)
        {
            return new ProviderOutcome.Unknown(transcript, told.Error) { ProviderCode = code };
        }

        // Even a failure is only believed from the query: this list has no state among its refusals.
        return told.Status?.State == RefundState.Failed
            ? new ProviderOutcome.Unknown(transcript, ProviderError.Declined)
            {
                ProviderCode = code,
                ProviderNumber = told.ProviderNumber,
            }
            : new ProviderOutcome.Accepted(transcript) { ProviderCode = code, ProviderNumber = told.ProviderNumber };
    }

    private static string Body(ProviderAccount account, RefundRequest refund) => JsonSerializer.Serialize(
        new Dictionary<string, object>
        {
            ["merchant_transaction_id"] = refund.RefundNumber,
            ["merchant_id"] = account.MerchantId,
            ["merchant_refund_time"] = LianLianGlobalFormats.Time(refund.RequestedAt, LianLianGlobalOptions.Digits),
            ["original_transaction_id"] = refund.Order.MerchantNumber,
            ["refund_data"] = new Dictionary<string, string>
            {
                ["refund_currency_code"] = refund.Amount.Currency.Code,
                ["refund_amount"] = LianLianGlobalFormats.Amount(refund.Amount) ?? "",
            },
        });

    private static bool IsSound(ProviderAccount account, RefundRequest refund) =>
        LianLianGlobalFormats.IsNumber(account.MerchantId, 32)
        && LianLianGlobalFormats.IsNumber(refund.Order.MerchantNumber, 64)
        && LianLianGlobalFormats.IsNumber(refund.RefundNumber, 64)
        && refund.Amount.Currency == refund.OrderAmount.Currency && refund.Amount.Minor <= refund.OrderAmount.Minor
        && account.Currencies.Contains(refund.Amount.Currency) && LianLianGlobalCurrencies.Has(refund.Amount.Currency)
        && LianLianGlobalFormats.Amount(refund.Amount) is not null
        && LianLianGlobalFormats.Amount(refund.OrderAmount) is not null;
}
