using System.Collections.Frozen;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// The members of each interface (the tables of section 4; refunds and pre-authorisations by LianLian's public client
/// code), with what they may hold. What is not here is an unknown member.
/// </summary>
internal static class LianLianMobileFields
{
    public const string Request = "request";
    public const string Answer = "answer";
    public const string OrderQueryAnswer = "order-query-answer";
    public const string SignedCardsAnswer = "signed-cards-answer";
    public const string CardBinAnswer = "card-bin-answer";
    public const string Notification = "notification";
    public const string SdkOrder = "sdk-order";
    public const string SdkResult = "sdk-result";

    public const string Sign = "sign";
    public const string SignType = "sign_type";

    /// <summary>What plain values may not hold beyond what separates fields (section 4.1, the second remark).</summary>
    public const string Reserved = "\"{}+\\";

    /// <summary>The one member that may be a list, and is never signed (section 4.5).</summary>
    public const string AgreementList = "agreement_list";

    private static readonly string[] Addresses = ["notify_url", "url_return", "return_url"];

    private static readonly FrozenDictionary<string, FrozenDictionary<string, FieldRule>> ByInterface =
        new Dictionary<string, FrozenDictionary<string, FieldRule>>
        {
            [Request] = Rules(
                "oid_partner sign_type no_order dt_order oid_paybill query_version api_version card_no user_id "
                + "platform pay_type no_agree offset no_refund dt_refund money_refund trader_refund oid_refundno "
                + "notify_url money_order risk_item"),
            [Answer] = Rules(
                "ret_code ret_msg sign_type oid_partner no_order dt_order oid_paybill money_order settle_date "
                + "info_order no_refund dt_refund money_refund oid_refundno sta_refund user_id no_agree pay_type"),
            [OrderQueryAnswer] = Rules(
                "ret_code ret_msg sign_type result_pay oid_partner dt_order no_order oid_paybill money_order "
                + "settle_date info_order pay_type bank_code bank_name memo card_no"),
            [SignedCardsAnswer] = Rules("ret_code ret_msg sign_type oid_partner user_id count agreement_list"),
            [CardBinAnswer] = Rules(
                "ret_code ret_msg sign_type oid_partner card_no bank_code bank_name card_type"),
            [Notification] = Rules(
                "oid_partner sign_type dt_order no_order oid_paybill money_order result_pay settle_date info_order "
                + "pay_type bank_code no_agree id_type id_no acct_name"),
            [SdkOrder] = Rules(
                "oid_partner sign_type busi_partner no_order dt_order name_goods info_order money_order notify_url "
                + "valid_order risk_item user_id ap_merchant_id pay_type bank_code force_bank"),
            [SdkResult] = Rules(
                "ret_code ret_msg sign_type oid_partner dt_order no_order oid_paybill result_pay money_order "
                + "settle_date info_order agreementno discountAmt"),
        }.ToFrozenDictionary();

    /// <summary>The interfaces in the order that commands and pages list them.</summary>
    public static IReadOnlyList<string> Interfaces { get; } =
    [
        Request, Answer, OrderQueryAnswer, SignedCardsAnswer, CardBinAnswer, Notification, SdkOrder, SdkResult,
    ];

    /// <summary>Whether there is such an interface.</summary>
    public static bool Has(string @interface) => ByInterface.ContainsKey(@interface);

    /// <summary>The rule of a member, or null when the interface does not have it.</summary>
    public static FieldRule? Rule(string @interface, string name) => ByInterface[@interface].GetValueOrDefault(name);

    /// <summary>Whether a member goes along unsigned, whatever it holds.</summary>
    public static bool IsNeverSigned(string @interface, string name) => (@interface, name) switch
    {
        (SdkOrder, "user_id" or "ap_merchant_id") => true,
        (SdkResult, "ret_code" or "ret_msg" or "agreementno") => true,
        (SignedCardsAnswer, AgreementList) => true,
        _ => false,
    };

    private static FrozenDictionary<string, FieldRule> Rules(string names) =>
        names.Split(' ').ToFrozenDictionary(name => name, name => new FieldRule(name, Shape(name)));

    private static FieldShape Shape(string name) =>
        Array.IndexOf(Addresses, name) >= 0 ? FieldShape.Url
        : name == "risk_item" ? FieldShape.Json
        : FieldShape.Plain;
}
