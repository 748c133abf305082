using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>
/// A payment request (section 4.1.1). Empty members are not sent. Lengths are characters; what is outside the
/// document's tables is refused before signing.
/// </summary>
public sealed record LianLianGlobalPayment
{
    /// <summary>alipayhk, alipaycn, wechathk or wechatcn.</summary>
    public required string PaymentProcessor { get; init; }

    /// <summary>applet or public.</summary>
    public required string PaymentMethod { get; init; }

    /// <summary>The shop's order number, unique; letters, digits, - and _, at most 64.</summary>
    public required string MerchantTransactionId { get; init; }

    /// <summary>Who pays.</summary>
    public required LianLianGlobalCustomer Customer { get; init; }

    /// <summary>What is bought; as JSON at most 2048 characters.</summary>
    public IReadOnlyList<LianLianGlobalProduct> Products { get; init; } = [];

    /// <summary>Shown on the payment page; at most 256.</summary>
    public string OrderDescription { get; init; } = "";

    /// <summary>Amount without tax; sent with two decimals, also in currencies that have none.</summary>
    public required Money Amount { get; init; }

    /// <summary>When it was ordered; sent in the format that the account chose.</summary>
    public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>The payer's device.</summary>
    public LianLianGlobalUserTerminal? UserTerminal { get; init; }

    /// <summary>The shop's terminal.</summary>
    public LianLianGlobalMerchantTerminal? MerchantTerminal { get; init; }

    /// <summary>What the shop knows of the payer; sent as JSON text of at most 1024.</summary>
    public LianLianGlobalAdditionalInfo? AdditionalInfo { get; init; }

    /// <summary>Where the result is posted to; at most 1024.</summary>
    public Uri? NotificationUrl { get; init; }

    /// <summary>The acquiring country, one of section 5.3.1.</summary>
    public required string Country { get; init; }
}

/// <summary>A product (section 3.1). Empty members are not sent.</summary>
public sealed record LianLianGlobalProduct
{
    /// <summary>The shop's number; at most 64.</summary>
    public required string ProductId { get; init; }

    /// <summary>WeChat's number; at most 64.</summary>
    public string WxpayProductId { get; init; } = "";

    /// <summary>Name; at most 128.</summary>
    public required string Name { get; init; }

    /// <summary>Description without quotation marks; at most 128.</summary>
    public string Description { get; init; } = "";

    /// <summary>Original price, in the payment's currency.</summary>
    public required Money CostPrice { get; init; }

    /// <summary>Price after discounts, in the payment's currency.</summary>
    public required Money Price { get; init; }

    /// <summary>How many; positive.</summary>
    public required int Quantity { get; init; }

    /// <summary>Category; at most 64.</summary>
    public string Category { get; init; } = "";

    /// <summary>SKU; at most 128. The document demands it for card payments.</summary>
    public string Sku { get; init; } = "";

    /// <summary>Its page; at most 1024.</summary>
    public Uri? Url { get; init; }

    /// <summary>Number of the receipt; at most 64.</summary>
    public string ReceiptId { get; init; } = "";

    /// <summary>Who ships it; at most 64. The document demands it for card payments.</summary>
    public string ShippingProvider { get; init; } = "";
}

/// <summary>The payer (section 3.2). Empty members are not sent.</summary>
public sealed record LianLianGlobalCustomer
{
    /// <summary>Number of the payer at the wallet; at most 128.</summary>
    public required string OpenId { get; init; }

    /// <summary>First name; at most 64.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>Last name; at most 64.</summary>
    public string LastName { get; init; } = "";

    /// <summary>Full name of a person or company; at most 128.</summary>
    public string FullName { get; init; } = "";

    /// <summary>male, female or undefined.</summary>
    public string Gender { get; init; } = "";

    /// <summary>CPF or CNPJ.</summary>
    public string IdType { get; init; } = "";

    /// <summary>Number of the document; at most 32.</summary>
    public string IdNumber { get; init; } = "";

    /// <summary>E-mail address; at most 64.</summary>
    public string Email { get; init; } = "";

    /// <summary>"+", country code, "-" and number: +86-13812345678; at most 32.</summary>
    public string Phone { get; init; } = "";

    /// <summary>Company; at most 128.</summary>
    public string Company { get; init; } = "";

    /// <summary>First line of the address; at most 256.</summary>
    public string Line1 { get; init; } = "";

    /// <summary>Second line of the address; at most 256.</summary>
    public string Line2 { get; init; } = "";

    /// <summary>City; at most 64.</summary>
    public string City { get; init; } = "";

    /// <summary>State; for US, BR and CA a code of section 5.3.3; at most 64.</summary>
    public string State { get; init; } = "";

    /// <summary>Country, one of section 5.3.1.</summary>
    public string Country { get; init; } = "";

    /// <summary>Postal code; at most 32.</summary>
    public string PostalCode { get; init; } = "";
}

/// <summary>The payer's device (section 3.3). Empty members are not sent.</summary>
public sealed record LianLianGlobalUserTerminal
{
    /// <summary>The payer's IP address; at most 64.</summary>
    public string OrderIp { get; init; } = "";

    /// <summary>18 IVR, 16 WAP, 13 PC, 10 app, 0 deduction by the merchant.</summary>
    public string ClientMode { get; init; } = "";

    /// <summary>0 iOS, 1 Android, 2 Windows Phone.</summary>
    public string ClientAppType { get; init; } = "";

    /// <summary>Name of the app; at most 64.</summary>
    public string ClientAppName { get; init; } = "";

    /// <summary>Android's package name; at most 128.</summary>
    public string AppPackageName { get; init; } = "";

    /// <summary>Apple's bundle; at most 128.</summary>
    public string AppBundleId { get; init; } = "";

    /// <summary>IMEI; at most 64.</summary>
    public string AndroidImei { get; init; } = "";

    /// <summary>SIM number; at most 64.</summary>
    public string AndroidSimId { get; init; } = "";

    /// <summary>UUID; at most 128.</summary>
    public string IosMachineId { get; init; } = "";
}

/// <summary>The shop's terminal (section 3.4). Empty members are not sent.</summary>
public sealed record LianLianGlobalMerchantTerminal
{
    /// <summary>Number of the terminal; at most 64.</summary>
    public string TerminalId { get; init; } = "";

    /// <summary>The payer's IP address; at most 64.</summary>
    public string OrderIp { get; init; } = "";
}

/// <summary>What the shop knows of the payer (additional_info, section 4.1.1). Empty members are not sent.</summary>
public sealed record LianLianGlobalAdditionalInfo
{
    /// <summary>The shop's number of the payer; at most 64.</summary>
    public string MerchantUserId { get; init; } = "";

    /// <summary>E-mail address; at most 64.</summary>
    public string MerchantUserEmail { get; init; } = "";

    /// <summary>Login name; at most 64.</summary>
    public string MerchantUserLoginName { get; init; } = "";

    /// <summary>IP address at registration; at most 64.</summary>
    public string UserRegisterIp { get; init; } = "";

    /// <summary>Phone number at registration; at most 32.</summary>
    public string UserRegisterPhone { get; init; } = "";

    /// <summary>Terminal at registration, such as "android"; at most 64.</summary>
    public string UserRegisterTerminal { get; init; } = "";

    /// <summary>When the payer registered; sent as fourteen digits in UTC+8.</summary>
    public DateTimeOffset? UserRegisteredAt { get; init; }

    /// <summary>Whether the payer is to be shown a receipt; sent as Y or N.</summary>
    public bool? NeedReceipt { get; init; }

    /// <summary>Tag of a discount; at most 64.</summary>
    public string GoodsTag { get; init; } = "";
}
