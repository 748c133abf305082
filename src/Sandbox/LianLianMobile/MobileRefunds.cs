using MerchantPortal.Sandbox.Callbacks;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>Refund and refund query: 0000 says that the refund was taken on, its state says the rest.</summary>
sealed class MobileRefunds(MobileLedger ledger, MobileAnswers answers, CallbackQueue callbacks, TimeProvider clock)
{
    public IEnumerable<MobileInterface> Describe() =>
    [
        new(
            "refund",
            ["/traderapi/refund.htm"],
            ["oid_partner", "no_refund", "dt_refund"],
            "money_refund",
            Refund),
        new("refund-query", ["/queryapi/refundquery.htm"], ["oid_partner"], "", Find),
    ];

    string Refund(MobileRequest request, AnswerShape shape)
    {
        var merchant = request.Merchant;
        var now = clock.GetUtcNow();
        if (request["oid_paybill"].Length == 0 && !MobileShapes.Fits("no_order", request["no_order"]))
            return answers.Refuse(merchant, new(MobileCodes.Parameter, "no_order"), shape);
        if (merchant.Frozen) return answers.Refuse(merchant, new(MobileCodes.Frozen), shape);
        if (ledger.Find(request) is not { } order)
            return answers.Refuse(merchant, new(MobileCodes.NoOrder), shape);
        if (MobileText.ParseMoney(request["money_refund"]) is not { } money)
            return answers.Refuse(merchant, new(MobileCodes.RefundAmount), shape);

        var (refund, refused) = ledger.Refund(
            new MobileRefund
            {
                OidPartner = merchant.OidPartner,
                NoRefund = request["no_refund"],
                DtRefund = request["dt_refund"],
                OidRefundno = "",
                NoOrder = order.NoOrder,
                DtOrder = order.DtOrder,
                Money = money,
                NotifyUrl = request["notify_url"],
                AcceptedAt = now,
                Step = ledger.Step,
                End = MobileTriggers.RefundEnd(money),
            },
            merchant,
            now);
        if (refund is null) return answers.Refuse(merchant, new(refused!), shape);
        if (refund.NotifyUrl.Length > 0 && refund.End == "2")
        {
            callbacks.Add(
                MobileNotification.Provider, merchant.OidPartner, refund.NoRefund, refund.DtRefund, refund.NotifyUrl,
                refund.EndsAt);
        }
        return answers.Done(merchant, Fields(refund, shape, refund.StateAt(now)), shape);
    }

    string Find(MobileRequest request, AnswerShape shape)
    {
        var now = clock.GetUtcNow();
        var asOf = shape.StaleBy is not { } age ? now
            : age == TimeSpan.MaxValue ? DateTimeOffset.MinValue : now - age;
        if (request["oid_refundno"].Length == 0 && !MobileShapes.Fits("no_refund", request["no_refund"]))
            return answers.Refuse(request.Merchant, new(MobileCodes.Parameter, "no_refund"), shape);
        var refund = ledger.Refunds(request.Merchant.OidPartner).LastOrDefault(row => row.AcceptedAt <= asOf
            && (request["oid_refundno"] is { Length: > 0 } number
                ? row.OidRefundno == number
                : row.NoRefund == request["no_refund"]
                    && (request["dt_refund"].Length == 0 || row.DtRefund == request["dt_refund"])));
        return refund is null
            ? answers.Refuse(request.Merchant, new(MobileCodes.NoRecord), shape)
            : answers.Done(
                request.Merchant,
                [.. Fields(refund, shape, refund.StateAt(asOf)), new("dt_refund", refund.DtRefund)],
                shape);
    }

    /// <summary>What every answer about a refund says of it; the settlement day once it is done.</summary>
    public static MobileField[] Fields(MobileRefund refund, AnswerShape shape, string state) =>
    [
        new("oid_partner", refund.OidPartner),
        new("no_refund", shape.OtherOrder ? refund.NoRefund + "9" : refund.NoRefund),
        new("money_refund", MobileText.Money(refund.Money)),
        new("oid_refundno", refund.OidRefundno),
        new("sta_refund", state),
        new("settle_date", state == "2" ? MobileText.Day(refund.EndsAt) : ""),
    ];
}
