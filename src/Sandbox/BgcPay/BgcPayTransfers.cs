using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>bgcpay.fund.trans.uni.transfer, which pays out at once, and bgcpay.fund.trans.common.query.</summary>
sealed class BgcPayTransfers(BgcPayLedger ledger, TimeProvider clock)
{
    const long Least = 10;
    const long Most = 100_000_000_00;

    public BgcPayInterface DescribeTransfer() => new(
        "transfer", "bgcpay.fund.trans.uni.transfer", "out_biz_no", BgcPayErrors.System, Transfer)
    {
        Trigger = call => BgcPayTriggers.FaultOf(
            BgcPayText.ParseAmount(call["trans_amount"]), BgcPayErrors.BalanceNotEnough, BgcPayErrors.System),
    };

    public BgcPayInterface DescribeQuery() => new(
        "transfer-query", "bgcpay.fund.trans.common.query", "out_biz_no", BgcPayErrors.System, Query);

    BgcPayAnswer Transfer(BgcPayCall call, AnswerShape shape)
    {
        if (Fault(call) is { } fault) return BgcPayErrors.Answer(fault);
        var now = clock.GetUtcNow();
        var amount = BgcPayText.ParseAmount(call["trans_amount"])!.Value;
        var (transfer, refusal) = ledger.Send(new BgcPayTransfer
        {
            AppId = call.App.AppId,
            OrderId = "",
            OutBizNo = call["out_biz_no"],
            Currency = call["currency"],
            Amount = amount,
            OrderTitle = call["order_title"],
            PayeeDid = call["payee_did"],
            Remark = call["remark"],
            At = now,
            KnownFrom = BgcPayTriggers.IsKnownLate(amount) ? now + BgcPayTriggers.Processing : now,
        });
        if (transfer is null) return BgcPayErrors.Answer(refusal!);
        return BgcPayErrors.Success(
            ("out_biz_no", Named(transfer, shape)),
            ("order_id", transfer.OrderId),
            ("trans_date", BgcPayText.Time(transfer.At, call.App)));
    }

    static string? Fault(BgcPayCall call)
    {
        var amount = BgcPayText.ParseAmount(call["trans_amount"]);
        return call["out_biz_no"].Length is 0 or > 64 || call["currency"].Length is 0 or > 64
                || call["order_title"].Length is 0 or > 128 || call["payee_did"].Length is 0 or > 128
                || call["remark"].Length > 200 || amount is null or 0 ? BgcPayErrors.Invalid
            : amount < Least ? BgcPayErrors.SingleLeast
            : amount > Most ? BgcPayErrors.SingleMost
            : !call.App.Currencies.Contains(call["currency"]) ? BgcPayErrors.Currency
            : null;
    }

    BgcPayAnswer Query(BgcPayCall call, AnswerShape shape)
    {
        var (orderId, outBizNo) = (call["order_id"], call["out_biz_no"]);
        if (orderId.Length > 32 || outBizNo.Length > 64 || orderId.Length + outBizNo.Length == 0)
            return BgcPayErrors.Answer(BgcPayErrors.Invalid);
        var transfer = orderId.Length > 0 ? ledger.Transfer(orderId) : ledger.Transfer(call.App.AppId, outBizNo);
        var now = clock.GetUtcNow();
        var asOf = shape.StaleBy is { } by ? by == TimeSpan.MaxValue ? DateTimeOffset.MinValue : now - by : now;
        if (transfer is null || transfer.KnownFrom > asOf) return BgcPayErrors.Answer(BgcPayErrors.OrderNotExist);
        if (transfer.AppId != call.App.AppId) return BgcPayErrors.Answer(BgcPayErrors.NoPermission);
        return BgcPayErrors.Success(
            ("order_id", transfer.OrderId),
            ("out_biz_no", Named(transfer, shape)),
            ("currency", transfer.Currency),
            ("trans_amount", BgcPayText.Amount(transfer.Amount)),
            ("trans_date", BgcPayText.Time(transfer.At, call.App)),
            ("payee_did", transfer.PayeeDid));
    }

    static string Named(BgcPayTransfer transfer, AnswerShape shape) =>
        shape.OtherOrder ? transfer.OutBizNo + "9" : transfer.OutBizNo;
}
