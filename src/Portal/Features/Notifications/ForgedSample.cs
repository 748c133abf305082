using System.Collections.Concurrent;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>
/// Of calls that prove nothing, ten a minute are kept for each account: enough to see, too few to fill a disk.
/// </summary>
public sealed class ForgedSample(TimeProvider time)
{
    private const int PerMinute = 10;
    private readonly ConcurrentDictionary<Guid, (long Minute, int Count)> kept = new();

    public bool Keep(Guid accountId)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        return kept.AddOrUpdate(
            accountId,
            (minute, 1),
            (_, seen) => seen.Minute == minute ? (minute, seen.Count + 1) : (minute, 1)).Count <= PerMinute;
    }
}
