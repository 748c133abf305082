using MerchantPortal.Payments.Amounts;
using FactsAnswer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.TransferFacts>;
using PayeeAnswer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.PayeeFacts>;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// Payees (bgcpay.user.query), transfers (bgcpay.fund.trans.uni.transfer) and questions about them
/// (bgcpay.fund.trans.common.query). A transfer has no state: that the query knows it, with our amount, asset and
/// payee, is the only sign of it, and that it does not is no sign of anything.
/// </summary>
internal sealed class BgcPayTransfers(BgcPayMessages messages) : ITransfers
{
    /// <summary>The document allows the same out_biz_no again; no other interface of the four does.</summary>
    public bool ResendSafe => true;

    /// <summary>How long questions go on by themselves (reliability design, 4.5).</summary>
    public TimeSpan SettleTime { get; } = TimeSpan.FromMinutes(30);

    public TransferFault Fault(TransferRequest transfer, ProviderAccount account) =>
        !BgcPayShape.IsNumber(transfer.TransferNumber) ? TransferFault.Number
        : !BgcPayShape.IsTransfer(transfer.Amount, account) ? TransferFault.Amount
        : transfer.PayeeId.Length == 0 || !BgcPayShape.IsPlain(transfer.PayeeId, 128) ? TransferFault.Payee
        : string.IsNullOrWhiteSpace(transfer.Title) || !BgcPayShape.IsPlain(transfer.Title, 128) ? TransferFault.Title
        : !BgcPayShape.IsPlain(transfer.Remark, 200) ? TransferFault.Remark
        : TransferFault.None;

    public async Task<QueryAnswer<PayeeFacts>> FindPayeeAsync(
        ProviderAccount account, PayeeReference payee, ProviderKeys keys, CancellationToken cancel)
    {
        // Sent alone: where both are sent the document prefers the number.
        var byNumber = payee.UserId is { Length: > 0 };
        var asked = (byNumber ? payee.UserId : payee.Email) ?? "";
        var call = new BgcPayCall(BgcPayErrors.UserQuery, [new(byNumber ? "user_cid" : "email", asked)]);
        var reply = asked.Length > 0 && BgcPayShape.IsPlain(asked, 64)
            ? await AskAsync(account, call, keys, cancel)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "the payee is outside the document");
        return JudgePayee(reply, account, byNumber ? asked : null) with { ProviderCode = reply.Answer.Told };
    }

    public async Task<ProviderOutcome> SendAsync(
        ProviderAccount account, TransferRequest transfer, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel)
    {
        var call = new BgcPayCall(
            BgcPayErrors.Transfer,
            [
                new("out_biz_no", transfer.TransferNumber), new("currency", transfer.Amount.Currency.ToString()),
                new("trans_amount", transfer.Amount.ToDecimalText()), new("order_title", transfer.Title),
                new("payee_did", transfer.PayeeId), new("remark", transfer.Remark),
            ]);
        var reply = Fault(transfer, account) == TransferFault.None
            ? await messages.SendAsync(account, call, keys, permit, cancel)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "a value is outside the document");
        return BgcPayAnswerErrors.Outcome(
            reply, BgcPayErrors.Transfer, IsDefinite,
            answer => answer["out_biz_no"] != transfer.TransferNumber ? ProviderError.AnswerMismatch
                : answer["order_id"].Length == 0 || !BgcPayShape.TryReadTime(answer["trans_date"], account, out _)
                    ? ProviderError.AnswerUnreadable
                : ProviderError.None,
            "order_id");
    }

    public async Task<QueryAnswer<TransferFacts>> QueryAsync(
        ProviderAccount account, TransferRequest transfer, ProviderKeys keys, CancellationToken cancel)
    {
        // Our number alone: where both are sent the document prefers order_id.
        var call = new BgcPayCall(BgcPayErrors.TransferQuery, [new("out_biz_no", transfer.TransferNumber)]);
        var reply = BgcPayShape.IsNumber(transfer.TransferNumber)
            ? await AskAsync(account, call, keys, cancel)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "the number is outside the document");
        return Judge(reply, account, transfer) with { ProviderCode = reply.Answer.Told };
    }

    /// <summary>
    /// The codes under 40004 that say that nothing was transferred. SYSTEM_ERROR may have transferred it, and
    /// BIZ_UNIQUE_EXCEPTION may speak of our own first copy: both are asked about.
    /// </summary>
    internal static bool IsDefinite(string subCode) =>
        subCode is "BALANCE_IS_NOT_ENOUGH" or "INVALID_PARAMETER" or "AUTHOREE_IS_NOT_MATCH"
            or "BLOCK_USER_FORBBIDEN_RECIEVE" or "BLOCK_USER_FORBBIDEN_SEND" or "CURRENCY_NOT_SUPPORT"
        || (subCode.StartsWith("EXCEED_LIMIT_", StringComparison.Ordinal)
            && BgcPayErrors.Of(BgcPayErrors.Transfer).Find(subCode) is not null);

    private Task<BgcPayReply> AskAsync(
        ProviderAccount account, BgcPayCall call, ProviderKeys keys, CancellationToken cancel) =>
        messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel);

    private static PayeeAnswer JudgePayee(BgcPayReply reply, ProviderAccount account, string? number)
    {
        var (transcript, answer) = reply;
        if (answer.Error != ProviderError.None)
        {
            return new PayeeAnswer.NoAnswer(transcript, answer.Error);
        }

        // An unsigned answer about an address names nobody who could be compared with it.
        if (!BgcPayMessages.MayUse(answer, account) || (!answer.IsSigned && answer.IsSuccess && number is null))
        {
            return new PayeeAnswer.NoAnswer(transcript, ProviderError.AnswerSignatureWrong)
            {
                Setting = BgcPayMessages.MayUse(answer, account) ? null : BgcPayOptions.UnsignedAnswers,
            };
        }

        if (!answer.IsSuccess)
        {
            return answer is { IsSigned: true, Code: "40004", SubCode: "ACQ.USER_NOT_EXIST" }
                ? new PayeeAnswer.NotFound(transcript)
                : new PayeeAnswer.NoAnswer(transcript, Meaning(BgcPayErrors.UserQuery, answer));
        }

        var (user, name) = (answer["user_cid"], answer["display_name"]);
        return user.Length == 0 || name.Length == 0
            ? new PayeeAnswer.NoAnswer(transcript, ProviderError.AnswerUnreadable)
            : number is not null && user != number ? new PayeeAnswer.NoAnswer(transcript, ProviderError.AnswerMismatch)
            : new PayeeAnswer.Told(transcript, new(user, name));
    }

    private static FactsAnswer Judge(BgcPayReply reply, ProviderAccount account, TransferRequest transfer)
    {
        var (transcript, answer) = reply;
        if (answer.Error != ProviderError.None)
        {
            return new FactsAnswer.NoAnswer(transcript, answer.Error);
        }

        if (!BgcPayMessages.MayUse(answer, account))
        {
            return new FactsAnswer.NoAnswer(transcript, ProviderError.AnswerSignatureWrong)
            {
                Setting = BgcPayOptions.UnsignedAnswers,
            };
        }

        if (!answer.IsSuccess)
        {
            return answer is { IsSigned: true, Code: "40004", SubCode: "ORDER_NOT_EXIST" }
                ? new FactsAnswer.NotFound(transcript)
                : new FactsAnswer.NoAnswer(transcript, Meaning(BgcPayErrors.TransferQuery, answer));
        }

        if (!BgcPayShape.TryReadAsset(answer["currency"], account, out var asset)
            || !Money.TryParse(answer["trans_amount"], asset, out var amount)
            || !BgcPayShape.TryReadTime(answer["trans_date"], account, out var at) || answer["order_id"].Length == 0)
        {
            return new FactsAnswer.NoAnswer(transcript, ProviderError.AnswerUnreadable);
        }

        return answer["out_biz_no"] == transfer.TransferNumber && answer["payee_did"] == transfer.PayeeId
            && amount == transfer.Amount
            ? new FactsAnswer.Told(
                transcript, new(answer["out_biz_no"], answer["order_id"], amount, answer["payee_did"], at))
            : new FactsAnswer.NoAnswer(transcript, ProviderError.AnswerMismatch);
    }

    private static ProviderError Meaning(string method, BgcPayAnswer answer) =>
        BgcPayAnswerErrors.Named(BgcPayErrors.Meaning(method, answer.Code, answer.SubCode));
}
