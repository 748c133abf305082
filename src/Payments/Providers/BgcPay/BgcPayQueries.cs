using Answer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.OrderFacts>;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// bgcpay.trade.query. Asks by our number alone: where both numbers are sent, the document prefers its own.
/// </summary>
internal sealed class BgcPayQueries(BgcPayMessages messages) : IOrderLookup
{
    public async Task<QueryAnswer<OrderFacts>> FindAsync(
        ProviderAccount account, OrderReference order, ProviderKeys keys, CancellationToken cancel)
    {
        var call = new BgcPayCall(BgcPayErrors.TradeQuery, [new("out_trade_no", order.MerchantNumber)]);
        var reply = BgcPayShape.IsNumber(order.MerchantNumber)
            ? await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "the number is outside the document");
        return Judge(reply, account, order) with { ProviderCode = reply.Answer.Told };
    }

    private static Answer Judge(BgcPayReply reply, ProviderAccount account, OrderReference order)
    {
        var (transcript, answer) = reply;
        if (answer.Error != ProviderError.None)
        {
            return new Answer.NoAnswer(transcript, answer.Error);
        }

        if (!BgcPayMessages.MayUse(answer, account))
        {
            return new Answer.NoAnswer(transcript, ProviderError.AnswerSignatureWrong);
        }

        if (!answer.IsSuccess)
        {
            var meaning = BgcPayErrors.Meaning(BgcPayErrors.TradeQuery, answer.Code, answer.SubCode);
            return meaning == ProviderError.OrderNotFound && answer.IsSigned
                ? new Answer.NotFound(transcript)
                : new Answer.NoAnswer(transcript, BgcPayAnswerErrors.Named(meaning));
        }

        // BGCPay has no order time of the shop's; the one that was asked with names the order here.
        var facts = BgcPayTrade.Read(name => answer[name], account, out _);
        return facts is null ? new Answer.NoAnswer(transcript, ProviderError.AnswerUnreadable)
            : facts.MerchantNumber != order.MerchantNumber
                || (order.ProviderNumber is { Length: > 0 } number && facts.ProviderNumber != number)
                ? new Answer.NoAnswer(transcript, ProviderError.AnswerMismatch)
            : new Answer.Told(transcript, facts with { OrderedAt = order.OrderedAt });
    }
}
