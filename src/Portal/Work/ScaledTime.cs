namespace MerchantPortal.Portal.Work;

/// <summary>
/// A clock that runs K times as fast from a fixed origin on, the same in every process that is given the same
/// origin. For rehearsals: a day of settling passes in minutes.
/// </summary>
public sealed class ScaledTime(DateTimeOffset origin, int scale) : TimeProvider
{
    // A dozen loops that each look once a product second would do nothing else. A timer may always be late.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(25);

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        var real = System.GetUtcNow();
        return real <= origin ? real : origin + ((real - origin) * scale);
    }

    public override long GetTimestamp() => System.GetTimestamp() * scale;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Real(dueTime), Real(period));

    private static long Least(TimeSpan product) => Math.Min(product.Ticks, Shortest.Ticks);

    private TimeSpan Real(TimeSpan product) => product <= TimeSpan.Zero
        ? product
        : TimeSpan.FromTicks(Math.Max(product.Ticks / scale, Least(product)));
}
