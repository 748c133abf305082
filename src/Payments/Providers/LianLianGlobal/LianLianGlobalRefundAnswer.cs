using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>What a proven answer says of our refund.</summary>
/// <param name="Error">None, or why it says nothing about it.</param>
/// <param name="Status">The state; null when the answer to a refund names none.</param>
/// <param name="ProviderNumber">LianLian's number of the refund.</param>
/// <param name="At">The refund's time, UTC.</param>
internal sealed record LianLianGlobalRefundTold(
    ProviderError Error, LianLianGlobalRefundStatus? Status, string? ProviderNumber, DateTimeOffset? At);

/// <summary>The order of a refund's answer and of the refund query's (third version).</summary>
internal static class LianLianGlobalRefundAnswer
{
    private const string RefundData = "refund_data";

    /// <summary>Reads it; told only when number, order, amount and currency equal what was asked for.</summary>
    public static LianLianGlobalRefundTold Read(
        LianLianGlobalAnswer answer, ProviderAccount account, RefundRequest refund)
    {
        if (answer.Business(
            LianLianGlobalFields.RefundAnswer, RefundData, LianLianGlobalFields.RefundData, out _)
            is not { Fields: var order, Nested: { } data })
        {
            return Nothing(ProviderError.AnswerUnreadable);
        }

        if (order["merchant_transaction_id"] != refund.RefundNumber
            || order["original_transaction_id"] != refund.Order.MerchantNumber
            || (order["merchant_id"] is { Length: > 0 } merchant && merchant != account.MerchantId)
            || data["refund_currency_code"] != refund.Amount.Currency.Code
            || !LianLianGlobalFormats.TryReadAmount(data["refund_amount"], refund.Amount.Currency, out Money amount)
            || amount != refund.Amount)
        {
            return Nothing(ProviderError.AnswerMismatch);
        }

        var status = LianLianGlobalStatuses.Refund(data["refund_status"]);
        DateTimeOffset at = default;
        return (status is null && data["refund_status"].Length > 0)
            || (data["refund_time"].Length > 0 && !LianLianGlobalFormats.TryReadTime(data["refund_time"], out at))
            ? Nothing(ProviderError.AnswerUnreadable)
            : new(ProviderError.None, status, order["ll_transaction_id"], at == default ? null : at);
    }

    private static LianLianGlobalRefundTold Nothing(ProviderError error) => new(error, null, null, null);
}
