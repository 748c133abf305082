using Answer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.OrderFacts>;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Single query v1.5 (sections 3.1 and 3.2). It answers at once with the payment result of a paid order and
/// also posts it to the old receiveUrl; an empty answer or an error proves nothing about the payment.
/// </summary>
internal sealed class AllinpayQueries(AllinpayMessages messages, AllinpayOptions options) : IOrderLookup
{
    /// <summary>One month, taken as its thirty days.</summary>
    public TimeSpan? AnswersFor { get; } = TimeSpan.FromDays(30);

    public async Task<QueryAnswer<OrderFacts>> FindAsync(
        ProviderAccount account, OrderReference order, ProviderKeys keys, CancellationToken cancel)
    {
        var call = new AllinpayCall(
            $"allinpay single query {options.QueryVersion}", options.GatewayPath,
            [
                new("merchantId", account.MerchantId),
                new("version", options.QueryVersion),
                new("signType", AllinpayOptions.SignType(account.AnswerSignature)),
                new("orderNo", order.MerchantNumber),
                new("orderDatetime", AllinpayTime.Text(order.OrderedAt)),
                new("queryDatetime", AllinpayTime.Text(messages.Time.GetUtcNow())),
            ],
            account.AnswerSignature);
        var reply = AllinpayShape.IsMerchant(account.MerchantId) && AllinpayShape.IsNumber(order.MerchantNumber)
            ? await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "the order number is outside the document");
        return reply.Failure == ProviderError.None
            ? Read(reply, account, order, keys)
            : new Answer.NoAnswer(reply.Transcript, reply.Failure);
    }

    private Answer Read(AllinpayReply reply, ProviderAccount account, OrderReference order, ProviderKeys keys)
    {
        var body = reply.Body.Span.Trim(" \r\n\t"u8);
        if (AllinpayErrorAnswer.Code(body) is { } code)
        {
            var told = reply.Transcript with { ShownAnswer = AllinpayErrorAnswer.Show(body) };
            return AllinpayErrorAnswer.Meaning(code) == ProviderError.OrderNotFound
                ? new Answer.NotFound(told) { ProviderCode = "ERRORCODE " + code }
                : new Answer.NoAnswer(told, AllinpayErrorAnswer.Meaning(code)) { ProviderCode = "ERRORCODE " + code };
        }

        if (!AllinpayForm.TryRead(body, out var form, out var why))
        {
            return NoAnswer(reply.Transcript with { ShownAnswer = $"({why})" }, ProviderError.AnswerUnreadable);
        }

        var transcript = reply.Transcript with { ShownAnswer = AllinpayPayment.Show(form) };
        using var verifier =
            AllinpayVerifier.Open(account.AnswerSignature, keys, messages.Time.GetUtcNow(), out _);
        if (verifier is null)
        {
            return NoAnswer(transcript, ProviderError.KeyMissing);
        }

        return AllinpayPayment.Read(form, account, verifier) switch
        {
            { Reading: AllinpayPaymentReading.Forged } => NoAnswer(transcript, ProviderError.AnswerSignatureWrong),
            { Facts: not { } } => NoAnswer(transcript, ProviderError.AnswerUnreadable),
            { Facts: var facts } when facts.MerchantNumber != order.MerchantNumber
                || facts.OrderedAt is not { } at || AllinpayTime.Text(at) != AllinpayTime.Text(order.OrderedAt) =>
                NoAnswer(transcript, ProviderError.AnswerMismatch),
            { Facts: var facts } => new Answer.Told(transcript, facts) { ProviderCode = facts.RawState },
        };
    }

    private static Answer.NoAnswer NoAnswer(Transcript transcript, ProviderError error) => new(transcript, error);
}
