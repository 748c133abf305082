using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The signing rules by interface (section 5 and the tables of sections 2 to 4). Requests are MD5 whatever signType
/// says, because signType speaks of the answer; answers are MD5 or RSA by the key. Unknown members follow the known
/// ones in the order they stand in.
/// </summary>
internal sealed class AllinpayMessageSigning : IMessageSigning
{
    private const string Ext1 = "ext1";

    private static readonly FieldRule[] PayData =
    [
        new("inputCharset"), new("pickupUrl", FieldShape.Url), new("receiveUrl", FieldShape.Url), new("version"),
        new("language"), new("signType"), new("merchantId"), new("orderNo"), new("orderAmount"), new("orderCurrency"),
        new("orderDatetime"), new("productName"), new("ext1"), new("payType"), new("issuerId"), new("tradeNature"),
    ];

    private static readonly FieldRule[] Payment = Fields(
        "merchantId version language signType payType issuerId paymentOrderId orderNo orderDatetime orderAmount "
        + "payDatetime payAmount ext1 ext2 payResult errorCode returnDatetime");

    private static readonly FieldRule[] CardDigest = Fields(
        "ship_to_country ship_to_state ship_to_city ship_to_street1 ship_to_street2 ship_to_phonenumber "
        + "ship_to_postalcode ship_to_firstname ship_to_lastname registration_name registration_email "
        + "registration_phone buyerid_period fnpay_mode bill_firstname bill_lastname expireddate cvv2 bill_email "
        + "bill_country bill_address bill_city bill_state bill_zip mdd07 mdd08 mdd09 mdd10 mdd11 mdd12 mdd13 mdd14 "
        + "mdd15 mdd16 mdd17 mdd18");

    private static readonly Dictionary<string, FieldRule[]> Forms = new()
    {
        ["pay-data"] = PayData,
        ["order-query"] = Fields("merchantId version signType orderNo orderDatetime queryDatetime"),
        ["batch-query"] = Fields("version merchantId beginDateTime endDateTime pageNo signType"),
        ["refund"] = Fields("version signType merchantId orderNo refundAmount mchtRefundOrderNo orderDatetime"),
        ["refund-query"] = Fields(
            "version signType merchantId orderNo refundAmount refundDatetime mchtRefundOrderNo"),
        ["preauth-cancel"] = Fields("merchantId version orderAmount currency orderNo orderDatetime signType"),
        ["preauth-confirm"] = Fields(
            "version merchantId orderAmount confirmAmount currency orderNo orderDatetime signType"),
        ["notification"] = Payment,
        ["order-query-answer"] = Payment,
        ["refund-answer"] = Fields(
            "merchantId version signType orderNo orderAmount orderDatetime refundAmount refundDatetime refundResult "
            + "mchtRefundOrderNo errorCode returnDatetime"),
    };

    public IReadOnlyList<string> Interfaces { get; } =
    [
        "pay-data", Ext1, "order-query", "batch-query", "refund", "refund-query", "preauth-cancel", "preauth-confirm",
        "notification", "order-query-answer", "refund-answer", "batch-query-answer", "refund-query-answer",
        "preauth-cancel-answer", "preauth-confirm-answer",
    ];

    public TextReading Read(string @interface, string message, SignatureKeyKind key, SigningChoices choices) =>
        @interface switch
        {
            Ext1 => ReadDigest(message),
            "batch-query-answer" or "refund-query-answer" or "preauth-cancel-answer" or "preauth-confirm-answer" =>
                AllinpayLineTexts.Read(@interface, message, key),
            _ when Forms.TryGetValue(@interface, out var fields) => ReadForm(@interface, fields, message, key),
            _ => new TextReading.Unusable($"Allinpay has no interface {@interface}."),
        };

    private static FieldRule[] Fields(string names) => [.. names.Split(' ').Select(name => new FieldRule(name))];

    private static TextReading ReadForm(
        string @interface, FieldRule[] fields, string message, SignatureKeyKind key)
    {
        var isAnswer = @interface is "notification" or "order-query-answer" or "refund-answer";
        if (key != SignatureKeyKind.SharedSecret && !(isAnswer && key == SignatureKeyKind.Rsa))
        {
            return new TextReading.Unusable(isAnswer
                ? "This interface is signed with the MD5 key or with Allinpay's certificate."
                : "Allinpay's requests are signed with the MD5 key, whatever signType says.");
        }

        if (MessageMembers.Read(message, out var why) is not { } members)
        {
            return new TextReading.Unusable(why);
        }

        var (ordered, leftOut, warnings) = Arrange(fields, members);
        foreach (var member in ordered)
        {
            if (MessageMembers.Problem(member, Array.Find(fields, field => field.Name == member.Name))
                is { Length: > 0 } problem)
            {
                return new TextReading.Unusable(problem);
            }
        }

        var algorithm = key == SignatureKeyKind.Rsa ? SignatureAlgorithm.RsaSha1 : SignatureAlgorithm.Md5AmpKeyUpper;
        var pieces = ordered.Select(member => $"{member.Name}={member.Value}").ToArray();
        var text = new SignedText("full", string.Join('&', pieces), algorithm, pieces);
        var signType = members.FirstOrDefault(member => member.Name == "signType").Value ?? "";
        return new TextReading.Readable(new()
        {
            ToSign = text,
            ToVerify = [text],
            LeftOut = leftOut,
            Warnings = warnings,
            Contradiction = isAnswer ? AllinpayLineTexts.Contradiction(signType, key) : "",
        });
    }

    /// <summary>The text of section 5.4: the values alone, one behind the other. It holds a card's security code.</summary>
    private static TextReading ReadDigest(string message)
    {
        if (MessageMembers.Read(message, out var why) is not { } members)
        {
            return new TextReading.Unusable(why);
        }

        var (ordered, leftOut, warnings) = Arrange(CardDigest, members);
        var problem = ordered.Select(member => MessageMembers.Problem(member, null)).FirstOrDefault(p => p.Length > 0);
        if (problem is not null)
        {
            return new TextReading.Unusable(problem);
        }

        string[] pieces = [.. ordered.Select(member => member.Value)];
        var text = new SignedText("full", string.Concat(pieces), SignatureAlgorithm.Md5PlainUpper, pieces);
        return new TextReading.Readable(
            new() { ToSign = text, ToVerify = [text], LeftOut = leftOut, Warnings = warnings });
    }

    private static (List<MessageMember> Ordered, List<LeftOutMember> LeftOut, List<string> Warnings) Arrange(
        FieldRule[] fields, IReadOnlyList<MessageMember> members)
    {
        List<MessageMember> ordered = [];
        List<LeftOutMember> leftOut = [];
        List<string> warnings = [];
        foreach (var member in members.OrderBy(member => Place(fields, member.Name)))
        {
            if (MessageMembers.IsSignature(member.Name))
            {
                leftOut.Add(new(member.Name, LeftOutReason.Signature));
            }
            else if (IsNeverSigned(fields, member.Name))
            {
                leftOut.Add(new(member.Name, LeftOutReason.NotSigned));
            }
            else if (member.Value.Length == 0)
            {
                leftOut.Add(new(member.Name, LeftOutReason.Empty));
            }
            else
            {
                ordered.Add(member);
                if (Place(fields, member.Name) == fields.Length)
                {
                    warnings.Add($"{member.Name} is not in the document; it is signed behind the others.");
                }
            }
        }

        return (ordered, leftOut, warnings);
    }

    private static int Place(FieldRule[] fields, string name)
    {
        var place = Array.FindIndex(fields, field => field.Name == name);
        return place < 0 ? fields.Length : place;
    }

    /// <summary>cardNo goes along unsigned (2.1); two names of the printed example are not in the list of 5.4.</summary>
    private static bool IsNeverSigned(FieldRule[] fields, string name) =>
        (fields == PayData && name == "cardNo")
        || (fields == CardDigest && name is "ship_to_shipmethod" or "logistics_cost");
}
