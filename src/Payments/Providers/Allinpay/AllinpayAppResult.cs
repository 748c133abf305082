using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>What the control told the app; nothing of it says whether money moved.</summary>
public enum AllinpayAppHint
{
    /// <summary>Not of the form of the document.</summary>
    Unreadable,

    /// <summary>payResult 0 or allinpay_pay_success: the request was taken in.</summary>
    Accepted,

    /// <summary>payResult 1 or allinpay_pay_fail: it was not.</summary>
    Failed,

    /// <summary>payResult -1: the payer turned back; iOS only.</summary>
    Cancelled,
}

/// <summary>
/// The result that the control hands to the app (section 2.2.2). It is unsigned and comes over the payer's own phone:
/// a reason to ask about the order, never a payment.
/// </summary>
/// <param name="Hint">What it says.</param>
/// <param name="PaymentOrderId">Allinpay's number of the last try; empty when there was none.</param>
/// <param name="PayAmount">The amount in minor units as it stands there, digits; empty when not told.</param>
/// <param name="PayTime">The time as it stands there, digits; empty when not told.</param>
public sealed record AllinpayAppResult(AllinpayAppHint Hint, string PaymentOrderId, string PayAmount, string PayTime)
{
    private static readonly AllinpayAppResult Unreadable = new(AllinpayAppHint.Unreadable, "", "", "");

    /// <summary>Reads the JSON text of either platform. Never throws.</summary>
    public static AllinpayAppResult Read(string result)
    {
        if (MessageMembers.Read(result, out _) is not { } members || members.Any(member => member.IsNested))
        {
            return Unreadable;
        }

        var values = members.ToDictionary(member => member.Name, member => member.Value);
        string Value(string name) => values.GetValueOrDefault(name, "");
        var hint = (Value("payResult"), Value("allinpay_pay_res")) switch
        {
            ("0", "") or ("", "allinpay_pay_success") => AllinpayAppHint.Accepted,
            ("1", "") or ("", "allinpay_pay_fail") => AllinpayAppHint.Failed,
            ("-1", "") => AllinpayAppHint.Cancelled,
            _ => AllinpayAppHint.Unreadable,
        };
        var (order, amount, time) = (Value("payOrderId"), Value("payAmount"), Value("payTime"));
        var isSound = (order.Length == 0 || AllinpayShape.IsNumber(order))
            && IsDigits(amount, 10) && IsDigits(time, 14);
        return hint == AllinpayAppHint.Unreadable || !isSound ? Unreadable : new(hint, order, amount, time);
    }

    private static bool IsDigits(string text, int most) => text.Length <= most && text.All(char.IsAsciiDigit);
}
