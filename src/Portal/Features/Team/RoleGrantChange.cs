using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Team;

/// <summary>Which role is to be given, for all accounts.</summary>
public sealed record GrantTerms(Guid UserId, Role Role);

/// <summary>
/// Gives a role to somebody who works here already. A second person confirms it, neither is the one who gets it, and
/// its money rights count only a day later.
/// </summary>
public sealed class RoleGrantChange : IChange
{
    public const string Word = "role.grant";

    public string Kind => Word;

    public string ProposeRight => Permission.TeamManage;

    public string ConfirmRight => Permission.ChangesConfirm;

    /// <summary>The beginning of the targets of one sign-in.</summary>
    public static string Targets(Guid userId) => $"role {userId:N} ";

    /// <summary>What a proposal of this kind gives to whom.</summary>
    public static GrantTerms Read(ChangeRequest request) => ChangeJson.Read<GrantTerms>(request.Terms);

    public async Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now)
    {
        var (userId, role) = ChangeJson.Read<GrantTerms>(terms);
        var user = await db.Users.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == userId && row.DisabledAt == null);
        if (user is null)
        {
            return new ChangePlan.Refused("NoSuchUser");
        }

        var held = await HeldAsync(db, row => row.Id == userId);
        var ofPerson = await HeldAsync(db, row => row.PersonId == user.PersonId);
        if (held.Contains(role))
        {
            return new ChangePlan.Refused("HoldsAlready");
        }

        var name = await db.Set<Person>().Where(row => row.Id == user.PersonId).Select(row => row.Name).SingleAsync();
        return Roles.Conflict([.. ofPerson, role])
            ? new ChangePlan.Refused("AdminMovesNoMoney")
            : new ChangePlan.Possible
            {
                Subject = $"user {user.Email}",
                Target = $"{Targets(userId)}{role}",
                Before = Facts(name, user, held),
                After = Facts(name, user, [.. held, role]),
                Barred = [user.PersonId],
            };
    }

    public Task<bool> ApplyAsync(Commit commit, ChangeRequest request)
    {
        var (userId, role) = ChangeJson.Read<GrantTerms>(request.Terms);
        commit.Db.Add(new RoleGrant
        {
            Id = Guid.CreateVersion7(),
            UserId = userId,
            Role = role,
            GrantedAt = commit.Now,
            GrantedBy = $"{request.ProposerName}, {commit.Actor.Name}",
            MoneyFrom = commit.Now + TeamCommands.CoolingOff,
        });
        commit.Changed("user", userId);
        return Task.FromResult(true);
    }

    private static Task<List<Role>> HeldAsync(
        PortalDb db, System.Linq.Expressions.Expression<Func<PortalUser, bool>> whose) =>
        db.Set<RoleGrant>().AsNoTracking().Where(row => row.RevokedAt == null)
            .Join(db.Users.Where(whose), row => row.UserId, user => user.Id, (row, _) => row.Role)
            .Distinct().ToListAsync();

    private static List<ChangeFact> Facts(string name, PortalUser user, IEnumerable<Role> roles) =>
    [
        new("person", $"{name} · {user.Email}"),
        new("roles", string.Join('\n', roles.Order())),
    ];
}
