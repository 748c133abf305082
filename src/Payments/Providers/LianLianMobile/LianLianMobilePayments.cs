using System.Globalization;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// Signs the parameters that the merchant's app hands to LianLian's SDK, for payments and pre-authorisations, and
/// verifies what the SDK gives back (section 4.1). It sends nothing.
/// </summary>
public sealed class LianLianMobilePayments(TimeProvider time)
{
    private const int LongestAddress = 128;
    private const int LongestGoodsName = 40;
    private const int LongestDescription = 255;

    /// <summary>How far the shop's day may be from LianLian's (section 3.2).</summary>
    private static readonly TimeSpan FarthestDay = TimeSpan.FromDays(1);

    /// <summary>Signs an order with the account's own key, MD5 or RSA as the account is pinned.</summary>
    public LianLianMobileParameters Sign(ProviderAccount account, LianLianMobileOrder order, ProviderKeys keys)
    {
        if (Problem(account, order) is { Length: > 0 } problem)
        {
            return new LianLianMobileParameters.Refused(ProviderError.InvalidRequest, problem);
        }

        var fields = Fields(account, order);
        if (LianLianMobileMessages.Sign(
            LianLianMobileFields.SdkOrder, account.AnswerSignature, fields, keys, out var error, out var why)
            is not { } sign)
        {
            return new LianLianMobileParameters.Refused(error, why);
        }

        var call = order.Purpose == LianLianMobilePurpose.Payment ? "payWithTraderInfo" : "preauthWithTraderInfo";
        var json = LianLianMobileMessages.Body([.. fields, new(LianLianMobileFields.Sign, sign)]);
        return new LianLianMobileParameters.Ready(
            call, Encoding.UTF8.GetString(json), LianLianMobileShown.Body(json),
            [.. LianLianMobileRiskItem.Missing(order.Risk)]);
    }

    /// <summary>
    /// Verifies the result that the SDK gave to the app. ret_code, ret_msg and agreementno are not signed, so
    /// result_pay alone tells how it went; the facts still have to equal our own order.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="purpose">What the order was for: success of a pre-authorisation holds the amount.</param>
    /// <param name="result">The JSON text as the app received it, UTF-8.</param>
    /// <param name="keys">The account's keys.</param>
    public LianLianMobileSdkResult ReadResult(
        ProviderAccount account, LianLianMobilePurpose purpose, ReadOnlyMemory<byte> result, ProviderKeys keys)
    {
        using var verifier = LianLianMobileVerifier.Open(account.AnswerSignature, keys, time.GetUtcNow(), out var why);
        if (verifier is null)
        {
            return new(new NotificationVerdict.NoKey { Why = why }, null, "");
        }

        var told = verifier.Read(LianLianMobileFields.SdkResult, result.Span);
        var code = told.Told("ret_code") is { Length: <= 10 } shown ? shown : "";
        return told.Reading switch
        {
            LianLianMobileReading.Genuine => ReadFacts(told, account, purpose, code),
            LianLianMobileReading.OutsideShape => new(Outside(told, told.Why), null, code),
            LianLianMobileReading.Malformed => new(new NotificationVerdict.Malformed(told.Why), null, code),
            _ => new(new NotificationVerdict.Forged(told.Why), null, code),
        };
    }

    private static LianLianMobileSdkResult ReadFacts(
        LianLianMobileMessage told, ProviderAccount account, LianLianMobilePurpose purpose, string code)
    {
        if (LianLianMobilePayment.Read(told, account, out var why) is not { } facts)
        {
            return new(Outside(told, why), null, code);
        }

        Money? discount = null;
        if (told["discountAmt"] is { Length: > 0 } text)
        {
            if (!LianLianMobileText.TryReadAmount(text, out var money) || money.Minor > facts.Amount.Minor)
            {
                return new(Outside(told, "discountAmt is not a part of the amount."), null, code);
            }

            discount = money;
        }

        if (told["result_pay"] is not ("SUCCESS" or "PROCESSING" or "FAILURE"))
        {
            return new(Outside(told, "result_pay is not a result of the SDK."), null, code);
        }

        var isHeld = purpose == LianLianMobilePurpose.PreAuthorisation && facts.Event == OrderEvent.PaymentSucceeded;
        facts = isHeld ? facts with { Event = OrderEvent.PaymentAuthorised, Paid = null } : facts;
        return new(
            new NotificationVerdict.Genuine(facts, LianLianMobilePayment.SemanticKey(facts)), discount, code);
    }

    private static NotificationVerdict.OutsideShape Outside(LianLianMobileMessage told, string why) => new(
        told.Told("no_order") is var number && LianLianMobileText.IsNumber(number) ? number : null, why);

    private static LianLianMobileField[] Fields(ProviderAccount account, LianLianMobileOrder order) =>
    [
        new("oid_partner", account.MerchantId),
        new(LianLianMobileFields.SignType, LianLianMobileMessages.SignType(account)),
        new("busi_partner", order.Business == LianLianMobileBusiness.VirtualGoods ? "101001" : "109001"),
        new("no_order", order.MerchantNumber),
        new("dt_order", LianLianMobileText.Time(order.OrderedAt)),
        new("name_goods", order.GoodsName),
        new("info_order", order.Description),
        new("money_order", order.Amount.ToDecimalText()),
        new("notify_url", order.NotifyAddress.AbsoluteUri),
        new("valid_order", Minutes(order.ValidFor)),
        new("risk_item", LianLianMobileRiskItem.Text(order.Risk)),
        new("user_id", order.PayerId),
        new("ap_merchant_id", order.ApplePayMerchantId),
        new("pay_type", order.PayType),
        new("bank_code", order.BankCode),
        new("force_bank", order.ForceBank ? "1" : ""),
    ];

    private static string Minutes(TimeSpan? time) =>
        time is { } told ? (told.Ticks / TimeSpan.TicksPerMinute).ToString(CultureInfo.InvariantCulture) : "";

    private string Problem(ProviderAccount account, LianLianMobileOrder order) =>
        !LianLianMobileText.IsMerchant(account.MerchantId) ? "The merchant number is not of 18 digits."
        : !LianLianMobileText.IsNumber(order.MerchantNumber) ? "no_order is outside the document."
        : !LianLianMobileText.IsAmount(order.Amount) || !account.Currencies.Contains(order.Amount.Currency)
            ? "money_order is outside the document."
        : (order.OrderedAt - time.GetUtcNow()).Duration() > FarthestDay ? "dt_order is more than a day away."
        : order.GoodsName.Length > LongestGoodsName ? "name_goods is too long."
        : order.Description.Length > LongestDescription ? "info_order is too long."
        : order.NotifyAddress is not { IsAbsoluteUri: true }
            || order.NotifyAddress.AbsoluteUri.Length > LongestAddress ? "notify_url is missing or too long."
        : order.ValidFor is { } valid && (valid < TimeSpan.FromMinutes(1) || Minutes(valid).Length > 8)
            ? "valid_order is not of whole minutes."
        : !LianLianMobileText.IsNumber(order.PayerId) ? "user_id is outside the document."
        : order.PayType is not ("" or "2" or "3") ? "pay_type is outside the document."
        : order.BankCode.Length > 0 && LianLianMobileBanks.Find(order.BankCode).Count == 0
            ? "bank_code is not in the document."
        : LianLianMobileRiskItem.Problem(order.Risk);
}
