using System.Collections.Frozen;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>A field of the document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MaxLength">The most characters that string(n) or number(n) allows.</param>
/// <param name="Required">M in the document's tables.</param>
internal sealed record LianLianGlobalField(string Name, int MaxLength, bool Required)
{
    /// <summary>What it may hold.</summary>
    public FieldShape Shape => LianLianGlobalFields.ShapeOf(Name);
}

/// <summary>
/// The fields of every object of the document (sections 2.1.2, 3 and 4.1) and of the third version's refund, as rows of
/// name, length and M where it is mandatory.
/// </summary>
internal static class LianLianGlobalFields
{
    /// <summary>Section 2.1.2; return_message is how the third version spells return_msg.</summary>
    public static IReadOnlyList<LianLianGlobalField> General { get; } = Rows("""
        return_code 64 M, return_msg 128, return_message 128, trace_id 32, decline_code 128
        """);

    /// <summary>Section 3.1.</summary>
    public static IReadOnlyList<LianLianGlobalField> Product { get; } = Rows("""
        product_id 64 M, wxpay_product_id 64, name 128 M, description 128, cost_price 15 M, price 15 M, quantity 10 M,
        category 64, sku 128, url 1024, receipt_id 64, shipping_provider 64
        """);

    /// <summary>Section 3.2.</summary>
    public static IReadOnlyList<LianLianGlobalField> Customer { get; } = Rows("""
        openid 128 M, first_name 64, last_name 64, full_name 128, gender 16, id_type 16, id_no 32, email 64, phone 32,
        company 128, line1 256, line2 256, city 64, state 64, country 2, postal_code 32
        """);

    /// <summary>Section 3.3.</summary>
    public static IReadOnlyList<LianLianGlobalField> UserTerminal { get; } = Rows("""
        order_ip 64, client_mode 8, client_app_type 2, client_app_name 64, app_package_name 128, app_bundle_id 128,
        client_android_imEI 64, client_android_sim_id 64, client_ios_machine_id 128
        """);

    /// <summary>Section 3.4.</summary>
    public static IReadOnlyList<LianLianGlobalField> MerchantTerminal { get; } =
        Rows("terminal_id 64, order_ip 64");

    /// <summary>What additional_info holds (4.1.1). Where the document gives no length, 64 is ours.</summary>
    public static IReadOnlyList<LianLianGlobalField> AdditionalInfo { get; } = Rows("""
        merchant_user_id 64, merchant_user_email 64, merchant_user_login_name 64, user_register_ip 64,
        user_register_phone 32, user_register_terminal 64, user_register_time 14, need_receipt 64, goods_tag 64
        """);

    /// <summary>The payment request's own fields (4.1.1), without its objects.</summary>
    public static IReadOnlyList<LianLianGlobalField> Payment { get; } = Rows("""
        payment_processor 32 M, payment_method 32 M, merchant_transaction_id 64 M, merchant_id 32 M,
        order_description 256, transaction_amount 15 M, transaction_currency 3 M, transaction_time 15 M,
        additional_info 1024, notification_url 1024, country 2 M
        """);

    /// <summary>The answer to a payment request (4.1.1), behind the general fields.</summary>
    public static IReadOnlyList<LianLianGlobalField> PaymentAnswer { get; } = Rows("""
        ll_transaction_id 32 M, merchant_transaction_id 64 M, payment_params 1024 M, transaction_currency 3 M,
        transaction_amount 15 M
        """);

    /// <summary>A payment result: the notification (4.1.2) and the answer to the payment query (4.1.3).</summary>
    public static IReadOnlyList<LianLianGlobalField> Result { get; } = Rows("""
        merchant_id 32 M, ll_transaction_id 32 M, merchant_transaction_id 64 M, transaction_currency 3 M,
        transaction_amount 15 M, transaction_status 2 M, payment_time 15, settlement_currency 3, settlement_amount 15
        """);

    /// <summary>The third version's notification around its payment_data.</summary>
    public static IReadOnlyList<LianLianGlobalField> ResultV3 { get; } =
        Rows("merchant_id 32 M, sub_merchant_id 32, ll_transaction_id 32 M, merchant_transaction_id 64 M");

    /// <summary>The third version's payment_data.</summary>
    public static IReadOnlyList<LianLianGlobalField> PaymentData { get; } = Rows("""
        payment_currency_code 3 M, payment_amount 15 M, exchange_rate 24, payment_time 15, payment_status 2 M,
        settlement_currency_code 3, settlement_amount 15
        """);

    /// <summary>The third version's refund request around its refund_data.</summary>
    public static IReadOnlyList<LianLianGlobalField> Refund { get; } = Rows("""
        merchant_transaction_id 64 M, merchant_id 32 M, sub_merchant_id 32, merchant_refund_time 14 M,
        original_transaction_id 64 M, notification_url 1024
        """);

    /// <summary>The third version's answer about a refund, inside order and around refund_data.</summary>
    public static IReadOnlyList<LianLianGlobalField> RefundAnswer { get; } = Rows("""
        merchant_id 32, sub_merchant_id 32, ll_transaction_id 32 M, merchant_transaction_id 64 M,
        original_transaction_id 64 M
        """);

    /// <summary>The third version's refund_data, sent and answered.</summary>
    public static IReadOnlyList<LianLianGlobalField> RefundData { get; } = Rows("""
        refund_currency_code 3 M, refund_amount 15 M, settlement_currency_code 3, settlement_amount 15,
        actual_refund_currency_code 3, actual_refund_amount 15, refund_status 2, exchange_rate 24, refund_time 15,
        reason 256, card 32, account_date 15
        """);

    /// <summary>What may be shown: nothing of the payer, and not payment_params, whose contents pay.</summary>
    public static LianLianGlobalField[] Open { get; } =
    [
        .. General, .. Result, .. ResultV3, .. PaymentData, .. Refund,
        .. RefundData.Where(field => field.Name is not ("card" or "reason")),
        .. Payment.Where(field => field.Name is not ("additional_info" or "order_description")),
    ];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Names =
        new Dictionary<string, FrozenSet<string>>
        {
            ["request"] = NamesOf(
                Payment, Customer, Product, UserTerminal, MerchantTerminal, Refund, RefundData,
                Rows("customer 1, products 1, user_terminal_data 1, merchant_terminal_data 1, refund_data 1")),
            ["answer"] = NamesOf(
                General, PaymentAnswer, Result, ResultV3, PaymentData, RefundAnswer, RefundData,
                Rows("order 1, payment_data 1, refund_data 1")),
            ["notification"] = NamesOf(Result, ResultV3, PaymentData, Rows("payment_data 1")),
        }.ToFrozenDictionary();

    /// <summary>The names that the document, or the third version, has in an interface.</summary>
    public static FrozenSet<string> Named(string @interface) => Names[@interface];

    /// <summary>What a member of this name may hold, wherever it stands.</summary>
    public static FieldShape ShapeOf(string name) => name switch
    {
        "url" or "notification_url" => FieldShape.Url,
        "additional_info" or "payment_params" => FieldShape.Json,
        _ => FieldShape.Plain,
    };

    private static FrozenSet<string> NamesOf(params IReadOnlyList<LianLianGlobalField>[] lists) =>
        lists.SelectMany(list => list).Select(field => field.Name).ToFrozenSet();

    private static LianLianGlobalField[] Rows(string rows) =>
    [
        .. from row in rows.Split(',', StringSplitOptions.TrimEntries)
           let cells = row.Split(' ')
           select new LianLianGlobalField(
               cells[0], int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), cells.Length > 2),
    ];
}
