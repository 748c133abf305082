using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>One standing session of the person's own sign-in.</summary>
public sealed record OwnSession(
    Guid Id, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string Origin, bool IsThis);

/// <summary>What the person set for their own sign-in.</summary>
public sealed record OwnSettings(
    string Name, string Email, string Zone, string Language, IReadOnlyList<OwnSession> Sessions);

/// <summary>Reads the person's own settings and sessions; nobody else's.</summary>
public sealed class SessionQueries(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    /// <summary>The settings of the actor's own sign-in; null for nobody.</summary>
    public async Task<OwnSettings?> ReadAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == actor.UserId);
        if (user is null)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var seenAfter = now - SignInCommands.IdleLimit;
        var sessions = await db.Set<UserSession>().AsNoTracking()
            .Where(row => row.UserId == actor.UserId && row.EndedAt == null && row.ExpiresAt > now
                && row.LastSeenAt > seenAfter)
            .OrderByDescending(row => row.StartedAt)
            .Select(row => new OwnSession(
                row.Id, row.StartedAt, row.LastSeenAt, row.ExpiresAt, row.Origin, row.Id == actor.SessionId))
            .ToListAsync();
        return new(actor.Name, user.Email ?? "", user.Zone, user.Language, sessions);
    }
}
