using System.Collections.Frozen;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>One field of a message.</summary>
/// <param name="Name">Name as the document spells it.</param>
/// <param name="Value">Raw value, not URL-encoded; empty fields are left out of text and body.</param>
internal readonly record struct AllinpayField(string Name, string Value);

/// <summary>The signed fields of every interface in the order in which they are signed, with their shapes.</summary>
internal static class AllinpayFields
{
    /// <summary>The notification's and the single query's answer (sections 2.2.3 and 3.2).</summary>
    public const string Notification = "notification";

    /// <summary>The refund's answer (section 3.6).</summary>
    public const string RefundAnswer = "refund-answer";

    /// <summary>The order of the app (section 2.1).</summary>
    public const string PayData = "pay-data";

    /// <summary>The digest of an international card (section 5.4).</summary>
    public const string Ext1 = "ext1";

    private const string Payment =
        "merchantId version language signType payType issuerId paymentOrderId orderNo orderDatetime orderAmount "
        + "payDatetime payAmount ext1 ext2 payResult errorCode returnDatetime";

    // pickupUrl is not in the table of 2.1, but the sample digest of 5.2 has it.
    private static readonly FrozenDictionary<string, FieldRule[]> Orders = new Dictionary<string, FieldRule[]>
    {
        [PayData] = Rules(
            "inputCharset pickupUrl receiveUrl version language signType merchantId orderNo orderAmount orderCurrency "
            + "orderDatetime productName ext1 payType issuerId tradeNature"),
        [Ext1] = Rules(
            "ship_to_country ship_to_state ship_to_city ship_to_street1 ship_to_street2 ship_to_phonenumber "
            + "ship_to_postalcode ship_to_firstname ship_to_lastname registration_name registration_email "
            + "registration_phone buyerid_period fnpay_mode bill_firstname bill_lastname expireddate cvv2 bill_email "
            + "bill_country bill_address bill_city bill_state bill_zip mdd07 mdd08 mdd09 mdd10 mdd11 mdd12 mdd13 "
            + "mdd14 mdd15 mdd16 mdd17 mdd18"),
        ["order-query"] = Rules("merchantId version signType orderNo orderDatetime queryDatetime"),
        ["batch-query"] = Rules("version merchantId beginDateTime endDateTime pageNo signType"),
        ["refund"] = Rules("version signType merchantId orderNo refundAmount mchtRefundOrderNo orderDatetime"),
        ["refund-query"] = Rules(
            "version signType merchantId orderNo refundAmount refundDatetime mchtRefundOrderNo"),
        ["preauth-cancel"] = Rules("merchantId version orderAmount currency orderNo orderDatetime signType"),
        ["preauth-confirm"] = Rules(
            "version merchantId orderAmount confirmAmount currency orderNo orderDatetime signType"),
        [Notification] = Rules(Payment),
        ["order-query-answer"] = Rules(Payment),
        [RefundAnswer] = Rules(
            "merchantId version signType orderNo orderAmount orderDatetime refundAmount refundDatetime refundResult "
            + "mchtRefundOrderNo errorCode returnDatetime"),
    }.ToFrozenDictionary();

    /// <summary>The fields of an interface made of fields; null for one that is made of lines or unknown.</summary>
    public static FieldRule[]? Find(string @interface) => Orders.GetValueOrDefault(@interface);

    /// <summary>The fields of an interface that has some.</summary>
    public static FieldRule[] Of(string @interface) => Orders[@interface];

    /// <summary>The place of a field in the order; behind all others when the document does not have it.</summary>
    public static int Place(FieldRule[] order, string name)
    {
        var place = Array.FindIndex(order, rule => rule.Name == name);
        return place < 0 ? order.Length : place;
    }

    /// <summary>
    /// Fields that go along unsigned: cardNo (2.1), and two that stand in the example of 5.4 but not in its list.
    /// </summary>
    public static bool IsUnsigned(string @interface, string name) => (@interface, name) switch
    {
        (PayData, "cardNo") => true,
        (Ext1, "ship_to_shipmethod" or "logistics_cost") => true,
        _ => false,
    };

    private static FieldRule[] Rules(string names) =>
        [.. names.Split(' ').Select(name => new FieldRule(name, ShapeOf(name)))];

    private static FieldShape ShapeOf(string name) =>
        name is "pickupUrl" or "receiveUrl" ? FieldShape.Url : FieldShape.Plain;
}
