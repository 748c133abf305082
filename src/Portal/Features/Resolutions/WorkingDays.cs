namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>
/// Working days of a place: Monday to Friday. Public holidays are not known here; they only make a wait that is
/// counted in working days shorter than it should be by those days.
/// </summary>
public static class WorkingDays
{
    /// <summary>The instant at which so many whole working days have passed, in the place's own time.</summary>
    /// <param name="since">The day of this instant does not count.</param>
    /// <param name="days">How many working days have to be over.</param>
    /// <param name="place">Where the days are counted.</param>
    public static DateTimeOffset Over(DateTimeOffset since, int days, TimeZoneInfo place)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(since, place).Date);
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            left -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, place.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
