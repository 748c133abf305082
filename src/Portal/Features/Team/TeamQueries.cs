using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Team;

/// <summary>Where a sign-in stands.</summary>
public enum MemberState
{
    Active,
    Invited,
    LinkRanOut,
    Closed,
}

/// <summary>One sign-in of the team.</summary>
public sealed record Member(Guid UserId, Guid PersonId, string Name, string Email, MemberState State)
{
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>From when on freshly granted money rights count; null when all do.</summary>
    public DateTimeOffset? MoneyFrom { get; init; }

    /// <summary>Roles that were proposed and wait for a second person.</summary>
    public IReadOnlyList<WaitingRole> Waiting { get; init; } = [];

    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>Sessions that stand now.</summary>
    public int Sessions { get; init; }

    /// <summary>Until when the one-time link works, for somebody invited.</summary>
    public DateTimeOffset? LinkUntil { get; init; }

    public bool IsLocked { get; init; }
}

/// <summary>The team and what the reader may change in it.</summary>
public sealed record TeamView(IReadOnlyList<Member> Members, bool MayManage);

/// <summary>Reads the people, their sign-ins and roles.</summary>
public sealed class TeamQueries(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    /// <summary>Everybody, by name; null without the right.</summary>
    public async Task<TeamView?> ReadAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        if (!rights.Allows(Permission.TeamRead))
        {
            return null;
        }

        var users = await db.Users.AsNoTracking()
            .Join(db.Set<Person>(), user => user.PersonId, person => person.Id, (user, person) => new
            {
                user.Id,
                user.PersonId,
                person.Name,
                user.Email,
                user.DisabledAt,
                IsSetUp = user.TotpSeed != null,
                user.LockoutEnd,
            })
            .OrderBy(row => row.Email)
            .ToListAsync();
        var grants = (await db.Set<RoleGrant>().AsNoTracking().Where(row => row.RevokedAt == null).ToListAsync())
            .ToLookup(row => row.UserId);
        var lasts = await db.Set<UserSession>().GroupBy(row => row.UserId)
            .Select(group => new { group.Key, At = group.Max(row => row.StartedAt) })
            .ToDictionaryAsync(row => row.Key, row => row.At);
        var seenAfter = now - SignInCommands.IdleLimit;
        var open = await db.Set<UserSession>()
            .Where(row => row.EndedAt == null && row.ExpiresAt > now && row.LastSeenAt > seenAfter)
            .GroupBy(row => row.UserId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count);
        var links = await db.Set<SetupLink>()
            .Where(row => row.UserId != null && row.UsedAt == null && row.ExpiresAt > now)
            .ToDictionaryAsync(row => row.UserId!.Value, row => row.ExpiresAt);

        var waiting = (await db.Set<ChangeRequest>().AsNoTracking()
                .Where(row => row.Kind == RoleGrantChange.Word && row.State == ChangeState.Waiting)
                .OrderBy(row => row.ProposedAt).ToListAsync())
            .ToLookup(row => RoleGrantChange.Read(row).UserId, row =>
                new WaitingRole(RoleGrantChange.Read(row).Role, row.Number));

        return new(
            [.. users.Select(user => new Member(user.Id, user.PersonId, user.Name, user.Email ?? "", State(
                user.DisabledAt is not null, user.IsSetUp, links.ContainsKey(user.Id)))
            {
                Roles = [.. grants[user.Id].Select(row => row.Role).Distinct().Order()],
                MoneyFrom = grants[user.Id].Where(row => row.MoneyFrom > now && Roles.MovesMoney(row.Role))
                    .Select(row => (DateTimeOffset?)row.MoneyFrom).Max(),
                Waiting = [.. waiting[user.Id]],
                LastSignInAt = lasts.TryGetValue(user.Id, out var last) ? last : null,
                Sessions = open.GetValueOrDefault(user.Id),
                LinkUntil = links.TryGetValue(user.Id, out var until) ? until : null,
                IsLocked = user.LockoutEnd > now,
            }).OrderBy(member => member.State == MemberState.Closed)],
            rights.Allows(Permission.TeamManage));
    }

    private static MemberState State(bool closed, bool isSetUp, bool hasLink) =>
        closed ? MemberState.Closed
        : isSetUp ? MemberState.Active
        : hasLink ? MemberState.Invited
        : MemberState.LinkRanOut;
}
