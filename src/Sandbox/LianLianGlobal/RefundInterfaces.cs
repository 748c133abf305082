using System.Text.Json;
using System.Text.Json.Nodes;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>
/// Refund and refund query with the members of the clients for v3; the document for v4 has only the states and codes.
/// SUCCESS says that the refund was accepted, no more.
/// </summary>
sealed class RefundInterfaces(LianLianGlobalLedger ledger)
{
    public LianLianGlobalAnswer Refund(LianLianGlobalRequest request, AnswerShape shape)
    {
        if (Wrong(request) is { } member) return LianLianGlobalAnswer.Invalid(member);
        if (LianLianGlobalText.Has(request.Body, "sub_merchant_id")) return new("INVALID_SECONDARY_MERCHANT");
        if (shape.Refusal is { } refusal) return new(refusal, "refund");
        var data = request.Body.GetProperty("refund_data");
        var amount = LianLianGlobalText.ParseAmount(LianLianGlobalText.Member(data, "refund_amount", 15))!.Value;
        var (refund, refused, about) = ledger.Accept(
            new LianLianGlobalRefund
            {
                MerchantId = request.Merchant.MerchantId,
                TransactionId = request["merchant_transaction_id", 64]!,
                OriginalTransactionId = request.TransactionId,
                LlTransactionId = "",
                Amount = amount,
                Currency = LianLianGlobalText.Member(data, "refund_currency_code", 3)!,
                Reason = LianLianGlobalText.Member(data, "reason", 256),
                AcceptedAt = request.Now,
                Step = default,
                End = LianLianGlobalTriggers.EndOfRefund(amount),
            },
            request.Now);
        return refund is null
            ? new(refused!, about)
            : LianLianGlobalAnswer.Of(Facts(refund, Named(refund, shape), request.Now));
    }

    public LianLianGlobalAnswer Query(LianLianGlobalRequest request, AnswerShape shape)
    {
        if (shape.Refusal is { } refusal) return new(refusal, "refund");
        var now = shape.StaleBy is { } ago && ago < TimeSpan.MaxValue ? request.Now - ago : request.Now;
        var refund = shape.StaleBy == TimeSpan.MaxValue ? null : ledger.Refund(request.Key);
        return refund is null || refund.AcceptedAt > now
            ? new("OBJECT_NOT_FOUND", "refund")
            : LianLianGlobalAnswer.Of(Facts(refund, Named(refund, shape), now));
    }

    static JsonObject Facts(LianLianGlobalRefund refund, string transactionId, DateTimeOffset now)
    {
        var state = RefundStates.StateAt(refund, now);
        var isDone = state == RefundStates.Succeeded;
        var amount = LianLianGlobalText.Amount(refund.Amount);
        return LianLianGlobalText.Object(
            ("ll_transaction_id", refund.LlTransactionId),
            ("merchant_transaction_id", transactionId),
            ("original_transaction_id", refund.OriginalTransactionId),
            ("refund_data", LianLianGlobalText.Object(
                ("refund_currency_code", refund.Currency),
                ("refund_amount", amount),
                ("actual_refund_currency_code", isDone ? refund.Currency : null),
                ("actual_refund_amount", isDone ? amount : null),
                ("refund_status", state),
                ("refund_time", LianLianGlobalText.Time(refund.AcceptedAt)),
                ("account_date", isDone ? LianLianGlobalText.Time(now)[..8] : null),
                ("reason", refund.Reason))));
    }

    string Named(LianLianGlobalRefund refund, AnswerShape shape) => !shape.OtherOrder
        ? refund.TransactionId
        : ledger.Refunds(refund.MerchantId).LastOrDefault(other => other.Key != refund.Key)?.TransactionId
            ?? refund.TransactionId + "9";

    static string? Wrong(LianLianGlobalRequest request)
    {
        if (request["merchant_transaction_id", 64] is null) return "merchant_transaction_id";
        if (request["merchant_id", 32] != request.Merchant.MerchantId) return "merchant_id";
        if (request["original_transaction_id", 64] != request.TransactionId) return "original_transaction_id";
        if (request["merchant_refund_time", 14] is not { } time || LianLianGlobalText.ParseTimestamp(time, "") is null)
            return "merchant_refund_time";
        if (!request.Body.TryGetProperty("refund_data", out var data) || data.ValueKind != JsonValueKind.Object)
            return "refund_data";
        if (!PaymentInterfaces.IsCurrency(LianLianGlobalText.Member(data, "refund_currency_code", 3)))
            return "refund_currency_code";
        return LianLianGlobalText.ParseAmount(LianLianGlobalText.Member(data, "refund_amount", 15)) is null
            ? "refund_amount"
            : null;
    }
}
