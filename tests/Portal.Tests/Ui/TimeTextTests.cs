using Bunit;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Tests.Ui;

public sealed class TimeTextTests : UiContext
{
    static readonly DateTimeOffset At = new(2026, 11, 20, 6, 32, 8, 431, TimeSpan.Zero);
    static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory]
    [InlineData("en", TimeForm.List, "20 Nov 14:32:08")]
    [InlineData("en", TimeForm.Timeline, "20 Nov 14:32:08.431")]
    [InlineData("en", TimeForm.Clock, "14:32:08")]
    [InlineData("en", TimeForm.Minute, "20 Nov 14:32")]
    [InlineData("zh-Hans", TimeForm.List, "11月20日 14:32:08")]
    [InlineData("zh-Hant", TimeForm.Timeline, "11月20日 14:32:08.431")]
    public void An_instant_is_shown_in_the_zone_and_language_of_the_reader(string culture, TimeForm form, string text)
    {
        Speak(culture);
        var time = RenderTime(At, form, Shanghai);
        time.TextContent.ShouldBe(text);
        time.GetAttribute("datetime").ShouldBe("2026-11-20T06:32:08.431Z");
    }

    [Theory]
    [InlineData("en", "31 Dec 2025 23:59:59")]
    [InlineData("zh-Hans", "2025年12月31日 23:59:59")]
    public void The_year_is_named_only_when_it_is_not_this_one(string culture, string text)
    {
        Speak(culture);
        RenderTime(new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.Zero), TimeForm.List, TimeZoneInfo.Utc)
            .TextContent.ShouldBe(text);
    }

    [Fact]
    public void Which_year_it_is_depends_on_the_zone_too() =>
        RenderTime(new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.Zero), TimeForm.List, Shanghai)
            .TextContent.ShouldBe("1 Jan 07:59:59");

    [Fact]
    public void Without_a_zone_the_time_is_UTC() =>
        Render<TimeText>(p => p.Add(x => x.At, At)).Find("time").TextContent.ShouldBe("20 Nov 06:32:08");

    [Fact]
    public void No_instant_is_a_dash() =>
        Render<TimeText>(p => p.Add(x => x.At, null)).Find("span").TextContent.ShouldBe("–");

    [Theory]
    [InlineData("Asia/Shanghai", "GMT+8")]
    [InlineData("Asia/Kolkata", "GMT+5:30")]
    [InlineData("America/St_Johns", "GMT\u22123:30")]
    [InlineData("UTC", "GMT")]
    public void A_zone_is_named_by_its_distance_from_GMT(string id, string text) =>
        TimeFormat.Offset(TimeZoneInfo.FindSystemTimeZoneById(id), At).ShouldBe(text);

    [Theory]
    [InlineData("en", "19 Nov 2026", "clearing day")]
    [InlineData("zh-Hans", "2026年11月19日", "清算日")]
    public void A_business_day_names_its_kind_and_has_no_time(string culture, string day, string kind)
    {
        Speak(culture);
        var date = Render<BusinessDate>(p => p
            .Add(x => x.Day, new DateOnly(2026, 11, 19)).Add(x => x.Kind, DayKind.Clearing)
            .AddCascadingValue(Shanghai));
        date.Find("time").TextContent.ShouldBe(day);
        date.Find(".t3").TextContent.ShouldBe(kind);
    }

    [Fact]
    public void A_countdown_ticks_says_the_exact_time_and_calls_once_when_it_is_up()
    {
        var calls = 0;
        var countdown = Render<Countdown>(p => p
            .Add(x => x.Until, Clock.GetUtcNow().AddSeconds(61)).Add(x => x.Reached, () => calls++)
            .AddCascadingValue(Shanghai));
        countdown.Find(".left").TextContent.ShouldBe("01:01");
        countdown.Find("time").TextContent.ShouldBe("15:11:03");
        Clock.Advance(TimeSpan.FromSeconds(1));
        countdown.Find(".left").TextContent.ShouldBe("01:00");
        countdown.Find("[role=status]").TextContent.ShouldBe("01:00 left");
        Clock.Advance(TimeSpan.FromSeconds(60));
        Clock.Advance(TimeSpan.FromSeconds(1));
        countdown.Find(".left").TextContent.ShouldBe("now");
        calls.ShouldBe(1);
        countdown.Instance.Dispose();
        Clock.RunningTimers.ShouldBe(0);
    }

    [Theory]
    [InlineData(94, "1 h 34 min")]
    [InlineData(47 * 60 + 59, "47 h 59 min")]
    [InlineData(48 * 60 + 61, "2 d 1 h")]
    public void Long_waits_are_told_in_hours_then_days(int minutes, string text) =>
        Render<Countdown>(p => p.Add(x => x.Until, Clock.GetUtcNow().AddMinutes(minutes)))
            .Find(".left").TextContent.ShouldBe(text);

    AngleSharp.Dom.IElement RenderTime(DateTimeOffset at, TimeForm form, TimeZoneInfo zone) =>
        Render<TimeText>(p => p.Add(x => x.At, at).Add(x => x.Form, form).AddCascadingValue(zone)).Find("time");
}
