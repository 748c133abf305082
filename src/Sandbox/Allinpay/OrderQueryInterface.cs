using MerchantPortal.Sandbox.Callbacks;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>
/// Order query v1.5 (document 3.1 and 3.2): answers at once in the form of a notification, and sends that
/// notification to the order's receiveUrl as well. Only paid orders are told of.
/// </summary>
sealed class OrderQueryInterface(
    AllinpayLedger ledger, AllinpayNotification notification, CallbackQueue callbacks, TimeProvider clock)
{
    static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(15);

    public AllinpayInterface Describe() => new(
        "order-query",
        AllinpayGateway.GatewayPath,
        "v1.5",
        ["merchantId", "version", "signType", "orderNo", "orderDatetime", "queryDatetime"],
        Answer);

    string Answer(AllinpayRequest request, AnswerShape shape)
    {
        var refusal = Fault(request) ?? shape.Refusal;
        if (refusal is not null) return AllinpayErrors.Gateway(refusal, request.Merchant);
        var order = ledger.Order(request.OrderKey);
        if (order is not { IsPaid: true } || IsTooNew(order, shape))
            return AllinpayErrors.Gateway(AllinpayErrors.OrderNotFound, request.Merchant);
        if (order.SignType != request["signType"])
            return AllinpayErrors.Gateway(AllinpayErrors.SignType, request.Merchant);
        if (order.ReceiveUrl is { } url)
            callbacks.Add(AllinpayNotification.Provider, order.MerchantId, order.OrderNo, order.OrderDatetime, url);
        return notification.Write(order, request.Merchant!, shape);
    }

    string? Fault(AllinpayRequest request)
    {
        var now = clock.GetUtcNow();
        if (request.Merchant is null) return AllinpayErrors.Merchant;
        if (request["signType"] is not ("0" or "1")) return AllinpayErrors.SignType;
        if (!request.SignatureValid) return AllinpayErrors.Signature;
        if (!AllinpayText.IsOrderNo(request["orderNo"])) return AllinpayErrors.OrderNo;
        if (AllinpayText.ParseTime(request["orderDatetime"]) is not { } placed || placed.AddMonths(1) < now)
            return AllinpayErrors.OrderDatetime;
        return AllinpayText.ParseTime(request["queryDatetime"]) is { } asked
            && (asked - now).Duration() <= ClockTolerance
            ? null
            : AllinpayErrors.QueryDatetime;
    }

    bool IsTooNew(AllinpayOrder order, AnswerShape shape) => shape.StaleBy is { } age
        && (age == TimeSpan.MaxValue || AllinpayText.ParseTime(order.PayDatetime!) > clock.GetUtcNow() - age);
}
