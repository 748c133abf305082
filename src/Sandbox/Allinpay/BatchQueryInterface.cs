using System.Globalization;
using System.Text;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>Batch query v1.6 (document 3.3 and 3.4): today's paid orders in pages, Base64 of signed lines.</summary>
sealed class BatchQueryInterface(AllinpayLedger ledger, TimeProvider clock)
{
    const string LineEnd = "\r\n";
    const int PageSize = 500;

    public AllinpayInterface Describe() => new(
        "batch-query",
        AllinpayGateway.BatchQueryPath,
        "v1.6",
        ["version", "merchantId", "beginDateTime", "endDateTime", "pageNo", "signType"],
        Answer);

    string Answer(AllinpayRequest request, AnswerShape shape)
    {
        var refusal = Fault(request) ?? shape.Refusal;
        var text = refusal is null ? Page(request, shape) : AllinpayErrors.Batch(refusal, request.Merchant);
        return Convert.ToBase64String(shape.Charset.GetBytes(text));
    }

    string? Fault(AllinpayRequest request)
    {
        if (request.Merchant is null) return AllinpayErrors.Merchant;
        if (request["signType"] != "1") return AllinpayErrors.SignType;
        if (!request.SignatureValid) return AllinpayErrors.Signature;
        if (AllinpayText.ParseHour(request["beginDateTime"]) is not { } begin
            || AllinpayText.Day(begin) != AllinpayText.Day(clock.GetUtcNow()))
            return AllinpayErrors.BeginDateTime;
        if (AllinpayText.ParseHour(request["endDateTime"]) is not { } end
            || AllinpayText.Day(end) != AllinpayText.Day(begin) || end < begin)
            return AllinpayErrors.EndDateTime;
        return AllinpayText.IsDigits(request["pageNo"]) && request["pageNo"].Length <= 2 && PageNo(request) >= 1
            ? null
            : AllinpayErrors.Malformed;
    }

    string Page(AllinpayRequest request, AnswerShape shape)
    {
        var merchant = request.Merchant!;
        var page = PageNo(request);
        var matching = Matching(request, shape);
        var rows = matching.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        var next = matching.Count > page * PageSize ? "Y" : "N";
        List<string> lines = rows.Count == 0
            ? [$"{merchant.MerchantId}|0|0|N"]
            :
            [
                $"{merchant.MerchantId}|{rows.Count}|{page}|{next}",
                .. rows.Select(order => Row(order, merchant, shape)),
            ];

        var signed = string.Concat(lines.Select(line => line + LineEnd));
        var answer = new StringBuilder(signed).Append(LineEnd);
        var text = shape.Signature == SignatureMode.Wrong ? signed + " " : signed;
        if (shape.Signature != SignatureMode.Missing)
            answer.Append(ledger.Certificate().Sign(AllinpaySigning.Md5(text)));
        if (shape.WrongCharset) answer.Append(LineEnd).Append(AnswerShape.ForeignText);
        return answer.ToString();
    }

    /// <summary>Paid orders placed between the two hours, the last hour to its end.</summary>
    List<AllinpayOrder> Matching(AllinpayRequest request, AnswerShape shape)
    {
        var begin = AllinpayText.ParseHour(request["beginDateTime"])!.Value;
        var end = AllinpayText.ParseHour(request["endDateTime"])!.Value.AddHours(1);
        var now = clock.GetUtcNow();
        return ledger.Orders(request.Merchant!.MerchantId)
            .Where(order => order.IsPaid
                && AllinpayText.ParseTime(order.OrderDatetime) is { } placed && placed >= begin && placed < end
                && !IsNewerThan(order, shape, now))
            .OrderBy(order => order.OrderDatetime, StringComparer.Ordinal)
            .ThenBy(order => order.PaymentOrderId, StringComparer.Ordinal)
            .ToList();
    }

    static bool IsNewerThan(AllinpayOrder order, AnswerShape shape, DateTimeOffset now) =>
        shape.StaleBy is { } age
        && (age == TimeSpan.MaxValue || AllinpayText.ParseTime(order.PayDatetime!) > now - age);

    string Row(AllinpayOrder order, AllinpayMerchant merchant, AnswerShape shape) => string.Join(
        '|',
        order.MerchantId,
        order.PaymentOrderId,
        shape.OtherOrder ? AnotherOrder.NoOf(ledger, order.Key) : order.OrderNo,
        order.OrderDatetime,
        order.OrderAmount.ToString(CultureInfo.InvariantCulture),
        merchant.BatchDateOnly ? $"{order.PayDatetime![..4]}-{order.PayDatetime[4..6]}-{order.PayDatetime[6..8]}"
            : order.PayDatetime,
        order.PayAmount!.Value.ToString(CultureInfo.InvariantCulture),
        order.Ext1,
        order.Ext2,
        "1");

    static int PageNo(AllinpayRequest request) => int.Parse(request["pageNo"], CultureInfo.InvariantCulture);
}
