using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// What a genuine message says of a payment order: notifications, answers to the order query and results of the app's
/// SDK share these members (sections 4.1 to 4.3).
/// </summary>
internal static class LianLianMobilePayment
{
    /// <summary>
    /// The facts of a genuine message, or null and what is outside the document. The amount is the order's;
    /// what was paid is told by the state alone.
    /// </summary>
    public static OrderFacts? Read(LianLianMobileMessage message, ProviderAccount account, out string why)
    {
        why = !LianLianMobileText.IsMerchant(message["oid_partner"])
                || message["oid_partner"] != account.MerchantId ? "It is for another merchant."
            : !account.Currencies.Contains(LianLianMobileText.Yuan) ? "The account does not take yuan."
            : !LianLianMobileText.IsNumber(message["no_order"]) ? "no_order is missing or outside the document."
            : !LianLianMobileText.IsNumber(message["oid_paybill"]) ? "oid_paybill is missing or outside the document."
            : message["settle_date"] is { Length: > 0 } day && !IsDay(day) ? "settle_date is not a day."
            : message["pay_type"].Length > 2 || message["bank_code"].Length > 8 ? "pay_type or bank_code is too long."
            : "";
        if (why.Length > 0)
        {
            return null;
        }

        if (!LianLianMobileText.TryReadTime(message["dt_order"], out var orderedAt))
        {
            why = "dt_order is not a time of fourteen digits.";
            return null;
        }

        if (!LianLianMobileText.TryReadAmount(message["money_order"], out var amount))
        {
            why = "money_order is not an amount in yuan.";
            return null;
        }

        if (Meaning(message["result_pay"]) is not { } meaning)
        {
            why = "result_pay is not a state of the document.";
            return null;
        }

        // A pre-authorisation that succeeded holds the amount; nothing is paid before it is captured.
        if (message["pay_type"] == "F" && meaning == OrderEvent.PaymentSucceeded)
        {
            meaning = OrderEvent.PaymentAuthorised;
        }

        return new()
        {
            MerchantId = message["oid_partner"],
            MerchantNumber = message["no_order"],
            ProviderNumber = message["oid_paybill"],
            OrderedAt = orderedAt,
            Amount = amount,
            Paid = meaning == OrderEvent.PaymentSucceeded ? amount : null,
            Event = meaning,
            RawState = "result_pay " + message["result_pay"],
            Method = (message["pay_type"] + " " + message["bank_code"]).Trim(),
        };
    }

    /// <summary>
    /// result_pay in our words. REFUND says that the order was paid and that something went back, not how much: how
    /// much, only the refunds themselves tell. WAITING and PROCESSING have not ended.
    /// </summary>
    public static OrderEvent? Meaning(string resultPay) => resultPay switch
    {
        "SUCCESS" or "REFUND" => OrderEvent.PaymentSucceeded,
        "WAITING" or "PROCESSING" => OrderEvent.PaymentProcessing,
        "FAILURE" => OrderEvent.PaymentFailed,
        _ => null,
    };

    /// <summary>Equal for every repeat of the same news.</summary>
    public static string SemanticKey(OrderFacts facts) =>
        string.Join('|', facts.ProviderNumber, facts.RawState["result_pay ".Length..], facts.Amount.ToMinorText());

    private static bool IsDay(string text) => LianLianMobileText.TryReadTime(text, "yyyyMMdd", out _);
}
