using System.Globalization;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>
/// Working days of mainland China, with the public holidays and the days worked instead as the State Council publishes
/// them a year ahead. Where a day's year or place is not known here, the wait is longer, never shorter.
/// </summary>
public static class WorkingDays
{
    /// <summary>Longer than any holiday with the weekends round it.</summary>
    public static TimeSpan WhereUnknown { get; } = TimeSpan.FromDays(14);

    private const string Known = "Asia/Shanghai";

    /// <summary>Notice of 4 November 2025 for 2026: first and last day of each holiday.</summary>
    private static readonly (DateOnly First, DateOnly Last)[] Holidays =
    [
        Days("2026-01-01", "2026-01-03"), Days("2026-02-15", "2026-02-23"), Days("2026-04-04", "2026-04-06"),
        Days("2026-05-01", "2026-05-05"), Days("2026-06-19", "2026-06-21"), Days("2026-09-25", "2026-09-27"),
        Days("2026-10-01", "2026-10-07"),
    ];

    /// <summary>The same notice: days of weekends on which everybody works.</summary>
    private static readonly DateOnly[] WorkedInstead =
    [
        Day("2026-01-04"), Day("2026-02-14"), Day("2026-02-28"), Day("2026-05-09"), Day("2026-09-20"),
        Day("2026-10-10"),
    ];

    /// <summary>The instant at which so many whole working days have passed, in the place's own time.</summary>
    /// <param name="since">The day of this instant does not count.</param>
    /// <param name="days">How many working days have to be over.</param>
    /// <param name="place">Where the days are counted.</param>
    public static DateTimeOffset Over(DateTimeOffset since, int days, TimeZoneInfo place)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(since, place).Date);
        var isKnown = place.Id == Known;
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            isKnown &= Array.Exists(Holidays, holiday => holiday.First.Year == day.Year);
            left -= IsWorked(day) ? 1 : 0;
        }

        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue) + (isKnown ? TimeSpan.Zero : WhereUnknown);
        return new DateTimeOffset(midnight, place.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static bool IsWorked(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
        ? WorkedInstead.Contains(day)
        : !Array.Exists(Holidays, holiday => holiday.First <= day && day <= holiday.Last);

    private static (DateOnly First, DateOnly Last) Days(string first, string last) => (Day(first), Day(last));

    private static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);
}
