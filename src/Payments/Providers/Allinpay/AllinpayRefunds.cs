using MerchantPortal.Payments.Lifecycles;
using Answer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.RefundFacts>;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Refund v2.3 and refund query v2.4 (sections 3.5 to 3.8). The refund always carries our number, which the document
/// leaves optional: without it two equal part refunds could not be told apart.
/// </summary>
internal sealed class AllinpayRefunds(AllinpayMessages messages, AllinpayOptions options) : IRefunds
{
    /// <summary>The document only says that the number is echoed, not that a repeat is refused.</summary>
    public bool ResendSafe => false;

    public TimeSpan SettleTime { get; } = TimeSpan.FromHours(2);

    /// <summary>One month, taken as its thirty days.</summary>
    public TimeSpan? AnswersFor { get; } = TimeSpan.FromDays(30);

    public async Task<ProviderOutcome> SendAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, SendPermit permit, CancellationToken cancel)
    {
        var call = new AllinpayCall(
            $"allinpay refund {options.RefundVersion}", "refund", options.GatewayPath,
            [
                new("version", options.RefundVersion),
                new("signType", AllinpayOptions.SignType(account.AnswerSignature)),
                new("merchantId", account.MerchantId),
                new("orderNo", refund.Order.MerchantNumber),
                new("refundAmount", refund.Amount.ToMinorText()),
                new("mchtRefundOrderNo", refund.RefundNumber),
                new("orderDatetime", AllinpayTime.Text(refund.Order.OrderedAt)),
            ],
            account.AnswerSignature);

        // A process that stops before the body leaves sends nothing; after that the answer is worth waiting for.
        var stop = cancel.IsCancellationRequested ? cancel : CancellationToken.None;
        var reply = IsSound(account, refund)
            ? await messages.SendAsync(account, call, keys, permit, stop)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "a field is outside the document");
        if (!reply.Transcript.BodyStarted)
        {
            return new ProviderOutcome.NotSent(reply.Transcript, Named(reply.Failure));
        }

        return reply.Failure == ProviderError.None
            ? Read(reply, account, [.. call.Fields, new("orderAmount", refund.OrderAmount.ToMinorText())], keys)
            : new ProviderOutcome.Unknown(reply.Transcript, reply.Failure);
    }

    public async Task<QueryAnswer<RefundFacts>> QueryAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, CancellationToken cancel)
    {
        // refundDatetime is the time at which Allinpay took the refund in. We may never have been told it, so it is
        // left out, as section 3.7 allows.
        var call = new AllinpayCall(
            $"allinpay refund query {options.RefundQueryVersion}", "refund-query", options.RefundQueryPath,
            [
                new("version", options.RefundQueryVersion),
                new("signType", AllinpayOptions.SignType(account.AnswerSignature)),
                new("merchantId", account.MerchantId),
                new("orderNo", refund.Order.MerchantNumber),
                new("refundAmount", refund.Amount.ToMinorText()),
                new("mchtRefundOrderNo", refund.RefundNumber),
            ],
            account.AnswerSignature);
        var reply = IsSound(account, refund)
            ? await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "a field is outside the document");
        if (reply.Failure != ProviderError.None)
        {
            return new Answer.NoAnswer(reply.Transcript, reply.Failure);
        }

        if (AllinpayErrorAnswer.Code(reply.Body.Span) is { } code)
        {
            var told = reply.Transcript with { ShownAnswer = AllinpayErrorAnswer.Show(reply.Body.Span) };
            return code is "005" or "011"
                ? new Answer.NotFound(told) { ProviderCode = "ERRORCODE " + code }
                : new Answer.NoAnswer(told, AllinpayErrorAnswer.Meaning(code)) { ProviderCode = "ERRORCODE " + code };
        }

        using var verifier = AllinpayVerifier.Open(account.AnswerSignature, keys, messages.Time.GetUtcNow(), out _);
        return verifier is null
            ? new Answer.NoAnswer(reply.Transcript, ProviderError.KeyMissing)
            : AllinpayRefundLines.Read(reply, account, options.RefundQueryVersion, refund, verifier);
    }

    private ProviderOutcome Read(
        AllinpayReply reply, ProviderAccount account, IReadOnlyList<AllinpayField> sent, ProviderKeys keys)
    {
        var body = reply.Body.Span.Trim(" \r\n\t"u8);
        if (AllinpayErrorAnswer.Code(body) is { } code)
        {
            var told = reply.Transcript with { ShownAnswer = AllinpayErrorAnswer.Show(body) };
            return new ProviderOutcome.Unknown(told, AllinpayErrorAnswer.Meaning(code))
            {
                ProviderCode = "ERRORCODE " + code,
            };
        }

        if (!AllinpayForm.TryRead(body, out var form, out var why))
        {
            return new ProviderOutcome.Unknown(
                reply.Transcript with { ShownAnswer = $"({why})" }, ProviderError.AnswerUnreadable);
        }

        var transcript = reply.Transcript with { ShownAnswer = AllinpayRefundAnswer.Show(form) };
        using var verifier = AllinpayVerifier.Open(account.AnswerSignature, keys, messages.Time.GetUtcNow(), out _);
        if (verifier is null)
        {
            return new ProviderOutcome.Unknown(transcript, ProviderError.KeyMissing);
        }

        var (error, told20) = AllinpayRefundAnswer.Judge(form, sent, verifier);
        return error == ProviderError.None
            ? new ProviderOutcome.Accepted(transcript) { ProviderCode = told20 }
            : new ProviderOutcome.Unknown(transcript, error) { ProviderCode = told20 };
    }

    private static bool IsSound(ProviderAccount account, RefundRequest refund) =>
        AllinpayShape.IsMerchant(account.MerchantId) && AllinpayShape.IsNumber(refund.Order.MerchantNumber)
        && AllinpayShape.IsNumber(refund.RefundNumber) && AllinpayShape.IsAmount(refund.Amount)
        && AllinpayShape.IsAmount(refund.OrderAmount) && refund.Amount.Currency == refund.OrderAmount.Currency
        && refund.Amount.Minor <= refund.OrderAmount.Minor && account.Currencies.Contains(refund.Amount.Currency);

    // A transcript without a started body always has a failure; were it otherwise, the reason is the connection.
    private static ProviderError Named(ProviderError failure) =>
        failure == ProviderError.None ? ProviderError.ConnectionFailed : failure;

    /// <summary>TKSUCC codes in our words (section 3.8).</summary>
    internal static RefundState? State(string refundResult) => refundResult switch
    {
        "TKSUCC0001" => RefundState.Applied,
        "TKSUCC0002" => RefundState.InProviderReview,
        "TKSUCC0003" or "TKSUCC0005" => RefundState.Processing,
        "TKSUCC0004" => RefundState.Reversed,
        "TKSUCC0006" => RefundState.Succeeded,
        "TKSUCC0007" or "TKSUCC0008" => RefundState.Failed,
        _ => null,
    };
}
