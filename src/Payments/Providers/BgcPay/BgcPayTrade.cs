using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// What trade.query and notifications say of a payment (業務回應參數 of bgcpay.trade.query; 通知推送示例).
/// </summary>
internal static class BgcPayTrade
{
    /// <summary>
    /// trade_status with the document's words. The query calls a new payment WAIT_BUYER_PAY, notifications call it
    /// WAIT_PAY.
    /// </summary>
    public static IReadOnlyList<(string Status, string Text)> States { get; } =
    [
        ("WAIT_BUYER_PAY", "交易創建，等待買家付款"),
        ("WAIT_PAY", "交易創建"),
        ("TRADE_CLOSED", "未付款交易超時關閉，或支付完成後全額退款"),
        ("TRADE_SUCCESS", "交易支付成功"),
        ("TRADE_FINISHED", "交易結束，不可退款"),
    ];

    /// <summary>
    /// The meaning of a state, or null for one that the document does not have. TRADE_CLOSED has two: a payment that
    /// was made (it has a pay_date) was refunded in full, one that never was ran out.
    /// </summary>
    public static OrderEvent? Meaning(string status, bool wasPaid) => status switch
    {
        "WAIT_BUYER_PAY" or "WAIT_PAY" => OrderEvent.PaymentProcessing,
        "TRADE_SUCCESS" or "TRADE_FINISHED" => OrderEvent.PaymentSucceeded,
        "TRADE_CLOSED" => wasPaid ? OrderEvent.AllWasRefunded : OrderEvent.PaymentClosed,
        _ => null,
    };

    /// <summary>Reads the facts of a payment; null and the reason where a member is outside the document.</summary>
    /// <param name="member">A member's value by name; empty when missing.</param>
    /// <param name="account">The account.</param>
    /// <param name="why">What is outside.</param>
    public static OrderFacts? Read(
        Func<string, string> member, ProviderAccount account, out string why)
    {
        var (tradeDate, payDate) = (member("trade_date"), member("pay_date"));
        DateTimeOffset paidAt = default;
        if (!BgcPayShape.TryReadAsset(member("currency"), account, out var asset))
        {
            why = "The currency is not one of the account's.";
        }
        else if (!Money.TryParse(member("total_amount"), asset, out var amount)
            || !BgcPayShape.IsPayment(amount, account))
        {
            why = "The amount is not one of the document.";
        }
        else if ((tradeDate.Length > 0 && !BgcPayShape.TryReadTime(tradeDate, account, out _))
            || (payDate.Length > 0 && !BgcPayShape.TryReadTime(payDate, account, out paidAt)))
        {
            why = "A time is not of the document's form.";
        }
        else if (Meaning(member("trade_status"), payDate.Length > 0) is not { } meaning)
        {
            why = "The state is not one of the document.";
        }
        else if (member("trade_no").Length == 0 || !BgcPayShape.IsNumber(member("out_trade_no")))
        {
            why = "A number is missing or malformed.";
        }
        else
        {
            why = "";
            var wasPaid = meaning is OrderEvent.PaymentSucceeded or OrderEvent.AllWasRefunded;
            return new()
            {
                MerchantId = account.MerchantId,
                MerchantNumber = member("out_trade_no"),
                ProviderNumber = member("trade_no"),
                // trade_date is BGCPay's own time; the shop's order time is never sent, so that none is echoed.
                OrderedAt = null,
                Amount = amount,
                Paid = wasPaid ? amount : null,
                PaidAt = wasPaid && payDate.Length > 0 ? paidAt : null,
                Event = meaning,
                RawState = member("trade_status"),
            };
        }

        return null;
    }
}
