using System.Text.Json;
using MerchantPortal.Sandbox.Callbacks;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>An order to place, as the control API takes it.</summary>
sealed record PlacedOrder
{
    public required string MerchantId { get; init; }
    public required string OrderNo { get; init; }
    public required string OrderDatetime { get; init; }
    public required long OrderAmount { get; init; }
    public required string Currency { get; init; }
    public string? ProductName { get; init; }
    public string? PayType { get; init; }
    public string? IssuerId { get; init; }
    public string? Ext1 { get; init; }
    public string? Ext2 { get; init; }
    public string? ReceiveUrl { get; init; }
    public required string SignType { get; init; }
    public required string State { get; init; }
    public string? PayDatetime { get; init; }
    public long? PayAmount { get; init; }
    public string? PaymentOrderId { get; init; }
    public bool Notify { get; init; }

    public string? Problem(AllinpayLedger ledger)
    {
        if (ledger.Merchant(MerchantId) is null) return $"{OrderNo}: the merchant {MerchantId} is not known";
        if (!AllinpayText.IsOrderNo(OrderNo)) return $"{OrderNo}: not an order number";
        if (AllinpayText.ParseTime(OrderDatetime) is null) return $"{OrderNo}: orderDatetime is not yyyyMMddHHmmss";
        if (PayDatetime is { } paid && AllinpayText.ParseTime(paid) is null)
            return $"{OrderNo}: payDatetime is not yyyyMMddHHmmss";
        if (OrderAmount <= 0 || PayAmount is <= 0) return $"{OrderNo}: amounts must be positive";
        if (SignType is not ("0" or "1")) return $"{OrderNo}: signType must be 0 or 1";
        if (!OrderState.CanBeOrdered(State)) return $"{OrderNo}: state must be paid, unpaid or authorised";
        if (Notify && (ReceiveUrl is null || State != OrderState.Paid))
            return $"{OrderNo}: only a paid order with a receiveUrl is notified";
        return null;
    }

    public AllinpayOrder ToOrder() => new()
    {
        MerchantId = MerchantId,
        OrderNo = OrderNo,
        OrderDatetime = OrderDatetime,
        OrderAmount = OrderAmount,
        Currency = Currency,
        ProductName = ProductName,
        PayType = PayType,
        IssuerId = IssuerId,
        Ext1 = Ext1,
        Ext2 = Ext2,
        ReceiveUrl = ReceiveUrl,
        SignType = SignType,
        State = State,
        PayDatetime = State == OrderState.Paid ? PayDatetime ?? OrderDatetime : null,
        PayAmount = State == OrderState.Paid ? PayAmount ?? OrderAmount : null,
        PaymentOrderId = PaymentOrderId ?? "",
    };
}

sealed record ForcedState(string State);

/// <summary>Control of this provider: merchants, orders, ledger, refund states, notifications.</summary>
static class AllinpayControl
{
    public static void MapAllinpayControl(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/control/allinpay");
        routes.MapPut("/merchants/{merchantId}", PutMerchant);
        routes.MapPost("/orders", PlaceOrders);
        routes.MapPost("/sdk/pay", (JsonElement payData, AllinpaySdk sdk) => Sdk(payData, sdk, isPreAuth: false));
        routes.MapPost(
            "/sdk/preauthorise", (JsonElement payData, AllinpaySdk sdk) => Sdk(payData, sdk, isPreAuth: true));
        routes.MapGet("/ledger", ReadLedger);
        routes.MapPost("/refunds/{refundId}/state", ForceState);
        routes.MapPost("/notifications/{orderNo}", NotifyAgain);
    }

    static IResult PutMerchant(string merchantId, AllinpayMerchant merchant, AllinpayLedger ledger)
    {
        if (!AllinpayText.IsDigits(merchantId) || merchantId.Length > 30 || merchant.Md5Key.Length == 0)
            return Results.BadRequest(new { error = "a merchant is up to 30 digits and has a key" });
        ledger.Put(merchant with { MerchantId = merchantId });
        return Results.Ok(new { certificatePem = ledger.Certificate().CertificatePem });
    }

    static IResult PlaceOrders(PlacedOrder[] placed, AllinpayLedger ledger, CallbackQueue callbacks)
    {
        var problems = placed.Select(order => order.Problem(ledger)).OfType<string>().ToList();
        if (problems.Count > 0) return Results.BadRequest(new { error = string.Join("; ", problems) });
        var answers = new List<object>();
        foreach (var wanted in placed)
        {
            var order = ledger.Place(wanted.ToOrder());
            if (wanted.Notify) Notify(order, callbacks);
            answers.Add(new { order.OrderNo, order.PaymentOrderId });
        }
        return Results.Ok(answers);
    }

    /// <summary>What the app would be told on each of the two platforms; unsigned, as in the document.</summary>
    static object Sdk(JsonElement payData, AllinpaySdk sdk, bool isPreAuth)
    {
        var (order, refusal) = sdk.Pay(payData, isPreAuth);
        var (payAmount, payTime, payOrderId) = order is null
            ? ("", "", "")
            : ($"{order.OrderAmount}", order.PayDatetime ?? order.OrderDatetime, order.PaymentOrderId);
        return new
        {
            refusal,
            ios = new { payResult = order is null ? 1 : 0, payAmount, payTime, payOrderId },
            android = new
            {
                allinpay_pay_res = order is null ? "allinpay_pay_fail" : "allinpay_pay_success",
                payAmount,
                payTime,
                payOrderId,
            },
        };
    }

    static object ReadLedger(string? merchantId, AllinpayLedger ledger, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var merchants = merchantId is null ? ledger.MerchantIds() : [merchantId];
        return new
        {
            orders = merchants.SelectMany(ledger.Orders).Select(order => new
            {
                order.MerchantId,
                order.OrderNo,
                order.OrderDatetime,
                order.OrderAmount,
                order.Currency,
                order.ProductName,
                order.PayType,
                order.IssuerId,
                order.Ext1,
                order.Ext2,
                order.ReceiveUrl,
                order.SignType,
                order.State,
                order.PayDatetime,
                order.PayAmount,
                order.PaymentOrderId,
                order.EndedTimes,
                refundedAmount = ledger.RefundedAmount(order.Key, now),
            }),
            refunds = ledger.Refunds(merchantId).Select(refund => new
            {
                refund.RefundId,
                refund.MerchantId,
                refund.OrderNo,
                refund.OrderDatetime,
                refund.MchtRefundOrderNo,
                refund.Amount,
                state = RefundReview.StateAt(refund, now),
                refund.AcceptedAt,
                moneyMoved = RefundReview.MoneyMoved(RefundReview.StateAt(refund, now)),
            }),
        };
    }

    static IResult ForceState(string refundId, ForcedState forced, AllinpayLedger ledger)
    {
        if (!RefundReview.IsState(forced.State))
            return Results.BadRequest(new { error = $"{forced.State} is not a state of a refund" });
        return ledger.ForceState(refundId, forced.State) is null ? Results.NotFound() : Results.Ok();
    }

    static IResult NotifyAgain(string orderNo, string? merchantId, AllinpayLedger ledger, CallbackQueue callbacks)
    {
        var merchants = merchantId is null ? ledger.MerchantIds() : [merchantId];
        var order = merchants.SelectMany(id => ledger.Orders(id, orderNo)).LastOrDefault();
        if (order is null) return Results.NotFound();
        if (!order.IsPaid || order.ReceiveUrl is null)
            return Results.BadRequest(new { error = "only a paid order with a receiveUrl is notified" });
        Notify(order, callbacks);
        return Results.Ok();
    }

    static void Notify(AllinpayOrder order, CallbackQueue callbacks) => callbacks.Add(
        AllinpayNotification.Provider, order.MerchantId, order.OrderNo, order.OrderDatetime, order.ReceiveUrl!);
}
