using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Team;

/// <summary>How closing a sign-in or ending its sessions ended. The family is closed.</summary>
public abstract record Closed
{
    /// <param name="Sessions">How many sessions ended with it.</param>
    public sealed record Done(int Sessions) : Closed;

    public sealed record NoRight(string Permission) : Closed;

    public sealed record NoSuchUser : Closed;

    public sealed record AlreadyClosed : Closed;

    /// <summary>Nobody locks themselves out.</summary>
    public sealed record Oneself : Closed;

    /// <summary>Without this one nobody could invite or close anybody.</summary>
    public sealed record LastAdmin : Closed;

    /// <summary>The role is not held any more.</summary>
    public sealed record NotHeld : Closed;
}

public sealed partial class TeamCommands
{
    /// <summary>Closes a sign-in: its sessions end at once, its one-time links die.</summary>
    public async Task<Closed> DisableAsync(Actor actor, Guid userId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<Closed>(actor, "team.close", async commit =>
        {
            var subject = $"user {userId:N}";
            if (await WhyNotAsync(commit, userId, subject) is { } refused)
            {
                return refused;
            }

            if (actor.UserId == userId)
            {
                return commit.Refuse(new Closed.Oneself(), subject, "oneself");
            }

            if (await IsLastAdminAsync(commit.Db, userId))
            {
                return commit.Refuse(new Closed.LastAdmin(), subject, "the last admin");
            }

            var closed = await db.Users.Where(row => row.Id == userId && row.DisabledAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, commit.Now));
            if (closed != 1)
            {
                return commit.Refuse(new Closed.AlreadyClosed(), subject, "closed before");
            }

            await db.Set<SetupLink>().Where(row => row.UserId == userId && row.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, commit.Now));
            return await EndAllAsync(commit, userId, subject);
        });
    }

    /// <summary>
    /// Takes one role from somebody, who may go on working in the others. One admin is enough to take away. Rights are
    /// read with every command, so it counts at once; the sessions end as well, so that no page stays open on it.
    /// </summary>
    public async Task<Closed> TakeRoleAsync(Actor actor, Guid userId, Role role)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<Closed>(actor, "team.take-role", async commit =>
        {
            var subject = $"user {userId:N}";
            if (await WhyNotAsync(commit, userId, subject) is { } refused)
            {
                return refused;
            }

            if (actor.UserId == userId)
            {
                return commit.Refuse(new Closed.Oneself(), subject, "oneself");
            }

            if (role == Role.Admin && await IsLastAdminAsync(db, userId))
            {
                return commit.Refuse(new Closed.LastAdmin(), subject, "the last admin");
            }

            var taken = await db.Set<RoleGrant>()
                .Where(row => row.UserId == userId && row.Role == role && row.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, commit.Now)
                    .SetProperty(row => row.RevokedBy, actor.Name));
            return taken == 0
                ? commit.Refuse(new Closed.NotHeld(), subject, $"{role} is not held")
                : await EndAllAsync(commit, userId, subject, role);
        });
    }

    /// <summary>Ends every session of a sign-in, which may sign in again.</summary>
    public async Task<Closed> EndSessionsAsync(Actor actor, Guid userId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<Closed>(actor, "team.end-sessions", async commit =>
        {
            var subject = $"user {userId:N}";
            return await WhyNotAsync(commit, userId, subject) ?? await EndAllAsync(commit, userId, subject);
        });
    }

    /// <summary>A new one-time link for somebody who was invited and has not set up yet; the old one dies.</summary>
    public async Task<Invited> InviteAgainAsync(Actor actor, Guid userId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<Invited>(actor, "team.invite-again", async commit =>
        {
            var subject = $"user {userId:N}";
            if (!commit.Rights.Allows(Permission.TeamManage))
            {
                return commit.Refuse(new Invited.NoRight(Permission.TeamManage), subject,
                    $"lacks {Permission.TeamManage}");
            }

            if (!await db.Users.AnyAsync(row => row.Id == userId && row.TotpSeed == null && row.DisabledAt == null))
            {
                return commit.Refuse(new Invited.Wrong("Email", "NotInvited"), subject, "not waiting for set-up");
            }

            await db.Set<SetupLink>().Where(row => row.UserId == userId && row.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, commit.Now));
            commit.Audit(subject);
            commit.Changed("user", userId);
            return AddLink(commit, userId);
        });
    }

    private static async Task<Closed?> WhyNotAsync(Commit commit, Guid userId, string subject)
    {
        if (!commit.Rights.Allows(Permission.TeamManage))
        {
            return commit.Refuse(new Closed.NoRight(Permission.TeamManage), subject, $"lacks {Permission.TeamManage}");
        }

        return await commit.Db.Users.AnyAsync(row => row.Id == userId)
            ? null
            : commit.Refuse(new Closed.NoSuchUser(), subject, "no such user");
    }

    private static async Task<bool> IsLastAdminAsync(PortalDb db, Guid userId)
    {
        // The update locks the grants on PostgreSQL: two admins who close each other come one after the other.
        await db.Set<RoleGrant>().Where(row => row.Role == Role.Admin && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedBy, row => row.RevokedBy));
        var admins = await db.Set<RoleGrant>().Where(row => row.Role == Role.Admin && row.RevokedAt == null)
            .Join(db.Users, row => row.UserId, user => user.Id, (_, user) => user)
            .Where(user => user.DisabledAt == null && user.TotpSeed != null)
            .Select(user => user.Id).Distinct().ToListAsync();
        return admins.Count == 1 && admins[0] == userId;
    }

    private static async Task<Closed> EndAllAsync(Commit commit, Guid userId, string subject, Role? taken = null)
    {
        var open = await commit.Db.Set<UserSession>().Where(row => row.UserId == userId && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, commit.Now));
        commit.Audit(subject, new { sessions = open, taken });
        commit.Changed("user", userId);
        return new Closed.Done(open);
    }
}
