using System.Collections.Concurrent;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>
/// Slows down one address that tries many accounts: twenty wrong tries in fifteen minutes, then a rest. The lock of
/// a single account is a row; this is only the outer fence.
/// </summary>
public sealed class SignInThrottle(TimeProvider time)
{
    private const int MaxFailures = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Count)> failures = new();

    public bool Allows(string address) =>
        !failures.TryGetValue(address, out var seen)
        || seen.Since + Window <= time.GetUtcNow()
        || seen.Count < MaxFailures;

    public void CountFailure(string address)
    {
        var now = time.GetUtcNow();
        failures.AddOrUpdate(
            address,
            (now, 1),
            (_, seen) => seen.Since + Window <= now ? (now, 1) : (seen.Since, seen.Count + 1));
    }
}
