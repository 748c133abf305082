using System.Text.Json;
using Answer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.OrderFacts>;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>Payment query (section 4.1.3), by GET; the numbers of the path are what is signed.</summary>
internal sealed class LianLianGlobalQueries(LianLianGlobalMessages messages) : IOrderLookup
{
    public async Task<QueryAnswer<OrderFacts>> FindAsync(
        ProviderAccount account, OrderReference order, ProviderKeys keys, CancellationToken cancel)
    {
        var call = new LianLianGlobalCall(
            "lianlian-global payment query",
            LianLianGlobalOptions.PaymentPath(account, order.MerchantNumber),
            Numbers(account, order.MerchantNumber),
            IsGet: true);
        var reply = LianLianGlobalFormats.IsNumber(account.MerchantId, 32)
            && LianLianGlobalFormats.IsNumber(order.MerchantNumber, 64)
            ? await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "the order number is outside the document");
        return reply.Answer is { } answer
            ? Read(reply.Transcript, answer, account, order)
            : new Answer.NoAnswer(reply.Transcript, reply.Failure);
    }

    /// <summary>The signed numbers of a question by GET.</summary>
    public static string Numbers(ProviderAccount account, string number) => JsonSerializer.Serialize(
        new Dictionary<string, string>
        {
            ["merchant_id"] = account.MerchantId,
            ["merchant_transaction_id"] = number,
        });

    /// <summary>
    /// Whether an answer says that the provider does not know the number. It need not be signed: it proves nothing.
    /// </summary>
    public static bool SaysNotFound(LianLianGlobalAnswer answer) =>
        answer is { Status: 404, Code: "OBJECT_NOT_FOUND", Proof: not LianLianGlobalProof.Wrong };

    /// <summary>Why an answer that is no proven success tells nothing.</summary>
    public static ProviderError WhyNot(LianLianGlobalAnswer answer) => answer switch
    {
        { Proof: LianLianGlobalProof.Wrong } => ProviderError.AnswerSignatureWrong,
        { Code: "SUCCESS", Proof: LianLianGlobalProof.Unsigned } => ProviderError.AnswerSignatureWrong,
        { Code: "SUCCESS" } => ProviderError.AnswerUnreadable,
        _ => answer.Error,
    };

    private static Answer Read(
        Transcript transcript, LianLianGlobalAnswer answer, ProviderAccount account, OrderReference order)
    {
        if (SaysNotFound(answer))
        {
            return new Answer.NotFound(transcript) { ProviderCode = answer.ProviderCode };
        }

        if (!answer.IsProvenSuccess)
        {
            return new Answer.NoAnswer(transcript, WhyNot(answer)) { ProviderCode = answer.ProviderCode };
        }

        if (Facts(answer, account, order) is not { } facts)
        {
            return new Answer.NoAnswer(transcript, ProviderError.AnswerUnreadable);
        }

        return facts.MerchantNumber == order.MerchantNumber
            && (order.ProviderNumber is not { } known || known == facts.ProviderNumber)
            ? new Answer.Told(transcript, facts) { ProviderCode = facts.RawState }
            : new Answer.NoAnswer(transcript, ProviderError.AnswerMismatch) { ProviderCode = facts.RawState };
    }

    private static OrderFacts? Facts(LianLianGlobalAnswer answer, ProviderAccount account, OrderReference order)
    {
        var general = LianLianGlobalFields.General;
        if (!answer.Message.TryGetProperty("order", out var inner))
        {
            return LianLianGlobalResult.Read(account, answer.Message, general, order.OrderedAt, out _);
        }

        return LianLianGlobalMembers.Read(answer.Message, general, ["order"], out _) is null
            ? null
            : LianLianGlobalResult.Read(account, inner, [], order.OrderedAt, out _);
    }
}
