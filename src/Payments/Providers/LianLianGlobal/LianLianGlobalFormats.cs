using System.Buffers;
using System.Globalization;
using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>Numbers, amounts and times as the document writes them.</summary>
internal static class LianLianGlobalFormats
{
    private static readonly SearchValues<char> NumberChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly TimeSpan East8 = TimeSpan.FromHours(8);

    /// <summary>A number that may stand in a path: letters, digits, - and _.</summary>
    public static bool IsNumber(string text, int maxLength) =>
        text.Length > 0 && text.Length <= maxLength && !text.AsSpan().ContainsAnyExcept(NumberChars);

    /// <summary>
    /// An amount with two decimals whatever the currency ("100.00", also for JPY, as the tables demand); null for
    /// nothing, less than nothing, more than 15 characters, or a currency with more decimals.
    /// </summary>
    public static string? Amount(Money money)
    {
        if (money.Minor <= 0 || money.Currency.Exponent is not (0 or 2))
        {
            return null;
        }

        var text = money.ToDecimalText() + (money.Currency.Exponent == 0 ? ".00" : "");
        return text.Length <= 15 ? text : null;
    }

    /// <summary>Reads an amount with up to two decimals; those of a currency without decimals are zeros.</summary>
    public static bool TryReadAmount(string text, Currency currency, out Money money)
    {
        var whole = currency.Exponent == 0 && text.EndsWith(".00", StringComparison.Ordinal) ? text[..^3]
            : currency.Exponent == 0 && text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2]
            : text;
        return Money.TryParse(whole, currency, out money) && text.Length <= 15 && money.Minor > 0;
    }

    /// <summary>A time in one of the two formats that an account chooses from.</summary>
    public static string Time(DateTimeOffset time, string format) => format == LianLianGlobalOptions.EpochMilliseconds
        ? time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
        : time.ToOffset(East8).ToString(LianLianGlobalOptions.Digits, CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads thirteen digits as milliseconds since 1970 and fourteen as yyyyMMddHHmmss in UTC+8; the result is UTC.
    /// </summary>
    public static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        if (text.Length == 13)
        {
            time = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture));
            return true;
        }

        var read = DateTime.TryParseExact(
            text, LianLianGlobalOptions.Digits, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        time = read && local.Year > 1 ? new DateTimeOffset(local, East8).ToUniversalTime() : default;
        return time != default;
    }
}
