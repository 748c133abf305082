using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>Which call of the app's SDK an order is for (section 4.1).</summary>
public enum LianLianMobilePurpose
{
    /// <summary>A payment: payWithTraderInfo.</summary>
    Payment,

    /// <summary>A pre-authorisation: preauthWithTraderInfo.</summary>
    PreAuthorisation,
}

/// <summary>What is sold (busi_partner).</summary>
public enum LianLianMobileBusiness
{
    /// <summary>Virtual goods, 101001.</summary>
    VirtualGoods,

    /// <summary>Physical goods, 109001.</summary>
    PhysicalGoods,
}

/// <summary>An order as the merchant's app hands it to the SDK (the table of section 4.1).</summary>
public sealed record LianLianMobileOrder
{
    /// <summary>Payment or pre-authorisation.</summary>
    public LianLianMobilePurpose Purpose { get; init; }

    /// <summary>busi_partner.</summary>
    public required LianLianMobileBusiness Business { get; init; }

    /// <summary>no_order: 1 to 32 printable ASCII characters; with the time it names the order for ever.</summary>
    public required string MerchantNumber { get; init; }

    /// <summary>dt_order; sent to the second, in China time.</summary>
    public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>name_goods, at most 40 characters; may be left out.</summary>
    public string GoodsName { get; init; } = "";

    /// <summary>info_order, at most 255 characters; it comes back in notifications. May be left out.</summary>
    public string Description { get; init; } = "";

    /// <summary>money_order, in yuan; more than nothing.</summary>
    public required Money Amount { get; init; }

    /// <summary>notify_url, at most 128 characters.</summary>
    public required Uri NotifyAddress { get; init; }

    /// <summary>valid_order, sent in whole minutes; the document's default is seven days.</summary>
    public TimeSpan? ValidFor { get; init; }

    /// <summary>risk_item.</summary>
    public required LianLianMobileRisk Risk { get; init; }

    /// <summary>user_id: the payer's number in the shop, at most 32 characters; it goes along unsigned.</summary>
    public required string PayerId { get; init; }

    /// <summary>ap_merchant_id, for Apple Pay; it goes along unsigned. May be left out.</summary>
    public string ApplePayMerchantId { get; init; } = "";

    /// <summary>pay_type, in the document's example only; may be left out.</summary>
    public string PayType { get; init; } = "";

    /// <summary>bank_code, in the document's example only; may be left out.</summary>
    public string BankCode { get; init; } = "";

    /// <summary>force_bank, in the document's example only: "1" holds the payer to the bank.</summary>
    public bool ForceBank { get; init; }
}

/// <summary>The parameters for the app, or why there are none. The family is closed.</summary>
public abstract record LianLianMobileParameters
{
    /// <summary>Signed and ready. It holds a signature and the payer's data, so it tells nothing of itself.</summary>
    /// <param name="SdkCall">The call to hand them to.</param>
    /// <param name="Json">The parameters as one JSON object, risk_item as a text in it.</param>
    /// <param name="Shown">The parameters as they may be shown: masked, without signature.</param>
    /// <param name="Warnings">Risk parameters that will be missed.</param>
    public sealed record Ready(string SdkCall, string Json, string Shown, IReadOnlyList<string> Warnings)
        : LianLianMobileParameters
    {
        /// <inheritdoc/>
        public override string ToString() => $"(signed parameters for {SdkCall})";
    }

    /// <summary>Nothing was signed.</summary>
    /// <param name="Error">Why, in our words.</param>
    /// <param name="Why">Why, in words for people; no values.</param>
    public sealed record Refused(ProviderError Error, string Why) : LianLianMobileParameters;
}

/// <summary>
/// What the SDK told the app, as far as it is LianLian's word. It came through the payer's phone: a hint that shows at
/// once, while the notification or the order query decides.
/// </summary>
/// <param name="Verdict">Whether it is genuine, and the facts.</param>
/// <param name="Discount">discountAmt, when there was one.</param>
/// <param name="UnsignedCode">ret_code, which is not signed: for people, never for decisions.</param>
public sealed record LianLianMobileSdkResult(NotificationVerdict Verdict, Money? Discount, string UnsignedCode);
