namespace MerchantPortal.Payments.Tests;

/// <summary>A clock that stands still until a test moves it; timers fire on the way, as they fall due.</summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private TimeSpan elapsed;
    private TimeSpan wallShift;

    public FakeClock() : this(new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return start + elapsed + wallShift;
        }
    }

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return elapsed.Ticks;
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by)
    {
        var end = Now() + by;
        while (TakeDue(end) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves the wall clock only, as a correction of the system's time does.</summary>
    public void ShiftWall(TimeSpan by)
    {
        lock (gate)
        {
            wallShift += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private TimeSpan Now()
    {
        lock (gate)
        {
            return elapsed;
        }
    }

    private FakeTimer? TakeDue(TimeSpan end)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            elapsed = next is null ? end : next.Due > elapsed ? next.Due : elapsed;
            next?.Rearm();
            return next;
        }
    }

    private sealed class FakeTimer(FakeClock clock, Action fire) : ITimer
    {
        private TimeSpan period;

        public TimeSpan Due { get; private set; }

        public void Fire() => fire();

        public void Rearm()
        {
            if (period > TimeSpan.Zero)
            {
                Due += period;
                return;
            }

            clock.timers.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                period = newPeriod;
                Due = clock.elapsed + dueTime;
                if (dueTime >= TimeSpan.Zero)
                {
                    clock.timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
