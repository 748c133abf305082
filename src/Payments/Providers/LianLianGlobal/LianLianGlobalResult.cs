using System.Text.Json;
using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>A payment result: the document's (flat) or the third version's (in payment_data).</summary>
internal static class LianLianGlobalResult
{
    private const string PaymentData = "payment_data";

    /// <summary>Reads the fields of a notification or of an answer's order; null with the reason.</summary>
    /// <param name="account">The account that it has to belong to.</param>
    /// <param name="place">The object that holds the fields.</param>
    /// <param name="around">Fields that may stand beside them.</param>
    /// <param name="orderedAt">The order time, where we asked for a known order.</param>
    /// <param name="why">What is outside the document, or not this account's.</param>
    public static OrderFacts? Read(
        ProviderAccount account, JsonElement place, IReadOnlyList<LianLianGlobalField> around,
        DateTimeOffset? orderedAt, out string why)
    {
        if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(PaymentData, out var inner))
        {
            var flat = LianLianGlobalMembers.Read(place, [.. around, .. LianLianGlobalFields.Result], [], out why);
            return flat is null ? null : Facts(account, flat, flat, "transaction", orderedAt, out why);
        }

        var outer = LianLianGlobalMembers.Read(
            place, [.. around, .. LianLianGlobalFields.ResultV3], [PaymentData], out why);
        var data = outer is null
            ? null
            : LianLianGlobalMembers.Read(inner, LianLianGlobalFields.PaymentData, [], out why);
        return data is null ? null : Facts(account, outer!, data, "payment", orderedAt, out why);
    }

    /// <summary>Equal for every repeat of the same news.</summary>
    public static string SemanticKey(OrderFacts facts) =>
        string.Join('|', facts.ProviderNumber, facts.RawState, facts.Amount.Currency.Code, facts.Amount.ToMinorText());

    private static OrderFacts? Facts(
        ProviderAccount account, LianLianGlobalMembers ids, LianLianGlobalMembers data, string prefix,
        DateTimeOffset? orderedAt, out string why)
    {
        var currencyText = data[prefix == "payment" ? "payment_currency_code" : "transaction_currency"];
        var status = LianLianGlobalStatuses.Payment(data[prefix + "_status"]);
        var paidAt = default(DateTimeOffset);
        Money amount = default;
        why = ids["merchant_id"] != account.MerchantId ? "It is for another merchant."
            : !LianLianGlobalCurrencies.TryGet(currencyText, out var currency) ? "Its currency is not in the document."
            : !account.Currencies.Contains(currency) ? "The account does not take its currency."
            : !LianLianGlobalFormats.TryReadAmount(data[prefix + "_amount"], currency, out amount)
                ? "Its amount is not one of the document's form."
            : status is null ? "Its state is not in the document."
            : data["payment_time"].Length > 0 && !LianLianGlobalFormats.TryReadTime(data["payment_time"], out paidAt)
                ? "payment_time is neither milliseconds nor fourteen digits."
            : status.Paid && paidAt == default ? "payment_time is missing."
            : "";
        return why.Length > 0 ? null : new()
        {
            MerchantId = ids["merchant_id"],
            MerchantNumber = ids["merchant_transaction_id"],
            ProviderNumber = ids["ll_transaction_id"],
            OrderedAt = orderedAt,
            Amount = amount,
            Paid = status!.Paid ? amount : null,
            PaidAt = status.Paid ? paidAt : null,
            Event = status.Event,
            RawState = status.Code,
        };
    }
}
