using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Signs orders for the merchant's app (section 2.1). Nothing is sent from here: the app's control does that.
/// </summary>
/// <param name="options">Versions; the document's own when left out.</param>
public sealed class AllinpayPayments(AllinpayOptions? options = null)
{
    private readonly AllinpayOptions options = options ?? new();

    /// <summary>
    /// Makes payData, the JSON text that the app hands to startPay, as UTF-8. It is kept like a secret because a card
    /// number or an international card's fields may be in it; the caller disposes it once it is written.
    /// </summary>
    /// <param name="account">The account; its answer signature becomes signType.</param>
    /// <param name="order">The order.</param>
    /// <param name="keys">The account's keys; the MD5 key signs, whatever signType is.</param>
    /// <param name="payData">The JSON text, or null.</param>
    /// <param name="why">What the document does not allow, naming the field and never a value; empty otherwise.</param>
    public bool TrySign(
        ProviderAccount account,
        AllinpayPayOrder order,
        ProviderKeys keys,
        [NotNullWhen(true)] out SecretBytes? payData,
        out string why)
    {
        payData = null;
        why = keys.SharedSecret is null ? "No MD5 key is configured." : AllinpayPayRules.Problem(account, order);
        if (why.Length > 0)
        {
            return false;
        }

        AllinpayField[] fields =
        [
            new("inputCharset", "1"),
            new("receiveUrl", order.ReceiveUrl),
            new("version", options.PayDataVersion),
            new("language", Number((int)order.Language)),
            new("signType", AllinpayOptions.SignType(account.AnswerSignature)),
            new("merchantId", account.MerchantId),
            new("orderNo", order.OrderNumber),
            new("orderAmount", order.Amount.ToMinorText()),
            new("orderCurrency", AllinpayPayRules.CurrencyCode(order)!),
            new("orderDatetime", AllinpayTime.Text(order.OrderedAt)),
            new("productName", order.ProductName),
            new("ext1", Extension(order)),
            new("payType", ((int)order.PayType).ToString(CultureInfo.InvariantCulture)),
            new("issuerId", order.CardScheme),
            new("tradeNature", TradeNature(order.Trade)),
        ];
        var signature = AllinpaySigning.Sign(AllinpayFields.PayData, fields, keys.SharedSecret!);
        payData = AllinpayPayText.Write([.. fields, new("signMsg", signature)], order);
        return true;
    }

    /// <summary>The member's number, or the digest over an international card's fields (section 5.4).</summary>
    private static string Extension(AllinpayPayOrder order) => order.Card is { } card ? card.Digest()
        : order.UserId.Length > 0 ? $"<USER>{order.UserId}</USER>"
        : "";

    private static string Number(int choice) => choice == 0 ? "" : choice.ToString(CultureInfo.InvariantCulture);

    private static string TradeNature(AllinpayTrade trade) => trade switch
    {
        AllinpayTrade.Goods => "GOODS",
        AllinpayTrade.Services => "SERVICES",
        _ => "",
    };
}

/// <summary>What section 2.1 allows in an order, and what it allows together.</summary>
internal static class AllinpayPayRules
{
    /// <summary>The currency's code in the table of the order's product; null when the product has none.</summary>
    public static string? CurrencyCode(AllinpayPayOrder order) => AllinpayCurrencies.CodeOf(
        order.Product switch
        {
            AllinpayProduct.CrossBorder => AllinpayCurrencies.CrossBorder,
            AllinpayProduct.InternationalCard => AllinpayCurrencies.InternationalCards,
            _ => AllinpayCurrencies.Domestic,
        },
        order.Amount.Currency);

    /// <summary>Why the order cannot be signed; empty when it can.</summary>
    public static string Problem(ProviderAccount account, AllinpayPayOrder order) =>
        !AllinpayShape.IsMerchant(account.MerchantId) ? "merchantId is not of at most 30 digits."
        : !AllinpayShape.IsNumber(order.OrderNumber) ? "orderNo is not of letters, digits, - and _, at most 50."
        : !AllinpayShape.IsAmount(order.Amount) ? "orderAmount is not of at most ten digits, or nothing."
        : order.ReceiveUrl.Length == 0 || !FieldShape.Url.Fits(order.ReceiveUrl) ? "receiveUrl is not an address."
        : order.ProductName.Length == 0 || !AllinpaySigning.IsPlain(order.ProductName)
            ? "productName is empty or has a character that separates fields."
        : !account.Currencies.Contains(order.Amount.Currency) ? "The account does not take this currency."
        : CurrencyCode(order) is null ? "orderCurrency: this product does not take the currency."
        : order.Product == AllinpayProduct.InternationalCard ? InternationalProblem(order)
        : NationalProblem(order);

    private static string InternationalProblem(AllinpayPayOrder order) =>
        order.PayType == AllinpayPayType.BankCard ? "payType 27 is for cards of China."
        : order.CardScheme is not ("" or "visa" or "mastercard" or "jcb") ? "issuerId is not visa, mastercard or jcb."
        : !Enum.IsDefined(order.Language) ? "language is not one of the document's."
        : order.CardNumber is not null ? "cardNo is for cards of China."
        : order.UserId.Length > 0 ? "ext1 holds the card's digest; a member's number has no place in it."
        : order.Card is null ? "The further fields of the international card are missing."
        : TradeProblem(order) is { Length: > 0 } trade ? trade
        : order.Card.Problem();

    private static string NationalProblem(AllinpayPayOrder order) =>
        order.PayType is not (AllinpayPayType.PayersChoice or AllinpayPayType.BankCard)
            ? "payType 30 is for international cards."
        : order.CardScheme.Length > 0 ? "issuerId is for international cards."
        : order.Language != AllinpayLanguage.NotTold ? "language is for international cards."
        : order.Card is not null ? "Card details are for international cards."
        : order.UserId.AsSpan().ContainsAny("<>") || !AllinpaySigning.IsPlain(order.UserId)
            ? "The member's number has a character that separates fields."
        : order.CardNumber is { } card && !IsCardNumber(card.Span) ? "cardNo is not of 13 to 19 digits."
        : order.Product == AllinpayProduct.Domestic && order.Trade != AllinpayTrade.NotTold
            ? "tradeNature is for payments across borders."
        : TradeProblem(order);

    private static string TradeProblem(AllinpayPayOrder order) =>
        !Enum.IsDefined(order.Trade) ? "tradeNature is neither goods nor services."
        : order.Trade == AllinpayTrade.NotTold && order.Amount.Currency.Code != "CNY"
            ? "tradeNature has to be told in every currency but yuan."
        : "";

    private static bool IsCardNumber(ReadOnlySpan<byte> number) =>
        number.Length is >= 13 and <= 19 && number.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
