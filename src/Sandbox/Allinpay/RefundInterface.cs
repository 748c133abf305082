using System.Globalization;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>Refund v2.3 (document 3.5 and 3.6): the answer 20 says that the refund was accepted, no more.</summary>
sealed class RefundInterface(AllinpayLedger ledger, TimeProvider clock)
{
    const string Accepted = "20";

    public AllinpayInterface Describe() => new(
        "refund",
        AllinpayGateway.GatewayPath,
        "v2.3",
        ["version", "signType", "merchantId", "orderNo", "refundAmount", "mchtRefundOrderNo", "orderDatetime"],
        Answer);

    string Answer(AllinpayRequest request, AnswerShape shape)
    {
        var refusal = Fault(request) ?? shape.Refusal;
        if (refusal is not null) return AllinpayErrors.Gateway(refusal, request.Merchant);

        var now = clock.GetUtcNow();
        var amount = AllinpayText.ParseAmount(request["refundAmount"])!.Value;
        var (refund, refused) = ledger.Refund(request.OrderKey, amount, request["mchtRefundOrderNo"], now);
        return refund is null
            ? AllinpayErrors.Gateway(refused!, request.Merchant)
            : Receipt(request, refund, ledger.Order(refund.Key)!, shape);
    }

    static string? Fault(AllinpayRequest request)
    {
        if (request.Merchant is null) return AllinpayErrors.Merchant;
        if (request["signType"] is not ("0" or "1")) return AllinpayErrors.SignType;
        if (!request.SignatureValid) return AllinpayErrors.Signature;
        if (!AllinpayText.IsOrderNo(request["orderNo"])) return AllinpayErrors.OrderNo;
        if (AllinpayText.ParseAmount(request["refundAmount"]) is null) return AllinpayErrors.Amount;
        if (request["mchtRefundOrderNo"] is { Length: > 0 } number && !AllinpayText.IsOrderNo(number))
            return AllinpayErrors.OrderNo;
        return AllinpayText.ParseTime(request["orderDatetime"]) is null ? AllinpayErrors.OrderDatetime : null;
    }

    string Receipt(AllinpayRequest request, AllinpayRefund refund, AllinpayOrder order, AnswerShape shape)
    {
        var merchant = request.Merchant!;
        (string, string)[] fields =
        [
            ("merchantId", refund.MerchantId),
            ("version", "v2.3"),
            ("signType", request["signType"]),
            ("orderNo", shape.OtherOrder ? AnotherOrder.NoOf(ledger, refund.Key) : refund.OrderNo),
            ("orderAmount", order.OrderAmount.ToString(CultureInfo.InvariantCulture)),
            ("orderDatetime", refund.OrderDatetime),
            ("refundAmount", refund.Amount.ToString(CultureInfo.InvariantCulture)),
            ("refundDatetime", AllinpayText.Time(refund.AcceptedAt)),
            ("refundResult", Accepted),
            ("mchtRefundOrderNo", refund.MchtRefundOrderNo),
            ("returnDatetime", AllinpayText.Time(clock.GetUtcNow())),
        ];
        // The gateway was seen to sign this answer with MD5 even where signType asks for the certificate.
        var byCertificate = merchant.RefundAnswerByCertificate && request["signType"] == "1";
        var signature = AllinpaySigning.OfForm(
            AllinpaySigning.Source(fields),
            merchant,
            byCertificate ? ledger.Certificate() : null,
            shape.Signature);
        return AllinpayText.Form(fields, signature, shape, !merchant.UnescapedSignMsg);
    }
}

/// <summary>The number of some other order of the merchant, for answers that belong to another call.</summary>
static class AnotherOrder
{
    public static string NoOf(AllinpayLedger ledger, OrderKey key) =>
        ledger.Orders(key.MerchantId).LastOrDefault(order => order.OrderNo != key.OrderNo)?.OrderNo
        ?? key.OrderNo + "9";
}
