using System.Globalization;

namespace MerchantPortal.Portal.Ui;

/// <summary>Writes instants and business days the way the current language does.</summary>
public static class TimeFormat
{
    /// <summary>The day of an instant; the year only when it is not this year.</summary>
    public static string Day(DateTimeOffset local, int thisYear) =>
        Day(DateOnly.FromDateTime(local.DateTime), local.Year != thisYear);

    /// <summary>A calendar day: 20 Nov 2026, 2026年11月20日.</summary>
    public static string Day(DateOnly day, bool withYear) => (IsChinese, withYear) switch
    {
        (true, true) => Write(day, "yyyy年M月d日"),
        (true, false) => Write(day, "M月d日"),
        (false, true) => Write(day, "d MMM yyyy"),
        (false, false) => Write(day, "d MMM"),
    };

    /// <summary>The time of day in the chosen precision.</summary>
    public static string Clock(DateTimeOffset local, TimeForm form) => local.ToString(
        form switch { TimeForm.Timeline => "HH:mm:ss.fff", TimeForm.Minute => "HH:mm", _ => "HH:mm:ss" },
        CultureInfo.InvariantCulture);

    /// <summary>An instant as one text, seen from a zone.</summary>
    public static string Text(DateTimeOffset at, TimeZoneInfo zone, TimeForm form, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var clock = Clock(local, form);
        return form == TimeForm.Clock ? clock : $"{Day(local, TimeZoneInfo.ConvertTime(now, zone).Year)} {clock}";
    }

    /// <summary>Hours and minutes from UTC at that instant: GMT+8, GMT−3:30, GMT.</summary>
    public static string Offset(TimeZoneInfo zone, DateTimeOffset at)
    {
        var offset = zone.GetUtcOffset(at);
        if (offset == TimeSpan.Zero)
            return "GMT";
        var sign = offset < TimeSpan.Zero ? AmountFormat.Minus : '+';
        var minutes = offset.Minutes == 0 ? "" : FormattableString.Invariant($":{Math.Abs(offset.Minutes):00}");
        return FormattableString.Invariant($"GMT{sign}{Math.Abs(offset.Hours)}{minutes}");
    }

    static bool IsChinese =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName.Equals("zh", StringComparison.Ordinal);

    static string Write(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);
}
