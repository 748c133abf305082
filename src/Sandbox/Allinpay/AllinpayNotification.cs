using System.Globalization;
using MerchantPortal.Sandbox.Callbacks;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>The payment notification (document 2.2.3), sent as a form and also the order query's answer.</summary>
sealed class AllinpayNotification(AllinpayLedger ledger, TimeProvider clock)
{
    public const string Provider = "allinpay";

    /// <summary>The document says "at most 3 more" and no times; these are the Sandbox's own.</summary>
    static readonly TimeSpan[] Resends =
        [TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(900)];

    public CallbackRules Rules() => new(Provider, Resends, (callback, shape) =>
        ledger.Merchant(callback.MerchantId) is { } merchant
        && ledger.Order(new OrderKey(callback.MerchantId, callback.OrderNo, callback.OrderDatetime)) is { } order
            ? Write(order, merchant, shape)
            : null);

    public string Write(AllinpayOrder order, AllinpayMerchant merchant, AnswerShape shape)
    {
        var now = clock.GetUtcNow();
        (string, string)[] fields =
        [
            ("merchantId", order.MerchantId),
            ("version", "v1.0"),
            ("language", ""),
            ("signType", order.SignType),
            ("payType", order.PayType ?? ""),
            ("issuerId", order.IssuerId ?? ""),
            ("paymentOrderId", order.PaymentOrderId),
            ("orderNo", shape.OtherOrder ? AnotherOrder.NoOf(ledger, order.Key) : order.OrderNo),
            ("orderDatetime", order.OrderDatetime),
            ("orderAmount", order.OrderAmount.ToString(CultureInfo.InvariantCulture)),
            ("payDatetime", order.PayDatetime!),
            ("payAmount", order.PayAmount!.Value.ToString(CultureInfo.InvariantCulture)),
            ("ext1", order.Ext1 ?? ""),
            ("ext2", order.Ext2 ?? ""),
            ("payResult", "1"),
            ("errorCode", ""),
            ("returnDatetime", AllinpayText.Time(now)),
        ];
        var signature = AllinpaySigning.OfForm(
            AllinpaySigning.Source(fields),
            merchant,
            order.SignType == "1" ? ledger.Certificate() : null,
            shape.Signature);
        return AllinpayText.Form(fields, signature, shape, !merchant.UnescapedSignMsg);
    }
}
