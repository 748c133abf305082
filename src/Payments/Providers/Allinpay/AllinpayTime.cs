using System.Globalization;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>Times as Allinpay writes them: China time, which is UTC+8 all year, fourteen digits.</summary>
internal static class AllinpayTime
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>yyyyMMddHHmmss in China time.</summary>
    public static string Text(DateTimeOffset time) =>
        time.ToOffset(China).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>Reads fourteen ASCII digits; the result is UTC.</summary>
    public static bool TryRead(string text, out DateTimeOffset time) => TryRead(text, "yyyyMMddHHmmss", out time);

    /// <summary>Reads fourteen digits, or a date alone (section 3.4), which becomes the day's first instant.</summary>
    public static bool TryReadTimeOrDate(string text, out DateTimeOffset time) =>
        TryRead(text, text.Length == 10 ? "yyyy-MM-dd" : "yyyyMMddHHmmss", out time);

    private static bool TryRead(string text, string format, out DateTimeOffset time)
    {
        var read = DateTime.TryParseExact(
            text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        time = read && local.Year > 1 ? new DateTimeOffset(local, China).ToUniversalTime() : default;
        return time != default;
    }
}
