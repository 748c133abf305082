using System.Globalization;
using MerchantPortal.Portal.Features.Resolutions;

namespace MerchantPortal.Portal.Tests.Features.Resolutions;

public sealed class WorkingDayTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory]
    [InlineData("2026-03-02", "2026-03-06")] // a plain week
    [InlineData("2026-03-05", "2026-03-11")] // over a weekend
    [InlineData("2026-02-12", "2026-02-25")] // Friday, the Saturday worked instead, and after the nine days of spring
    [InlineData("2026-02-24", "2026-02-28")]
    [InlineData("2026-02-25", "2026-03-01")] // the Saturday worked instead ends it
    [InlineData("2026-04-30", "2026-05-09")]
    [InlineData("2026-05-06", "2026-05-10")] // Thursday, Friday, the Saturday worked instead
    [InlineData("2026-09-24", "2026-10-01")]
    [InlineData("2026-09-28", "2026-10-09")]
    [InlineData("2026-12-28", "2027-01-01")]
    public void Three_working_days_pass_by_the_published_calendar(string found, string over) =>
        WorkingDays.Over(Noon(found), 3, Shanghai).ShouldBe(Noon(over).AddHours(-12));

    [Theory]
    [InlineData("2026-12-29")]
    [InlineData("2027-02-03")]
    [InlineData("2025-10-20")]
    public void A_year_that_is_not_known_makes_the_wait_longer_than_any_holiday(string found) =>
        (WorkingDays.Over(Noon(found), 3, Shanghai) - Noon(found)).ShouldBeGreaterThan(TimeSpan.FromDays(17));

    [Fact]
    public void A_place_whose_holidays_are_not_known_makes_it_longer_too()
    {
        var hongKong = TimeZoneInfo.FindSystemTimeZoneById("Asia/Hong_Kong");
        (WorkingDays.Over(Noon("2026-03-02"), 3, hongKong) - WorkingDays.Over(Noon("2026-03-02"), 3, Shanghai))
            .ShouldBe(WorkingDays.WhereUnknown);
    }

    [Fact]
    public void A_later_verdict_is_never_proven_earlier()
    {
        var proven = Enumerable.Range(0, 500)
            .Select(day => WorkingDays.Over(Noon("2026-01-01").AddDays(day), 3, Shanghai)).ToList();
        proven.Zip(proven.Skip(1)).ShouldAllBe(pair => pair.First <= pair.Second);
    }

    private static DateTimeOffset Noon(string day) => new(
        DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(12), TimeSpan.FromHours(8));
}
