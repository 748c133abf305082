using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>A state of a payment.</summary>
/// <param name="Code">transaction_status or payment_status.</param>
/// <param name="Event">What it means for the order.</param>
/// <param name="Paid">Whether the money had come in.</param>
/// <param name="Text">The document's words.</param>
internal sealed record LianLianGlobalPaymentStatus(string Code, OrderEvent Event, bool Paid, string Text);

/// <summary>A state of a refund.</summary>
/// <param name="Code">refund_status.</param>
/// <param name="State">In our words.</param>
/// <param name="Text">The document's words.</param>
internal sealed record LianLianGlobalRefundStatus(string Code, RefundState State, string Text);

/// <summary>The states of sections 5.1 and 5.2, and one of each that only the third version's clients have.</summary>
internal static class LianLianGlobalStatuses
{
    /// <summary>
    /// Payments (5.1). ER, the third version's "error", is no decline: nobody says whether the payer can still pay.
    /// </summary>
    public static IReadOnlyList<LianLianGlobalPaymentStatus> Payments { get; } =
    [
        new("IN", OrderEvent.PaymentProcessing, false, "初始化支付"),
        new("WP", OrderEvent.PaymentProcessing, false, "待用户支付"),
        new("PP", OrderEvent.PaymentProcessing, false, "等待支付结果"),
        new("PC", OrderEvent.PaymentClosed, false, "支付过期或者取消"),
        new("PS", OrderEvent.PaymentSucceeded, true, "支付成功"),
        new("PF", OrderEvent.PaymentFailed, false, "支付失败"),
        new("RP", OrderEvent.PaymentSucceeded, true, "等待退款结果"),
        new("RS", OrderEvent.AllWasRefunded, true, "全部退款成功"),
        new("PR", OrderEvent.PartWasRefunded, true, "部分退款成功"),
        new("CB", OrderEvent.WasChargedBack, true, "争议拒付"),
        new("ER", OrderEvent.PaymentProcessing, false, ""),
    ];

    /// <summary>Refunds (5.2); RP is the third version's. PA and WR wait at the provider.</summary>
    public static IReadOnlyList<LianLianGlobalRefundStatus> Refunds { get; } =
    [
        new("PA", RefundState.InProviderReview, "退款已申请, 待商户复核人员复核"),
        new("RF", RefundState.Failed, "退款失败/复核不通过"),
        new("RS", RefundState.Succeeded, "退款受理成功"),
        new("WR", RefundState.WaitingForBalance, "退款挂起待余额充足后进行退款"),
        new("RC", RefundState.Failed, "取消退款"),
        new("RP", RefundState.Processing, ""),
    ];

    /// <summary>The row of a payment state, or null.</summary>
    public static LianLianGlobalPaymentStatus? Payment(string code) =>
        Payments.SingleOrDefault(row => row.Code == code);

    /// <summary>The row of a refund state, or null.</summary>
    public static LianLianGlobalRefundStatus? Refund(string code) =>
        Refunds.SingleOrDefault(row => row.Code == code);
}
