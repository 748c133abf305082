using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using Answer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.RefundFacts>;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// Refund and refund query, which the document does not have: paths and members are those of LianLian's public client
/// code. no_refund and dt_refund together are the refund's number; both are fixed before anything is sent.
/// </summary>
internal sealed class LianLianMobileRefunds(LianLianMobileMessages messages, LianLianMobileOptions options) : IRefunds
{
    /// <summary>
    /// The codes that say for certain that no money moved (reliability design, section 4.5). 9902 has two meanings
    /// and 5005 says "try again": neither is here.
    /// </summary>
    private static readonly HashSet<string> DefiniteNo =
        [.. "5002 5003 5004 5006 5007 5008 1001 1004 3001 3002 9901 9903".Split(' ')];

    /// <summary>No evidence that a repeated no_refund is refused.</summary>
    public bool ResendSafe => false;

    public TimeSpan SettleTime { get; } = TimeSpan.FromHours(2);

    public async Task<ProviderOutcome> SendAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, SendPermit permit, CancellationToken cancel)
    {
        var call = new LianLianMobileCall(
            "lianlian-mobile refund",
            LianLianMobileOptions.Address(account, LianLianMobileOptions.RefundAddress, options.RefundPath),
            [
                new("no_refund", refund.RefundNumber),
                new("dt_refund", LianLianMobileText.Time(refund.RequestedAt)),
                new("money_refund", refund.Amount.ToDecimalText()),
                new("notify_url", LianLianMobileOptions.Value(account, LianLianMobileOptions.RefundNotifyAddress)),
                new("no_order", refund.Order.MerchantNumber),
                new("dt_order", LianLianMobileText.Time(refund.Order.OrderedAt)),
                new("oid_paybill", refund.Order.ProviderNumber ?? ""),
            ],
            LianLianMobileFields.Answer)
        {
            Unsound = Unsound(account, refund),
        };

        // A process that stops before the body leaves sends nothing; after that the answer is worth waiting for.
        var stop = cancel.IsCancellationRequested ? cancel : CancellationToken.None;
        var reply = await messages.SendAsync(account, call, keys, permit, stop);
        return LianLianMobileOutcome.Unread(reply)
            ?? (reply.Code == LianLianMobileErrors.Success
                ? Succeeded(reply, refund)
                : LianLianMobileOutcome.Refusal(reply, DefiniteNo, IsOurs(reply.Answer!, refund, mustBeNamed: false)));
    }

    public async Task<QueryAnswer<RefundFacts>> QueryAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, CancellationToken cancel)
    {
        var call = new LianLianMobileCall(
            "lianlian-mobile refund query",
            LianLianMobileOptions.Address(
                account, LianLianMobileOptions.RefundQueryAddress, options.RefundQueryPath),
            [
                new("no_refund", refund.RefundNumber),
                new("dt_refund", LianLianMobileText.Time(refund.RequestedAt)),
            ],
            LianLianMobileFields.Answer)
        {
            Unsound = Unsound(account, refund),
        };
        var reply = await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel);
        return reply.IsGenuine
            ? Read(reply, refund)
            : new Answer.NoAnswer(reply.Transcript, reply.Failure) { ProviderCode = reply.Code };
    }

    /// <summary>sta_refund in our words: 0 applied, 1 on its way, 2 done, 3 failed.</summary>
    internal static RefundState? State(string staRefund) => staRefund switch
    {
        "0" => RefundState.Applied,
        "1" => RefundState.Processing,
        "2" => RefundState.Succeeded,
        "3" => RefundState.Failed,
        _ => null,
    };

    private static ProviderOutcome Succeeded(LianLianMobileReply reply, RefundRequest refund)
    {
        var answer = reply.Answer!;
        var code = "sta_refund " + answer["sta_refund"];
        var number = answer["oid_refundno"] is { Length: > 0 } told ? told : null;
        if (!IsOurs(answer, refund, mustBeNamed: true))
        {
            return new ProviderOutcome.Unknown(reply.Transcript, ProviderError.AnswerMismatch) { ProviderCode = code };
        }

        return answer["sta_refund"] switch
        {
            "2" => new ProviderOutcome.Done(reply.Transcript) { ProviderCode = code, ProviderNumber = number },
            "0" or "1" =>
                new ProviderOutcome.Accepted(reply.Transcript) { ProviderCode = code, ProviderNumber = number },

            // 3 is "failed", but only the refund query may say so finally.
            "3" => new ProviderOutcome.Unknown(reply.Transcript, ProviderError.Declined) { ProviderCode = code },
            _ => new ProviderOutcome.Unknown(reply.Transcript, ProviderError.AnswerUnreadable),
        };
    }

    private static Answer Read(LianLianMobileReply reply, RefundRequest refund)
    {
        var answer = reply.Answer!;
        if (reply.Code != LianLianMobileErrors.Success)
        {
            return LianLianMobileErrors.IsNotFound(reply.Code)
                ? new Answer.NotFound(reply.Transcript) { ProviderCode = reply.Code }
                : new Answer.NoAnswer(reply.Transcript, LianLianMobileErrors.Meaning(reply.Code))
                {
                    ProviderCode = reply.Code,
                };
        }

        var code = "sta_refund " + answer["sta_refund"];
        if (!IsOurs(answer, refund, mustBeNamed: true))
        {
            return new Answer.NoAnswer(reply.Transcript, ProviderError.AnswerMismatch) { ProviderCode = code };
        }

        return State(answer["sta_refund"]) is { } state
            ? new Answer.Told(reply.Transcript, new(refund.RefundNumber, refund.Amount, state, code, ToldAt: null))
            {
                ProviderCode = code,
            }
            : new Answer.NoAnswer(reply.Transcript, ProviderError.AnswerUnreadable);
    }

    /// <summary>
    /// Whether an answer is about this refund. Refusals may leave members out, as LianLian's own examples do; a member
    /// that is there has to be equal always.
    /// </summary>
    private static bool IsOurs(LianLianMobileMessage answer, RefundRequest refund, bool mustBeNamed) =>
        LianLianMobileOutcome.Equal(answer, "no_refund", refund.RefundNumber, mustBeNamed)
        && LianLianMobileOutcome.EqualAmount(answer, "money_refund", refund.Amount, mustBeNamed)
        && LianLianMobileOutcome.Equal(answer, "dt_refund", LianLianMobileText.Time(refund.RequestedAt), false)
        && LianLianMobileOutcome.Equal(answer, "no_order", refund.Order.MerchantNumber, false)
        && (!mustBeNamed || answer["oid_partner"].Length > 0);

    private static string Unsound(ProviderAccount account, RefundRequest refund) =>
        LianLianMobileText.IsNumber(refund.RefundNumber) && LianLianMobileText.IsNumber(refund.Order.MerchantNumber)
        && LianLianMobileText.IsAmount(refund.Amount) && LianLianMobileText.IsAmount(refund.OrderAmount)
        && refund.Amount.Minor <= refund.OrderAmount.Minor && account.Currencies.Contains(refund.Amount.Currency)
            ? ""
            : "a member is outside the document";
}
