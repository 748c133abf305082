using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MerchantPortal.Sandbox.Callbacks;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>Creating a payment (document 4.1.1), asking about it (4.1.3) and calling it off (public clients).</summary>
sealed class PaymentInterfaces(LianLianGlobalLedger ledger, CallbackQueue callbacks)
{
    // Document 5.3.2.
    static readonly HashSet<string> Currencies =
    [
        "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "EUR", "GBP", "HKD", "IDR", "JPY", "KRW", "MXN", "MYR", "NGN", "NPR",
        "NZD", "SGD", "THB", "INR", "USD",
    ];

    public static bool IsCurrency(string? code) => code is not null && Currencies.Contains(code);

    public LianLianGlobalAnswer Create(LianLianGlobalRequest request, AnswerShape shape)
    {
        if (Wrong(request) is { } member) return LianLianGlobalAnswer.Invalid(member);
        if (shape.Refusal is { } refusal) return new(refusal, request.TransactionId);
        var amount = LianLianGlobalText.ParseAmount(request["transaction_amount", 15])!.Value;
        var isNew = ledger.Payment(request.Key) is null;
        var (payment, refused, about) = ledger.Create(
            new LianLianGlobalPayment
            {
                MerchantId = request.Merchant.MerchantId,
                TransactionId = request.TransactionId,
                LlTransactionId = "",
                Amount = amount,
                Currency = request["transaction_currency", 3]!,
                CreatedAt = request.Now,
                Step = default,
                End = LianLianGlobalTriggers.EndOfPayment(amount),
                NotificationUrl = request["notification_url", 1024],
            },
            request.Now);
        if (payment is null) return new(refused!, about);
        if (isNew && payment is { End: PaymentStates.Succeeded, NotificationUrl: { } url })
        {
            callbacks.Add(
                LianLianGlobalNotification.Provider, payment.MerchantId, payment.TransactionId, "", url,
                request.Now + PaymentStates.TimeToPay(payment.Step));
        }
        return LianLianGlobalAnswer.Of(LianLianGlobalText.Object(
            ("ll_transaction_id", payment.LlTransactionId),
            ("merchant_transaction_id", Named(payment, shape)),
            ("payment_params", Parameters(payment)),
            ("transaction_currency", payment.Currency),
            ("transaction_amount", LianLianGlobalText.Amount(payment.Amount))));
    }

    public LianLianGlobalAnswer Query(LianLianGlobalRequest request, AnswerShape shape)
    {
        if (shape.Refusal is { } refusal) return new(refusal, "payment");
        var now = shape.StaleBy is { } ago && ago < TimeSpan.MaxValue ? request.Now - ago : request.Now;
        var payment = shape.StaleBy == TimeSpan.MaxValue ? null : ledger.Payment(request.Key);
        return payment is null || payment.CreatedAt > now
            ? new("OBJECT_NOT_FOUND", "payment")
            : LianLianGlobalAnswer.Of(Facts(payment, Named(payment, shape), now));
    }

    public LianLianGlobalAnswer Cancel(LianLianGlobalRequest request, AnswerShape shape)
    {
        if (shape.Refusal is { } refusal) return new(refusal, request.TransactionId);
        var (payment, refused, about) = ledger.Cancel(request.Key, request.Now);
        return payment is null
            ? new(refused!, about)
            : LianLianGlobalAnswer.Of(Facts(payment, Named(payment, shape), request.Now));
    }

    /// <summary>The members of a payment, as the query answers and the notification tells them.</summary>
    public JsonObject Facts(LianLianGlobalPayment payment, string transactionId, DateTimeOffset now)
    {
        var paidAt = PaymentStates.PaidAt(payment, now);
        return LianLianGlobalText.Object(
            ("merchant_id", payment.MerchantId),
            ("ll_transaction_id", payment.LlTransactionId),
            ("merchant_transaction_id", transactionId),
            ("transaction_currency", payment.Currency),
            ("transaction_amount", LianLianGlobalText.Amount(payment.Amount)),
            ("transaction_status", ledger.StateAt(payment, now)),
            ("payment_time", paidAt is { } at ? JsonValue.Create(at.ToUnixTimeMilliseconds()) : null),
            ("settlement_currency", paidAt is null ? null : "USD"),
            ("settlement_amount", paidAt is null ? null : LianLianGlobalText.Amount(Settled(payment))));
    }

    /// <summary>The number of another payment, for answers that belong to another call.</summary>
    public string Named(LianLianGlobalPayment payment, AnswerShape shape) => !shape.OtherOrder
        ? payment.TransactionId
        : ledger.Payments(payment.MerchantId).LastOrDefault(other => other.Key != payment.Key)?.TransactionId
            ?? payment.TransactionId + "9";

    // A rate of the Sandbox's own: what is settled is never the amount itself unless it is in dollars.
    static long Settled(LianLianGlobalPayment payment) =>
        payment.Currency == "USD" ? payment.Amount : Math.Max(1, payment.Amount / 8);

    static string Parameters(LianLianGlobalPayment payment) => LianLianGlobalText.Object(
        ("appId", "wx0000000000000000"), ("nonceStr", payment.LlTransactionId),
        ("package", "prepay_id=sandbox" + payment.LlTransactionId), ("signType", "HMAC-SHA256"),
        ("timeStamp", $"{payment.CreatedAt.ToUnixTimeSeconds()}")).ToJsonString();

    /// <summary>The first member of table 4.1.1 that is missing or wrong; null when none is.</summary>
    static string? Wrong(LianLianGlobalRequest request)
    {
        if (request["payment_processor", 32] is not ("alipayhk" or "alipaycn" or "wechathk" or "wechatcn"))
            return "payment_processor";
        if (request["payment_method", 32] is not ("applet" or "public")) return "payment_method";
        if (request["merchant_transaction_id", 64] is null) return "merchant_transaction_id";
        if (request["merchant_id", 32] != request.Merchant.MerchantId) return "merchant_id";
        if (!request.Body.TryGetProperty("customer", out var customer)
            || LianLianGlobalText.Member(customer, "openid", 128) is null)
            return "customer";
        if (LianLianGlobalText.ParseAmount(request["transaction_amount", 15]) is null) return "transaction_amount";
        if (!IsCurrency(request["transaction_currency", 3])) return "transaction_currency";
        if (!request.Body.TryGetProperty("transaction_time", out var time) || !IsTimestamp(time))
            return "transaction_time";
        if (request["country", 2] is not { Length: 2 } country || !country.All(char.IsAsciiLetterUpper))
            return "country";
        if (LianLianGlobalText.Has(request.Body, "notification_url") && request["notification_url", 1024] is null)
            return "notification_url";
        return request.Body.TryGetProperty("products", out var products) && !AreProducts(products) ? "products" : null;
    }

    static bool IsTimestamp(JsonElement time) => time.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && $"{time}" is { Length: 13 or 14 } digits && digits.All(char.IsAsciiDigit);

    // Document 3.1: the members that every product has.
    static bool AreProducts(JsonElement products) => products.ValueKind == JsonValueKind.Array
        && products.GetRawText().Length <= 2048
        && products.EnumerateArray().All(product =>
            LianLianGlobalText.Member(product, "product_id", 64) is not null
            && LianLianGlobalText.Member(product, "name", 128) is not null
            && LianLianGlobalText.ParseAmount(LianLianGlobalText.Member(product, "cost_price", 15)) is not null
            && LianLianGlobalText.ParseAmount(LianLianGlobalText.Member(product, "price", 15)) is not null
            && product.TryGetProperty("quantity", out var quantity)
            && int.TryParse($"{quantity}", CultureInfo.InvariantCulture, out var count) && count > 0);
}
