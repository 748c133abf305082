using System.Text.Json;
using MerchantPortal.Sandbox.Callbacks;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>
/// Plays the control in the payer's phone (document 2.1 and 2.2.2): takes the merchant's payData, checks signature,
/// card digest and terms, and pays or pre-authorises the order.
/// </summary>
sealed class AllinpaySdk(AllinpayLedger ledger, CallbackQueue callbacks, TimeProvider clock)
{
    const string InternationalCard = "30";

    static readonly string[] SignedOrder =
    [
        "inputCharset", "pickupUrl", "receiveUrl", "version", "language", "signType", "merchantId", "orderNo",
        "orderAmount", "orderCurrency", "orderDatetime", "productName", "ext1", "payType", "issuerId", "tradeNature",
    ];

    static readonly string[] CardOrder =
    [
        "ship_to_country", "ship_to_state", "ship_to_city", "ship_to_street1", "ship_to_street2",
        "ship_to_phonenumber", "ship_to_postalcode", "ship_to_firstname", "ship_to_lastname", "registration_name",
        "registration_email", "registration_phone", "buyerid_period", "fnpay_mode", "bill_firstname",
        "bill_lastname", "expireddate", "cvv2", "bill_email", "bill_country", "bill_address", "bill_city",
        "bill_state", "bill_zip", "mdd07", "mdd08", "mdd09", "mdd10", "mdd11", "mdd12", "mdd13", "mdd14", "mdd15",
        "mdd16", "mdd17", "mdd18",
    ];

    // Document 6.2 and 6.3. The Australian dollar has two codes, one in each.
    static readonly string[] CrossBorder = ["0", "156", "840", "344", "392", "978", "458", "032"];
    static readonly string[] International =
        ["156", "840", "826", "344", "978", "124", "036", "392", "702", "752"];

    /// <summary>What the app is told, or the code that says why nothing was paid.</summary>
    public (AllinpayOrder? Order, string? Refusal) Pay(JsonElement payData, bool isPreAuth)
    {
        if (payData.ValueKind != JsonValueKind.Object
            || payData.EnumerateObject().Any(m => m.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
            return (null, AllinpayErrors.Malformed);
        var request = new AllinpayRequest(
            payData.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString()),
            SignedOrder,
            ledger.Merchant(payData.TryGetProperty("merchantId", out var merchant) ? $"{merchant}" : ""));
        if ((Problem(request) ?? CardProblem(request, isPreAuth)) is { } refusal) return (null, refusal);
        if (ledger.Order(request.OrderKey) is { State: not OrderState.Unpaid })
            return (null, AllinpayErrors.PaidAlready);

        var now = AllinpayText.Time(clock.GetUtcNow());
        var amount = AllinpayText.ParseAmount(request["orderAmount"])!.Value;
        var order = ledger.Place(new AllinpayOrder
        {
            MerchantId = request["merchantId"],
            OrderNo = request["orderNo"],
            OrderDatetime = request["orderDatetime"],
            OrderAmount = amount,
            Currency = request["orderCurrency"] == "0" ? "156" : request["orderCurrency"],
            ProductName = request["productName"],
            PayType = request["payType"],
            IssuerId = request["issuerId"],
            Ext1 = request["ext1"],
            ReceiveUrl = request["receiveUrl"],
            SignType = request["signType"],
            State = isPreAuth ? OrderState.Authorised : OrderState.Paid,
            PayDatetime = isPreAuth ? null : now,
            PayAmount = isPreAuth ? null : amount,
        });
        if (order.IsPaid)
        {
            callbacks.Add(
                AllinpayNotification.Provider, order.MerchantId, order.OrderNo, order.OrderDatetime,
                order.ReceiveUrl!);
        }
        return (order, null);
    }

    static string? Problem(AllinpayRequest request)
    {
        if (request.Merchant is null) return AllinpayErrors.Merchant;
        if (!request.SignatureValid) return AllinpayErrors.Signature;
        if (request["inputCharset"] is not ("1" or "2" or "3")) return AllinpayErrors.Charset;
        if (request["version"] != "v1.0") return AllinpayErrors.Version;
        if (request["signType"] is not ("0" or "1")) return AllinpayErrors.SignType;
        if (!Uri.TryCreate(request["receiveUrl"], UriKind.Absolute, out _)) return AllinpayErrors.ReceiveUrl;
        if (!AllinpayText.IsOrderNo(request["orderNo"])) return AllinpayErrors.OrderNo;
        if (AllinpayText.ParseAmount(request["orderAmount"]) is null) return AllinpayErrors.Amount;
        if (AllinpayText.ParseTime(request["orderDatetime"]) is null) return AllinpayErrors.OrderDatetime;
        if (request["productName"].Length == 0) return AllinpayErrors.ProductName;
        return request["payType"] is "0" or "27" or InternationalCard ? null : AllinpayErrors.PayType;
    }

    static string? CardProblem(AllinpayRequest request, bool isPreAuth)
    {
        var isInternational = request["payType"] == InternationalCard;
        if (isPreAuth && !isInternational) return AllinpayErrors.PayType;
        if (!(isInternational ? International : CrossBorder).Contains(request["orderCurrency"]))
            return AllinpayErrors.Amount;
        if (request["orderCurrency"] is not ("0" or "156") && request["tradeNature"] is not ("GOODS" or "SERVICES"))
            return AllinpayErrors.Malformed;
        if (!isInternational)
            return request["language"] + request["issuerId"] == "" ? null : AllinpayErrors.Language;
        if (request["language"] is not ("" or "1" or "2" or "3")) return AllinpayErrors.Language;
        if (request["issuerId"] is not ("" or "visa" or "mastercard" or "jcb")) return AllinpayErrors.Issuer;
        var card = string.Concat(CardOrder.Select(name => request[name]));
        return request["ext1"] == AllinpaySigning.Md5(card) ? null : AllinpayErrors.Ext1;
    }
}
