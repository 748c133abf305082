using System.Globalization;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>Refund query v2.4 (document 3.7 and 3.8): lines of the order's refunds of that amount.</summary>
sealed class RefundQueryInterface(AllinpayLedger ledger, TimeProvider clock)
{
    const string LineEnd = "\r\n";

    public AllinpayInterface Describe() => new(
        "refund-query",
        AllinpayGateway.RefundQueryPath,
        "v2.4",
        ["version", "signType", "merchantId", "orderNo", "refundAmount", "refundDatetime", "mchtRefundOrderNo"],
        Answer);

    string Answer(AllinpayRequest request, AnswerShape shape)
    {
        var refusal = Fault(request) ?? shape.Refusal;
        if (refusal is not null) return AllinpayErrors.RefundQuery(refusal, request.Merchant);
        var merchant = request.Merchant!;
        var orders = ledger.Orders(merchant.MerchantId, request["orderNo"]);
        if (orders.Count == 0) return AllinpayErrors.RefundQuery("005", merchant);

        var now = clock.GetUtcNow();
        var asOf = shape.StaleBy is not { } age ? now
            : age == TimeSpan.MaxValue ? DateTimeOffset.MinValue : now - age;
        var lines = orders.SelectMany(order => ledger.Refunds(order.Key))
            .Where(refund => Matches(refund, request, now, asOf))
            .Select(refund => Line(refund, request["signType"], now, asOf, shape))
            .ToList();
        return lines.Count == 0
            ? AllinpayErrors.RefundQuery("011", merchant)
            : Signed(lines, request["signType"], merchant, shape);
    }

    static string? Fault(AllinpayRequest request)
    {
        if (request["merchantId"].Length == 0) return "001";
        if (request["merchantId"].Length > 15) return "002";
        if (request.Merchant is null) return "003";
        if (request["signType"] is not ("0" or "1")) return AllinpayErrors.SignType;
        if (request["orderNo"].Length == 0) return "004";
        if (request["refundAmount"].Length == 0) return "006";
        if (!long.TryParse(
            request["refundAmount"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
            return "008";
        if (amount <= 0) return "007";
        if (request["refundDatetime"] is { Length: > 0 } time && AllinpayText.ParseTime(time) is null) return "009";
        return request.SignatureValid ? null : "010";
    }

    static bool Matches(AllinpayRefund refund, AllinpayRequest request, DateTimeOffset now, DateTimeOffset asOf)
    {
        var number = request["mchtRefundOrderNo"];
        var accepted = request["refundDatetime"];
        return refund.AcceptedAt <= asOf
            && refund.AcceptedAt.AddMonths(1) >= now
            && refund.Amount == long.Parse(request["refundAmount"], CultureInfo.InvariantCulture)
            && (number.Length == 0 || number == refund.MchtRefundOrderNo)
            && (accepted.Length == 0 || accepted == AllinpayText.Time(refund.AcceptedAt));
    }

    string Line(AllinpayRefund refund, string signType, DateTimeOffset now, DateTimeOffset asOf, AnswerShape shape) =>
        string.Join(
            '|',
            "v2.4",
            signType,
            refund.MerchantId,
            shape.OtherOrder ? AnotherOrder.NoOf(ledger, refund.Key) : refund.OrderNo,
            refund.Amount.ToString(CultureInfo.InvariantCulture),
            AllinpayText.Time(refund.AcceptedAt),
            refund.MchtRefundOrderNo,
            RefundReview.StateAt(refund, asOf),
            AllinpayText.Time(now));

    string Signed(List<string> lines, string signType, AllinpayMerchant merchant, AnswerShape shape)
    {
        var text = string.Join(LineEnd, lines);
        var signature = AllinpaySigning.OfLines(
            merchant.TrailingCrlfSigned ? text + LineEnd : text,
            merchant,
            signType == "1" ? ledger.Certificate() : null,
            shape.Signature);
        var answer = signature is null ? text : text + LineEnd + signature;
        return shape.WrongCharset ? answer + LineEnd + AnswerShape.ForeignText : answer;
    }
}
