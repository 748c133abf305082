using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>How far a signed payment message could be read.</summary>
internal enum AllinpayPaymentReading
{
    /// <summary>Signed by Allinpay and of the documented shape.</summary>
    Genuine,

    /// <summary>Signed by Allinpay, outside the documented shape.</summary>
    OutsideShape,

    /// <summary>Not signed, wrongly signed, or signed in another way than the account's.</summary>
    Forged,
}

/// <summary>
/// The payment result of section 2.2.3, the same in notifications and in answers to the single query.
/// </summary>
internal sealed record AllinpayPayment(
    AllinpayPaymentReading Reading, string Why, OrderFacts? Facts, string SemanticKey)
{
    // With the longest value that is believed. errorCode and issuerId are printed as 10 and 8, but
    // the document's own values (EM0001_000001, mastercard) are longer.
    private static readonly (string Name, int MaxLength, bool Required)[] Members =
    [
        ("merchantId", 30, true), ("version", 10, true), ("language", 2, false), ("signType", 2, true),
        ("payType", 2, false), ("issuerId", 20, false), ("paymentOrderId", 50, true), ("orderNo", 50, true),
        ("orderDatetime", 14, true), ("orderAmount", 10, true), ("payDatetime", 14, true), ("payAmount", 10, true),
        ("ext1", 128, false), ("ext2", 128, false), ("payResult", 2, true), ("errorCode", 20, false),
        ("returnDatetime", 14, true),
    ];

    private const string Signature = "signMsg";

    /// <summary>Verifies first and reads then: nothing of an unsigned message is believed or judged.</summary>
    public static AllinpayPayment Read(AllinpayForm form, ProviderAccount account, AllinpayVerifier verifier)
    {
        if (form[Signature].Length is 0 or > 1024)
        {
            return Forged("There is no signMsg.");
        }

        var told = form["signType"];
        if (told.Length > 0 && told != AllinpayOptions.SignType(account.AnswerSignature))
        {
            return Forged($"The message says signType {(told is "0" or "1" ? told : "?")}, the account is pinned to "
                + $"{AllinpayOptions.SignType(account.AnswerSignature)}.");
        }

        var source = AllinpaySigning.Text(AllinpayFields.Notification, name => form[name]);
        if (!verifier.Form(source, form[Signature]))
        {
            return Forged("The signature does not fit the message.");
        }

        var outside = FirstOutside(form, account);
        return outside.Length > 0 ? Outside(outside) : ReadFacts(form, account);
    }

    /// <summary>The fields as they may be shown: by name, extension fields by length only, no signature.</summary>
    public static string Show(AllinpayForm form) =>
        string.Join('\n', form.Names.Where(name => name != Signature).Select(name => ShowField(name, form[name])));

    private static string ShowField(string name, string value) =>
        name is "ext1" or "ext2" || !Array.Exists(Members, m => m.Name == name && value.Length <= m.MaxLength)
            ? $"{(name.All(char.IsAsciiLetterOrDigit) ? name : "?")}=({value.Length} characters)"
            : $"{name}={value}";

    private static string FirstOutside(AllinpayForm form, ProviderAccount account)
    {
        foreach (var name in form.Names)
        {
            if (name != Signature && !Array.Exists(Members, m => m.Name == name))
            {
                return "A member is not in the document.";
            }
        }

        foreach (var (name, max, required) in Members)
        {
            var value = form[name];
            if (!AllinpaySigning.IsPlain(value))
            {
                return $"{name} has a character that separates fields.";
            }

            if (value.Length > max || (required && value.Length == 0))
            {
                return $"{name} is missing or too long.";
            }
        }

        return form["merchantId"] != account.MerchantId ? "It is for another merchant."
            : form["version"] is not ("v1.0" or "v2.0") ? "version is neither v1.0 nor v2.0."
            : "";
    }

    private static AllinpayPayment ReadFacts(AllinpayForm form, ProviderAccount account)
    {
        var currency = account.Currencies[0];
        if (!AllinpayShape.TryReadAmount(form["orderAmount"], currency, out var amount)
            || !AllinpayShape.TryReadAmount(form["payAmount"], currency, out var paid))
        {
            return Outside("An amount is not made of digits.");
        }

        if (!AllinpayTime.TryRead(form["orderDatetime"], out var orderedAt)
            || !AllinpayTime.TryRead(form["payDatetime"], out var paidAt)
            || !AllinpayTime.TryRead(form["returnDatetime"], out _))
        {
            return Outside("A time is not of fourteen digits.");
        }

        if (form["payResult"] is not ("0" or "1"))
        {
            return Outside("payResult is neither 0 nor 1.");
        }

        var facts = new OrderFacts
        {
            MerchantId = form["merchantId"],
            MerchantNumber = form["orderNo"],
            ProviderNumber = form["paymentOrderId"],
            OrderedAt = orderedAt,
            Amount = amount,
            Paid = form["payResult"] == "1" ? paid : null,
            PaidAt = form["payResult"] == "1" ? paidAt : null,
            Event = Meaning(form["payResult"]),
            RawState = "payResult " + form["payResult"],
            Method = (form["payType"] + " " + form["issuerId"]).Trim(),
        };
        var key = string.Join('|', form["paymentOrderId"], form["payResult"], form["payAmount"]);
        return new(AllinpayPaymentReading.Genuine, "", facts, key);
    }

    /// <summary>payResult: 1 is paid, 0 is not.</summary>
    internal static OrderEvent Meaning(string payResult) =>
        payResult == "1" ? OrderEvent.PaymentSucceeded : OrderEvent.PaymentFailed;

    private static AllinpayPayment Forged(string why) => new(AllinpayPaymentReading.Forged, why, null, "");

    private static AllinpayPayment Outside(string why) => new(AllinpayPaymentReading.OutsideShape, why, null, "");
}
