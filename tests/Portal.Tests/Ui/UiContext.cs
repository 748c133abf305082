using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace MerchantPortal.Portal.Tests.Ui;

/// <summary>Renders a component with the portal's texts, Radzen's services and a clock that stands still.</summary>
public abstract class UiContext : BunitContext
{
    readonly CultureInfo before = CultureInfo.CurrentUICulture;

    protected UiContext()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddRadzenComponents();
        Services.AddSingleton<TimeProvider>(Clock);
    }

    protected StandingClock Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 7, 10, 2, TimeSpan.Zero));

    protected static void Speak(string culture) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

    protected override void Dispose(bool disposing)
    {
        CultureInfo.CurrentUICulture = before;
        base.Dispose(disposing);
    }
}

/// <summary>A clock whose time moves only when told, and whose timers then fire.</summary>
public sealed class StandingClock(DateTimeOffset start) : TimeProvider
{
    readonly List<StandingTimer> timers = [];
    DateTimeOffset now = start;

    public int RunningTimers => timers.Count;

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StandingTimer(this, () => callback(state));
        timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the time and lets every timer fire once.</summary>
    public void Advance(TimeSpan by)
    {
        now += by;
        foreach (var timer in timers.ToArray())
            timer.Fire();
    }

    sealed class StandingTimer(StandingClock owner, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => owner.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
