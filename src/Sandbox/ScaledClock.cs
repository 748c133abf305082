namespace MerchantPortal.Sandbox;

/// <summary>A clock that runs <paramref name="scale"/> times as fast as another, equal to it at the epoch.</summary>
sealed class ScaledClock(TimeProvider inner, DateTimeOffset epoch, int scale) : TimeProvider
{
    readonly long firstTimestamp = inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() =>
        epoch.ToUniversalTime().AddTicks((inner.GetUtcNow() - epoch).Ticks * scale);

    public override long GetTimestamp() => firstTimestamp + ((inner.GetTimestamp() - firstTimestamp) * scale);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, inner.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)));

    // One tick at least: a short wait must not turn into none, and infinity stays infinity.
    TimeSpan Shorten(TimeSpan wait) => wait <= TimeSpan.Zero ? wait : TimeSpan.FromTicks((wait.Ticks / scale) + 1);

    sealed class ScaledTimer(ScaledClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            timer.Change(clock.Shorten(dueTime), clock.Shorten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
