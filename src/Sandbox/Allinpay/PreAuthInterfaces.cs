using System.Globalization;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>
/// Pre-authorisation cancel v1.8 and confirm v1.9 (document 4). The document shows no signed sample; the answers
/// are signed like those of the refund query.
/// </summary>
sealed class PreAuthInterfaces(AllinpayLedger ledger, TimeProvider clock)
{
    const string Done = "0000";
    const string CancelFailed = "FC0003_000008";

    // The document says only "others" for a confirmation that failed.
    const string ConfirmFailed = "FC0003_000009";

    public AllinpayInterface DescribeCancel() => new(
        "pre-auth-cancel",
        AllinpayGateway.GatewayPath,
        "v1.8",
        ["merchantId", "version", "orderAmount", "currency", "orderNo", "orderDatetime", "signType"],
        (request, shape) => Answer(request, shape, captured: null));

    public AllinpayInterface DescribeConfirm() => new(
        "pre-auth-confirm",
        AllinpayGateway.GatewayPath,
        "v1.9",
        ["version", "merchantId", "orderAmount", "confirmAmount", "currency", "orderNo", "orderDatetime", "signType"],
        (request, shape) => AllinpayText.ParseAmount(request["confirmAmount"]) is { } captured
            ? Answer(request, shape, captured)
            : AllinpayErrors.Gateway(Fault(request) ?? AllinpayErrors.Amount, request.Merchant));

    string Answer(AllinpayRequest request, AnswerShape shape, long? captured)
    {
        var refusal = Fault(request) ?? shape.Refusal;
        if (refusal is not null) return AllinpayErrors.Gateway(refusal, request.Merchant);
        var order = ledger.Order(request.OrderKey);
        if (order is null) return AllinpayErrors.Gateway(AllinpayErrors.OrderNotFound, request.Merchant);
        if (order.SignType != request["signType"])
            return AllinpayErrors.Gateway(AllinpayErrors.SignType, request.Merchant);

        var termsMatch = order.Currency == request["currency"]
            && order.OrderAmount == AllinpayText.ParseAmount(request["orderAmount"])
            && (captured ?? 0) <= order.OrderAmount;
        var ended = termsMatch
            && ledger.EndPreAuthorisation(order.Key, captured, AllinpayText.Time(clock.GetUtcNow())) is not null;
        return Receipt(request, order, ended ? Done : captured is null ? CancelFailed : ConfirmFailed, shape);
    }

    static string? Fault(AllinpayRequest request)
    {
        if (request.Merchant is null) return AllinpayErrors.Merchant;
        if (request["signType"] is not ("0" or "1")) return AllinpayErrors.SignType;
        if (!request.SignatureValid) return AllinpayErrors.Signature;
        if (!AllinpayText.IsOrderNo(request["orderNo"])) return AllinpayErrors.OrderNo;
        if (AllinpayText.ParseAmount(request["orderAmount"]) is null) return AllinpayErrors.Amount;
        return AllinpayText.ParseTime(request["orderDatetime"]) is null ? AllinpayErrors.OrderDatetime : null;
    }

    string Receipt(AllinpayRequest request, AllinpayOrder order, string code, AnswerShape shape)
    {
        var now = clock.GetUtcNow();
        var line = string.Join(
            '|',
            code,
            code == Done ? "成功" : "失败",
            request["version"],
            request["signType"],
            order.MerchantId,
            shape.OtherOrder ? AnotherOrder.NoOf(ledger, order.Key) : order.OrderNo,
            order.OrderDatetime,
            order.OrderAmount.ToString(CultureInfo.InvariantCulture),
            order.Currency,
            order.PaymentOrderId,
            AllinpayText.Time(now));
        var merchant = request.Merchant!;
        var signature = AllinpaySigning.OfLines(
            merchant.TrailingCrlfSigned ? line + "\r\n" : line,
            merchant,
            request["signType"] == "1" ? ledger.Certificate() : null,
            shape.Signature);
        return signature is null ? line : $"{line}\r\n{signature}";
    }
}
