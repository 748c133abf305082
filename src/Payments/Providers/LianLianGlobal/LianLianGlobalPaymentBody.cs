using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MerchantPortal.Payments.Signatures;
using Row = System.Collections.Generic.IReadOnlyList<(string Name, string Value)>;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>Writes the body of a payment request, within the document's tables (sections 3 and 4.1.1).</summary>
internal static class LianLianGlobalPaymentBody
{
    private const int MaxProducts = 2048;

    // Chinese stays Chinese, so that lengths mean what the tables say; the text is no HTML.
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string[]> Choices = new()
    {
        ["payment_processor"] = ["alipayhk", "alipaycn", "wechathk", "wechatcn"],
        ["payment_method"] = ["applet", "public"],
        ["gender"] = ["male", "female", "undefined"],
        ["id_type"] = ["CPF", "CNPJ"],
        ["client_mode"] = ["18", "16", "13", "10", "0"],
        ["client_app_type"] = ["0", "1", "2"],
    };

    /// <summary>The body, or null and what is outside the document.</summary>
    public static string? Write(ProviderAccount account, LianLianGlobalPayment payment, out string why)
    {
        var info = payment.AdditionalInfo is { } known ? AdditionalInfo(known) : [];
        var body = new Dictionary<string, object>();
        string[] problems =
        [
            Put(body, Own(account, payment, info), LianLianGlobalFields.Payment),
            Check(info, LianLianGlobalFields.AdditionalInfo),
            Nest(body, "customer", Customer(payment.Customer), LianLianGlobalFields.Customer),
            Nest(body, "user_terminal_data", UserTerminal(payment.UserTerminal), LianLianGlobalFields.UserTerminal),
            Nest(
                body, "merchant_terminal_data", MerchantTerminal(payment.MerchantTerminal),
                LianLianGlobalFields.MerchantTerminal),
            PutProducts(body, payment),
            Rules(account, payment),
        ];
        why = Array.Find(problems, problem => problem.Length > 0) ?? "";
        if (why.Length > 0)
        {
            return null;
        }

        // transaction_time is number(15), everything else text.
        body["transaction_time"] = long.Parse((string)body["transaction_time"], CultureInfo.InvariantCulture);
        return JsonSerializer.Serialize(body, Plain);
    }

    private static string Rules(ProviderAccount account, LianLianGlobalPayment payment) =>
        !LianLianGlobalFormats.IsNumber(account.MerchantId, 32) ? "The merchant number is outside the document."
        : !LianLianGlobalFormats.IsNumber(payment.MerchantTransactionId, 64)
            ? "merchant_transaction_id is not made of letters, digits, - and _."
        : !LianLianGlobalCurrencies.Has(payment.Amount.Currency)
            || !account.Currencies.Contains(payment.Amount.Currency) ? "The account does not take this currency."
        : !LianLianGlobalCountries.Has(payment.Country) ? "country is not in the document."
        : payment.Customer is { Country.Length: > 0 } at && !LianLianGlobalCountries.Has(at.Country)
            ? "The customer's country is not in the document."
        : payment.Customer is { State.Length: > 0 } home && !LianLianGlobalStates.Fits(home.Country, home.State)
            ? "The customer's state is not one of its country."
        : payment.Customer.Phone.Length > 0 && !IsPhone(payment.Customer.Phone)
            ? "phone is not of the form +86-13812345678."
        : "";

    private static string PutProducts(Dictionary<string, object> body, LianLianGlobalPayment payment)
    {
        if (payment.Products.Count == 0)
        {
            return "";
        }

        List<Dictionary<string, object>> products = [];
        foreach (var product in payment.Products)
        {
            var one = new Dictionary<string, object>();
            var why = Put(one, Product(product), LianLianGlobalFields.Product);
            why = why.Length > 0 ? why
                : product.Quantity <= 0 ? "quantity is not positive."
                : product.Price.Currency != payment.Amount.Currency
                    || product.CostPrice.Currency != payment.Amount.Currency ? "A price is in another currency."
                : product.Description.AsSpan().ContainsAny("\"“”") ? "description has a quotation mark."
                : "";
            if (why.Length > 0)
            {
                return why;
            }

            one["quantity"] = product.Quantity;
            products.Add(one);
        }

        body["products"] = products;
        return JsonSerializer.Serialize(products, Plain).Length > MaxProducts
            ? "The products are longer than 2048 characters."
            : "";
    }

    private static string Nest(
        Dictionary<string, object> body, string name, Row row, IReadOnlyList<LianLianGlobalField> fields)
    {
        var inner = new Dictionary<string, object>();
        var why = row.Count == 0 ? "" : Put(inner, row, fields);
        if (inner.Count > 0)
        {
            body[name] = inner;
        }

        return why;
    }

    private static string Put(
        Dictionary<string, object> place, Row row, IReadOnlyList<LianLianGlobalField> fields)
    {
        foreach (var (name, value) in row.Where(member => member.Value.Length > 0))
        {
            place[name] = value;
        }

        return Check(row, fields);
    }

    private static string Check(Row row, IReadOnlyList<LianLianGlobalField> fields)
    {
        foreach (var (name, value) in row)
        {
            var field = fields.Single(known => known.Name == name);
            var why = value.Length == 0 && field.Required ? $"{name} is missing or outside the document."
                : value.Length > field.MaxLength ? $"{name} is longer than {field.MaxLength} characters."
                : !field.Shape.Fits(value) ? $"{name} has a character that separates fields."
                : value.Length > 0 && Choices.TryGetValue(name, out var choices) && !choices.Contains(value)
                    ? $"{name} is not one of the document's values."
                : "";
            if (why.Length > 0)
            {
                return why;
            }
        }

        return "";
    }

    private static Row Own(ProviderAccount account, LianLianGlobalPayment payment, Row info) =>
    [
        ("payment_processor", payment.PaymentProcessor), ("payment_method", payment.PaymentMethod),
        ("merchant_transaction_id", payment.MerchantTransactionId), ("merchant_id", account.MerchantId),
        ("order_description", payment.OrderDescription),
        ("transaction_amount", LianLianGlobalFormats.Amount(payment.Amount) ?? ""),
        ("transaction_currency", payment.Amount.Currency.Code),
        ("transaction_time", LianLianGlobalFormats.Time(
            payment.OrderedAt, LianLianGlobalOptions.Chosen(account, LianLianGlobalOptions.TransactionTime))),
        ("additional_info", info.Any(member => member.Value.Length > 0)
            ? JsonSerializer.Serialize(
                info.Where(member => member.Value.Length > 0)
                    .ToDictionary(member => member.Name, member => member.Value),
                Plain)
            : ""),
        ("notification_url", payment.NotificationUrl?.AbsoluteUri ?? ""), ("country", payment.Country),
    ];

    private static Row Product(LianLianGlobalProduct product) =>
    [
        ("product_id", product.ProductId), ("wxpay_product_id", product.WxpayProductId), ("name", product.Name),
        ("description", product.Description), ("cost_price", LianLianGlobalFormats.Amount(product.CostPrice) ?? ""),
        ("price", LianLianGlobalFormats.Amount(product.Price) ?? ""),
        ("quantity", product.Quantity.ToString(CultureInfo.InvariantCulture)), ("category", product.Category),
        ("sku", product.Sku), ("url", product.Url?.AbsoluteUri ?? ""), ("receipt_id", product.ReceiptId),
        ("shipping_provider", product.ShippingProvider),
    ];

    private static Row Customer(LianLianGlobalCustomer customer) =>
    [
        ("openid", customer.OpenId), ("first_name", customer.FirstName), ("last_name", customer.LastName),
        ("full_name", customer.FullName), ("gender", customer.Gender), ("id_type", customer.IdType),
        ("id_no", customer.IdNumber), ("email", customer.Email), ("phone", customer.Phone),
        ("company", customer.Company), ("line1", customer.Line1), ("line2", customer.Line2), ("city", customer.City),
        ("state", customer.State), ("country", customer.Country), ("postal_code", customer.PostalCode),
    ];

    private static Row UserTerminal(LianLianGlobalUserTerminal? terminal) => terminal is null ? [] :
    [
        ("order_ip", terminal.OrderIp), ("client_mode", terminal.ClientMode),
        ("client_app_type", terminal.ClientAppType), ("client_app_name", terminal.ClientAppName),
        ("app_package_name", terminal.AppPackageName), ("app_bundle_id", terminal.AppBundleId),
        ("client_android_imEI", terminal.AndroidImei), ("client_android_sim_id", terminal.AndroidSimId),
        ("client_ios_machine_id", terminal.IosMachineId),
    ];

    private static Row MerchantTerminal(LianLianGlobalMerchantTerminal? terminal) =>
        terminal is null ? [] : [("terminal_id", terminal.TerminalId), ("order_ip", terminal.OrderIp)];

    private static Row AdditionalInfo(LianLianGlobalAdditionalInfo info) =>
    [
        ("merchant_user_id", info.MerchantUserId), ("merchant_user_email", info.MerchantUserEmail),
        ("merchant_user_login_name", info.MerchantUserLoginName), ("user_register_ip", info.UserRegisterIp),
        ("user_register_phone", info.UserRegisterPhone), ("user_register_terminal", info.UserRegisterTerminal),
        ("user_register_time", info.UserRegisteredAt is { } at
            ? LianLianGlobalFormats.Time(at, LianLianGlobalOptions.Digits)
            : ""),
        ("need_receipt", info.NeedReceipt switch { true => "Y", false => "N", null => "" }),
        ("goods_tag", info.GoodsTag),
    ];

    private static bool IsPhone(string phone) =>
        phone.Split('-') is [['+', .. { Length: > 0 and <= 4 } area], { Length: > 0 } number]
        && !area.AsSpan().ContainsAnyExceptInRange('0', '9') && !number.AsSpan().ContainsAnyExceptInRange('0', '9');
}
