using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Ui;

/// <summary>Writes the time left: seconds under one hour, minutes under two days, then days.</summary>
public static class CountdownText
{
    public static string Of(TimeSpan left, IStringLocalizer<UiTexts> texts)
    {
        if (left <= TimeSpan.Zero)
            return texts["countdown.now"];
        var seconds = (left.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
        if (seconds < 3600)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:00}:{seconds % 60:00}");
        var minutes = (seconds + 59) / 60;
        return minutes < 2 * 24 * 60
            ? texts["countdown.hours", minutes / 60, minutes % 60]
            : texts["countdown.days", minutes / (24 * 60), minutes / 60 % 24];
    }
}
