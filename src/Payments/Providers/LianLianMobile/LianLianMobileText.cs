using System.Buffers;
using System.Globalization;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>How LianLian mobile writes numbers, times and amounts (sections 3.2 and 4).</summary>
internal static class LianLianMobileText
{
    private const int LongestAmount = 12;

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private static readonly SearchValues<char> NotInNumbers =
        SearchValues.Create("&=\"{}+\\ \t\r\n\0,|");

    /// <summary>The currency of every amount.</summary>
    public static Currency Yuan { get; } = CurrencyTable.Get("CNY");

    /// <summary>yyyyMMddHHmmss in China time.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToOffset(China).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>Reads fourteen ASCII digits of China time; the result is UTC.</summary>
    public static bool TryReadTime(string text, out DateTimeOffset time) =>
        TryReadTime(text, "yyyyMMddHHmmss", out time);

    /// <summary>Reads a time of China in a format of digits; the result is UTC.</summary>
    public static bool TryReadTime(string text, string format, out DateTimeOffset time)
    {
        var read = DateTime.TryParseExact(
            text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        time = read && local.Year > 1 ? new DateTimeOffset(local, China).ToUniversalTime() : default;
        return time != default;
    }

    /// <summary>Merchant number: 18 digits.</summary>
    public static bool IsMerchant(string text) => text.Length == 18 && text.All(char.IsAsciiDigit);

    /// <summary>A number of ours or theirs: 1 to 32 printable ASCII characters that separate nothing.</summary>
    public static bool IsNumber(string text) =>
        text.Length is > 0 and <= 32 && !text.AsSpan().ContainsAny(NotInNumbers)
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>An amount in yuan that is more than nothing and fits the twelve characters of the document.</summary>
    public static bool IsAmount(Money money) =>
        money.Currency == Yuan && money.Minor > 0 && money.ToDecimalText().Length <= LongestAmount;

    /// <summary>
    /// Reads an amount in yuan as answers write it: "210.97", "0.2" and "100" are all legal; more than nothing, at
    /// most twelve characters and two decimals.
    /// </summary>
    public static bool TryReadAmount(string text, out Money money) =>
        Money.TryParse(text, Yuan, out money) && text.Length <= LongestAmount && money.Minor > 0;

    /// <summary>Whether a text keeps to the plain shape of this provider.</summary>
    public static bool IsPlain(string text) => FieldShape.Plain.Fits(text, LianLianMobileFields.Reserved);
}
