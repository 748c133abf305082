using MerchantPortal.Payments.Tests;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>A clock whose portals live longer than one seed: every seed begins at the same instant.</summary>
internal sealed class SeedClock : TimeProvider
{
    public FakeClock Time { get; private set; } = new();

    public override long TimestampFrequency => Time.TimestampFrequency;

    public void Restart() => Time = new();

    public override DateTimeOffset GetUtcNow() => Time.GetUtcNow();

    public override long GetTimestamp() => Time.GetTimestamp();

    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Time.CreateTimer(callback, state, dueTime, period);
}
