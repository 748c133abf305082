using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>The rules of one-time codes, the same at sign-in and at every later proof: each once, five tries.</summary>
public sealed class OneTimeCodeCheck(UserAccounts users)
{
    private const int MaxTries = 5;
    private static readonly TimeSpan LockLength = TimeSpan.FromMinutes(15);

    /// <summary>The step that the code belongs to; null when it fits none of those allowed now.</summary>
    public long? Match(PortalUser user, string code, DateTimeOffset now)
    {
        using var seed = users.OpenSeed(user);
        return seed is null ? null : Totp.Match(seed.Span, code, now);
    }

    /// <summary>Uses a step up and forgets earlier wrong tries. The update decides who of two may use it.</summary>
    /// <returns>False when it was used before.</returns>
    internal static async Task<bool> UseAsync(PortalDb db, Guid userId, long step) =>
        await db.Users.Where(row => row.Id == userId && row.LastTotpStep < step).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LastTotpStep, step)
            .SetProperty(row => row.AccessFailedCount, 0)
            .SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null)) == 1;

    /// <summary>Counts one wrong try; too many lock the sign-in for a while.</summary>
    internal static async Task CountFailureAsync(PortalDb db, Guid userId, DateTimeOffset now)
    {
        await db.Users.Where(row => row.Id == userId).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount + 1));
        await db.Users.Where(row => row.Id == userId && row.AccessFailedCount >= MaxTries).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.AccessFailedCount, 0)
            .SetProperty(row => row.LockoutEnd, now + LockLength));
    }
}
