using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// Messages as they may be shown: a few members by value, the rest by length only, cards by their last four digits,
/// the signature not at all. A value that could hold another member (with &amp; and = in it) is shown by its length.
/// </summary>
internal static class LianLianMobileShown
{
    private const int Longest = 128;
    private const int LongestDigitRun = 6;

    private static readonly HashSet<string> Open = [
        .. "oid_partner sign_type busi_partner no_order dt_order money_order valid_order ret_code oid_paybill "
            .Split(' ', StringSplitOptions.RemoveEmptyEntries),
        .. "result_pay settle_date discountAmt pay_type bank_code card_type count offset query_version "
            .Split(' ', StringSplitOptions.RemoveEmptyEntries),
        .. "api_version no_refund dt_refund money_refund oid_refundno sta_refund force_bank".Split(' '),
    ];

    /// <summary>Members in the order they stand in.</summary>
    public static string Members(IEnumerable<MessageMember> members) => string.Join(
        '\n',
        members.Where(member => !MessageMembers.IsSignature(member.Name)).Take(64).Select(Member));

    /// <summary>A body that arrived; never throws.</summary>
    public static string Body(ReadOnlySpan<byte> body)
    {
        if (StrictJson.Decode(body) is not { } text)
        {
            return $"({body.Length} bytes that are not UTF-8)";
        }

        return MessageMembers.Read(text, out var why) is { } members
            ? Members(members)
            : $"({body.Length} bytes: {why})";
    }

    /// <summary>A card by its last four digits; less than five digits are shown as they stand.</summary>
    public static string Card(string number) => number.Length > 4 && number.All(char.IsAsciiDigit)
        ? new string('*', number.Length - 4) + number[^4..]
        : $"({number.Length} characters)";

    /// <summary>A phone number by its first three and last two digits.</summary>
    public static string Phone(string number) => number.Length >= 7 && number.All(char.IsAsciiDigit)
        ? number[..3] + new string('*', number.Length - 5) + number[^2..]
        : "";

    private static string Member(MessageMember member) => member switch
    {
        { IsNested: true } => $"{Name(member.Name)}=(a list)",
        { Name: "card_no", Value.Length: > 0 } => $"card_no={Card(member.Value)}",
        { Name: "ret_msg" or "memo" or "bank_name" } when IsHarmless(member.Value) => $"{member.Name}={member.Value}",
        _ when Open.Contains(member.Name) && IsShort(member.Value) => $"{member.Name}={member.Value}",
        _ => $"{Name(member.Name)}=({member.Value.Length} characters)",
    };

    private static string Name(string name) =>
        name.Length is > 0 and <= 32 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : "?";

    private static bool IsShort(string value) => value.Length <= Longest && LianLianMobileText.IsPlain(value);

    /// <summary>A sentence of LianLian's that holds no long number, which could be a phone or a card.</summary>
    private static bool IsHarmless(string value)
    {
        var run = 0;
        foreach (var c in value)
        {
            run = char.IsDigit(c) ? run + 1 : 0;
            if (run >= LongestDigitRun || char.IsControl(c))
            {
                return false;
            }
        }

        return IsShort(value);
    }
}
