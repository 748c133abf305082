using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Security;

/// <summary>
/// What an actor may do at this instant: rights by account. Read from the rows each time, because a role may have
/// been taken away and a session ended while a page stayed open.
/// </summary>
public sealed class Rights
{
    private readonly IReadOnlyList<(string Permission, Guid? Account)> grants;
    private readonly bool everything;

    private Rights(IReadOnlyList<(string, Guid?)> grants, bool everything = false)
    {
        this.grants = grants;
        this.everything = everything;
    }

    /// <summary>No right at all.</summary>
    public static Rights None { get; } = new([]);

    /// <summary>Whether the right is held, for the account or for all of them.</summary>
    public bool Allows(string permission, Guid? account = null) =>
        everything || grants.Any(grant => grant.Permission == permission
            && (grant.Account is null || account is null || grant.Account == account));

    /// <summary>The accounts a right is scoped to; null when it holds for all accounts.</summary>
    public IReadOnlyList<Guid>? AccountsFor(string permission) =>
        everything || grants.Any(grant => grant.Permission == permission && grant.Account is null)
            ? null
            :
            [
                .. grants.Where(grant => grant.Permission == permission)
                    .Select(grant => grant.Account!.Value).Distinct(),
            ];

    /// <summary>Every right held anywhere, for menus.</summary>
    public IReadOnlySet<string> Names => grants.Select(grant => grant.Permission).ToHashSet();

    internal static async Task<Rights> ReadAsync(PortalDb db, Actor actor, DateTimeOffset now)
    {
        if (actor.IsJob)
        {
            return new([], everything: true);
        }

        if (actor.UserId is null
            || !await db.Set<UserSession>().AnyAsync(session => session.Id == actor.SessionId
                && session.UserId == actor.UserId && session.EndedAt == null && session.ExpiresAt > now)
            || !await db.Users.AnyAsync(user => user.Id == actor.UserId && user.DisabledAt == null))
        {
            return None;
        }

        var roles = await db.Set<RoleGrant>()
            .Where(grant => grant.UserId == actor.UserId && grant.RevokedAt == null)
            .Select(grant => new { grant.Role, grant.AccountId, grant.MoneyFrom })
            .ToListAsync();
        return new([.. from grant in roles
                       from permission in Roles.Of(grant.Role)
                       where grant.MoneyFrom <= now || !Permission.Money.Contains(permission)
                       select (permission, grant.AccountId)]);
    }
}
