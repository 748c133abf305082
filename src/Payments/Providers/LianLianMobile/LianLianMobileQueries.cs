using Answer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.OrderFacts>;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// The order query (section 4.3), version 1.0 or 1.1 by the account. Version 1.1 adds the bank's name and the reason of
/// a failure, which may stand outside the signature and are then nobody's word.
/// </summary>
internal sealed class LianLianMobileQueries(LianLianMobileMessages messages, LianLianMobileOptions options)
    : IOrderLookup
{
    public async Task<QueryAnswer<OrderFacts>> FindAsync(
        ProviderAccount account, OrderReference order, ProviderKeys keys, CancellationToken cancel)
    {
        // Without query_version it is 1.0, which the document calls the old one; only 1.1 has to be said.
        var version = LianLianMobileOptions.Value(account, LianLianMobileOptions.QueryVersion);
        var call = new LianLianMobileCall(
            $"lianlian-mobile order query {version}",
            LianLianMobileOptions.Address(account, LianLianMobileOptions.QueryAddress, options.OrderQueryPath),
            [
                new("no_order", order.MerchantNumber),
                new("dt_order", LianLianMobileText.Time(order.OrderedAt)),
                new("oid_paybill", order.ProviderNumber ?? ""),
                new("query_version", version == "1.1" ? version : ""),
            ],
            LianLianMobileFields.OrderQueryAnswer)
        {
            Unsound = LianLianMobileText.IsNumber(order.MerchantNumber)
                ? ""
                : "the order number is outside the document",
        };
        var reply = await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel);
        return Read(reply, account, order);
    }

    private static Answer Read(LianLianMobileReply reply, ProviderAccount account, OrderReference order)
    {
        if (!reply.IsGenuine)
        {
            return new Answer.NoAnswer(reply.Transcript, reply.Failure) { ProviderCode = reply.Code };
        }

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

        if (LianLianMobilePayment.Read(answer, account, out _) is not { } facts)
        {
            var error = answer["oid_partner"] == account.MerchantId
                ? ProviderError.AnswerUnreadable
                : ProviderError.AnswerMismatch;
            return new Answer.NoAnswer(reply.Transcript, error);
        }

        var isOurs = facts.MerchantNumber == order.MerchantNumber
            && facts.OrderedAt is { } orderedAt
            && LianLianMobileText.Time(orderedAt) == LianLianMobileText.Time(order.OrderedAt)
            && (order.ProviderNumber is null || facts.ProviderNumber == order.ProviderNumber);
        return isOurs
            ? new Answer.Told(reply.Transcript, facts) { ProviderCode = facts.RawState }
            : new Answer.NoAnswer(reply.Transcript, ProviderError.AnswerMismatch);
    }
}
