using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Team;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>How a sign-in ended. What exactly was wrong is told to the audit, never to the page.</summary>
public abstract record SignedIn
{
    /// <param name="Actor">Who it is, with the new session.</param>
    /// <param name="ExpiresAt">Absolute end of the session.</param>
    public sealed record Done(Actor Actor, DateTimeOffset ExpiresAt) : SignedIn
    {
        /// <summary>The language the person chose before; empty follows the browser.</summary>
        public string Language { get; init; } = "";
    }

    public sealed record Wrong : SignedIn;

    /// <summary>Too many wrong tries; the same answer whether or not this try was right.</summary>
    public sealed record Locked(DateTimeOffset Until) : SignedIn;
}

/// <summary>Signs people in and out, and keeps their sessions.</summary>
public sealed class SignInCommands(IDbContextFactory<PortalDb> factory, UserAccounts users, OneTimeCodeCheck codes)
{
    public static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(15);

    /// <summary>Checks password and one-time code together and opens a session.</summary>
    public async Task<SignedIn> SignInAsync(string email, string password, string code, string origin)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<SignedIn>(Actor.Nobody, "sign-in", async commit =>
        {
            var manager = users.For(db);
            var user = await manager.FindByEmailAsync(email);
            var subject = $"user {user?.Id.ToString("N") ?? "unknown"}";
            if (user is null)
            {
                // The same work as for a real user: time does not tell which addresses exist.
                manager.PasswordHasher.VerifyHashedPassword(new PortalUser(), NobodyHash.Value, password);
                return commit.Refuse(new SignedIn.Wrong(), subject, "no such user");
            }

            if (user.LockoutEnd > commit.Now)
            {
                return commit.Refuse(new SignedIn.Locked(user.LockoutEnd.Value), subject, "locked");
            }

            var passwordFits = await manager.CheckPasswordAsync(user, password);
            var step = codes.Match(user, code, commit.Now);
            if (!passwordFits || step is null || step <= user.LastTotpStep || user.DisabledAt is not null)
            {
                commit.AlsoWhenRefused(() => OneTimeCodeCheck.CountFailureAsync(db, user.Id, commit.Now));
                return commit.Refuse(new SignedIn.Wrong(), subject, !passwordFits ? "wrong password" : "wrong code");
            }

            return await OpenSessionAsync(commit, user, step.Value, origin) is { } done
                ? done
                : commit.Refuse(new SignedIn.Wrong(), subject, "code used before");
        });
    }

    /// <summary>Ends a session; open pages of it close within seconds.</summary>
    public async Task SignOutAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(actor, "sign-out", async commit =>
        {
            await db.Set<UserSession>().Where(row => row.Id == actor.SessionId && row.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, commit.Now));
            commit.Audit($"user {actor.UserId:N}");
            commit.Changed("session", actor.SessionId ?? Guid.Empty);
            return true;
        });
    }

    /// <summary>Notes that the person did something; kept to the minute.</summary>
    public async Task TouchAsync(Guid sessionId)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("session"), "session.touch", commit =>
            db.Set<UserSession>().Where(row => row.Id == sessionId && row.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, commit.Now)));
    }

    /// <summary>
    /// Whether a session still stands: not ended, not over, not idle for too long, its user not closed.
    /// </summary>
    public async Task<bool> StandsAsync(Guid userId, Guid sessionId, TimeProvider time)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var seenAfter = now - IdleLimit;
        return await db.Set<UserSession>().AnyAsync(row => row.Id == sessionId && row.UserId == userId
            && row.EndedAt == null && row.ExpiresAt > now && row.LastSeenAt > seenAfter)
            && await db.Users.AnyAsync(row => row.Id == userId && row.DisabledAt == null);
    }

    /// <summary>Keeps a person's language, for the next sign-in on any device.</summary>
    public async Task ChooseLanguageAsync(Actor actor, string culture)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(actor, "user.language", _ => db.Users.Where(row => row.Id == actor.UserId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Language, culture)));
    }

    /// <summary>Keeps a person's time zone for display; false when this machine does not know it.</summary>
    public async Task<bool> ChooseZoneAsync(Actor actor, string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) || zone.Length > 60)
        {
            return false;
        }

        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(actor, "user.zone", _ => db.Users.Where(row => row.Id == actor.UserId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Zone, zone))) == 1;
    }

    /// <summary>Ends the person's sessions but the one that asks; tells how many ended.</summary>
    public async Task<int> EndOthersAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(actor, "session.end-others", async commit =>
        {
            var ended = await db.Set<UserSession>()
                .Where(row => row.UserId == actor.UserId && row.Id != actor.SessionId && row.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, commit.Now));
            commit.Audit($"user {actor.UserId:N}", new { ended });
            commit.Changed("session", actor.SessionId ?? Guid.Empty);
            return ended;
        });
    }

    private static async Task<SignedIn?> OpenSessionAsync(Commit commit, PortalUser user, long step, string origin)
    {
        if (!await OneTimeCodeCheck.UseAsync(commit.Db, user.Id, step))
        {
            return null;
        }

        var session = new UserSession
        {
            Id = Guid.CreateVersion7(),
            UserId = user.Id,
            StartedAt = commit.Now,
            LastSeenAt = commit.Now,
            ExpiresAt = commit.Now + SessionLength,
            Factors = "password+totp",
            Origin = origin.Length > 200 ? origin[..200] : origin,
        };
        commit.Db.Add(session);
        var person = await commit.Db.Set<Person>().AsNoTracking().SingleAsync(row => row.Id == user.PersonId);
        commit.Audit($"user {user.Id:N}", new { session.Factors, session.Origin });
        return new SignedIn.Done(new Actor(person.Name, user.Id, user.PersonId, session.Id), session.ExpiresAt)
        {
            Language = user.Language,
        };
    }

    private static class NobodyHash
    {
        public static string Value { get; } = new PasswordHasher<PortalUser>().HashPassword(new PortalUser(), "nobody");
    }
}
