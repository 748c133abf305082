using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>What a merchant's contract lets the payer pay with; it decides the table of currencies.</summary>
public enum AllinpayProduct
{
    /// <summary>Cards of China, in yuan.</summary>
    Domestic,

    /// <summary>Cards of China for goods or services from abroad, in a currency of section 6.2.</summary>
    CrossBorder,

    /// <summary>Visa, Mastercard or JCB, in a currency of section 6.3.</summary>
    InternationalCard,
}

/// <summary>What the payer sees first (section 2.1, payType).</summary>
public enum AllinpayPayType
{
    /// <summary>0: all ways that the merchant has, for the payer to choose.</summary>
    PayersChoice = 0,

    /// <summary>27: the card number of a debit or credit card at once.</summary>
    BankCard = 27,

    /// <summary>30: an international card at once.</summary>
    InternationalCard = 30,
}

/// <summary>Whether goods or services are traded (section 2.1, tradeNature).</summary>
public enum AllinpayTrade
{
    /// <summary>Not told; allowed in yuan only.</summary>
    NotTold,

    /// <summary>GOODS.</summary>
    Goods,

    /// <summary>SERVICES.</summary>
    Services,
}

/// <summary>The language of the payment pages; international cards only (section 2.1, language).</summary>
public enum AllinpayLanguage
{
    /// <summary>Not told.</summary>
    NotTold,

    /// <summary>1: simplified Chinese.</summary>
    SimplifiedChinese,

    /// <summary>2: traditional Chinese.</summary>
    TraditionalChinese,

    /// <summary>3: English.</summary>
    English,
}

/// <summary>An order that the merchant's app hands to Allinpay's control (section 2.1).</summary>
public sealed record AllinpayPayOrder
{
    /// <summary>The shop's order number: letters, digits, - and _, at most 50.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>What is paid; in minor units at most ten digits.</summary>
    public required Money Amount { get; init; }

    /// <summary>When the order was made; sent to the second, and every later question needs it again.</summary>
    public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>What is bought, plain text.</summary>
    public required string ProductName { get; init; }

    /// <summary>Where Allinpay posts the result: an absolute http or https address.</summary>
    public required string ReceiveUrl { get; init; }

    /// <summary>What the payer pays with.</summary>
    public AllinpayProduct Product { get; init; }

    /// <summary>What the payer sees first.</summary>
    public AllinpayPayType PayType { get; init; }

    /// <summary>Goods or services; across borders and with international cards only.</summary>
    public AllinpayTrade Trade { get; init; }

    /// <summary>Language of the payment pages; international cards only.</summary>
    public AllinpayLanguage Language { get; init; }

    /// <summary>visa, mastercard or jcb; international cards only; empty when the payer chooses.</summary>
    public string CardScheme { get; init; } = "";

    /// <summary>
    /// The payer's number at Allinpay, for shops with members (section 1.4.1); empty otherwise. It goes into ext1, so
    /// it cannot be told beside an international card's digest.
    /// </summary>
    public string UserId { get; init; } = "";

    /// <summary>
    /// The card number to show to the payer, ASCII digits; null otherwise. It goes along unsigned, and not with
    /// international cards.
    /// </summary>
    public SecretBytes? CardNumber { get; init; }

    /// <summary>The further fields of an international card, and only of one.</summary>
    public AllinpayCardDetails? Card { get; init; }
}
