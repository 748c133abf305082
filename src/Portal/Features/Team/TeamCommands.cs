using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Team;

/// <summary>A role that waits for a second person.</summary>
/// <param name="Role">The role.</param>
/// <param name="Number">Number of the change.</param>
public sealed record WaitingRole(Role Role, string Number);

/// <summary>How inviting somebody ended. The family is closed.</summary>
public abstract record Invited
{
    /// <param name="Token">The token of the one-time link, told once.</param>
    /// <param name="ExpiresAt">Until when it works.</param>
    public sealed record Done(string Token, DateTimeOffset ExpiresAt) : Invited
    {
        /// <summary>The roles that somebody else has to confirm first, with the numbers of those changes.</summary>
        public IReadOnlyList<WaitingRole> Waiting { get; init; } = [];
    }

    public sealed record NoRight(string Permission) : Invited;

    public sealed record Wrong(string Field, string Reason) : Invited;
}

/// <summary>How setting up a sign-in ended. The family is closed.</summary>
public abstract record SetUp
{
    public sealed record Done : SetUp;

    /// <summary>The link is unknown, used or too old.</summary>
    public sealed record LinkIsDead : SetUp;

    /// <summary>The reasons' codes, as Identity names them, or "CodeWrong".</summary>
    public sealed record Wrong(IReadOnlyList<string> Reasons) : SetUp;
}

/// <summary>Invites people, lets them set up their sign-in, closes sign-ins.</summary>
public sealed partial class TeamCommands(
    IDbContextFactory<PortalDb> factory, UserAccounts users, ChangeCommands changes)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(24);
    internal static readonly TimeSpan CoolingOff = TimeSpan.FromHours(24);

    /// <summary>
    /// Makes a person with a sign-in, and a link that sets it up. Roles that move money or confirm changes are only
    /// proposed with it: somebody else confirms them.
    /// </summary>
    /// <param name="actor">Who invites.</param>
    /// <param name="name">The person's name.</param>
    /// <param name="email">The e-mail of the sign-in.</param>
    /// <param name="roles">The roles.</param>
    /// <param name="why">For whoever confirms; may be empty where nobody has to.</param>
    public async Task<Invited> InviteAsync(
        Actor actor, string name, string email, IReadOnlyList<Role> roles, string why = "")
    {
        var (invited, userId, proposed) = await InviteFirstAsync(actor, name, email, roles, why.Trim());
        if (invited is not Invited.Done done)
        {
            return invited;
        }

        // What a crash leaves out here, an admin proposes on the page of the team: nobody holds more by it.
        List<WaitingRole> waiting = [];
        foreach (var role in proposed)
        {
            var terms = ChangeJson.Write(new GrantTerms(userId, role));
            if (await changes.ProposeAsync(actor, new(Guid.CreateVersion7(), RoleGrantChange.Word, terms, why))
                is Proposed.Done change)
            {
                waiting.Add(new(role, change.Number));
            }
        }

        return done with { Waiting = waiting };
    }

    private async Task<(Invited Invited, Guid UserId, IReadOnlyList<Role> Proposed)> InviteFirstAsync(
        Actor actor, string name, string email, IReadOnlyList<Role> roles, string why)
    {
        var userId = Guid.Empty;
        IReadOnlyList<Role> proposed = [];
        await using var db = await factory.CreateDbContextAsync();
        var invited = await db.CommitAsync<Invited>(actor, "team.invite", async commit =>
        {
            var subject = $"user {email}";
            if (!commit.Rights.Allows(Permission.TeamManage))
            {
                return commit.Refuse(
                    new Invited.NoRight(Permission.TeamManage), subject, $"lacks {Permission.TeamManage}");
            }

            if (string.IsNullOrWhiteSpace(name) || name.Length > 80)
            {
                return commit.Refuse(new Invited.Wrong("Name", "Missing"), subject, "no name");
            }

            if (roles.Count == 0)
            {
                return commit.Refuse(new Invited.Wrong("Roles", "Missing"), subject, "no role");
            }

            if (Roles.Conflict(roles))
            {
                return commit.Refuse(
                    new Invited.Wrong("Roles", "AdminMovesNoMoney"), subject, "admin with a money role");
            }

            proposed = await ToProposeAsync(commit, roles);
            if (proposed.Count > 0 && why.Length is 0 or > ChangeCommands.MostComment)
            {
                return commit.Refuse(new Invited.Wrong("Why", "Missing"), subject, "no reason");
            }

            List<Role> given = [.. roles.Except(proposed)];
            var (user, problem) = await AddUserAsync(commit, users.For(db), name, email, given, commit.Now);
            if (user is null)
            {
                return commit.Refuse(new Invited.Wrong("Email", problem), subject, problem);
            }

            userId = user.Id;
            commit.Audit(subject, new { roles = given, proposed });
            commit.Changed("user", user.Id);
            return AddLink(commit, user.Id);
        });
        return (invited, userId, proposed);
    }

    /// <summary>
    /// The roles that wait for a second person. The first admin of an installation has none yet, and so may invite
    /// those who will be it; nobody can again once another person has ever been it.
    /// </summary>
    private static async Task<IReadOnlyList<Role>> ToProposeAsync(Commit commit, IReadOnlyList<Role> roles)
    {
        List<Role> wanted = [.. roles.Distinct().Where(Roles.NeedsSecondPerson)];
        if (!wanted.Exists(Roles.Confirms))
        {
            return wanted;
        }

        var confirming = Roles.Holding(Permission.ChangesConfirm);
        var others = await commit.Db.Set<RoleGrant>().Where(row => confirming.Contains(row.Role))
            .Join(commit.Db.Users, row => row.UserId, user => user.Id, (_, user) => user)
            .AnyAsync(user => user.PersonId != commit.Actor.PersonId && user.TotpSeed != null);
        return others ? wanted : [.. wanted.Where(role => !Roles.Confirms(role))];
    }

    /// <summary>A one-time link for the first admin of an empty installation; null once anybody exists.</summary>
    public async Task<string?> FirstAdminLinkAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(Actor.Job("start"), "team.first-admin-link", async commit =>
        {
            if (await db.Users.AnyAsync(user => user.TotpSeed != null))
            {
                return null;
            }

            await db.Set<SetupLink>().Where(row => row.UserId == null && row.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, commit.Now));
            commit.Audit("installation");
            return AddLink(commit, null).Token;
        });
    }

    /// <summary>Whether a link can still be used, and for whom.</summary>
    public async Task<(bool Usable, string Email)> LookAtLinkAsync(string token, DateTimeOffset now)
    {
        await using var db = await factory.CreateDbContextAsync();
        var link = await FindLinkAsync(db, token, now);
        var email = link?.UserId is { } id
            ? await db.Users.Where(user => user.Id == id).Select(user => user.Email).SingleAsync() ?? ""
            : "";
        return (link is not null, email);
    }

    /// <summary>Sets password and second factor with a link. The first admin's person is made here.</summary>
    public async Task<SetUp> SetUpAsync(
        string token, string name, string email, string password, string seed, string code)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<SetUp>(Actor.Nobody, "team.set-up", async commit =>
        {
            var link = await FindLinkAsync(db, token, commit.Now);
            if (link is null)
            {
                return commit.Refuse(new SetUp.LinkIsDead(), "set-up link", "dead");
            }

            var secret = Totp.FromBase32(seed);
            if (secret.Length < 20 || Totp.Match(secret, code, commit.Now) is not { } step)
            {
                return commit.Refuse(new SetUp.Wrong(["CodeWrong"]), "set-up link", "wrong code");
            }

            if (link.UserId is null && (string.IsNullOrWhiteSpace(name) || name.Length > 80))
            {
                return commit.Refuse(new SetUp.Wrong(["NameMissing"]), "set-up link", "no name");
            }

            // The update decides which of two simultaneous posts may use the link; a refusal below rolls it back.
            if (await db.Set<SetupLink>().Where(row => row.Id == link.Id && row.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, commit.Now)) != 1)
            {
                return commit.Refuse(new SetUp.LinkIsDead(), "set-up link", "dead");
            }

            var manager = users.For(db);
            var (user, problem) = link.UserId is { } id
                ? (await manager.FindByIdAsync(id.ToString()), "")
                : await AddUserAsync(commit, manager, name, email, [Role.Admin], commit.Now);
            if (user is null)
            {
                return commit.Refuse(new SetUp.Wrong([problem]), "set-up link", problem);
            }

            var added = await manager.AddPasswordAsync(user, password);
            if (!added.Succeeded)
            {
                var reasons = added.Errors.Select(error => error.Code).ToList();
                return commit.Refuse(new SetUp.Wrong(reasons), "set-up link", string.Join(' ', reasons));
            }

            users.EnrolSeed(user, secret);
            user.LastTotpStep = step;
            CryptographicOperations.ZeroMemory(secret);
            commit.Audit($"user {user.Id:N}");
            commit.Changed("user", user.Id);
            return new SetUp.Done();
        });
    }

    internal static async Task<(PortalUser? User, string Problem)> AddUserAsync(
        Commit commit, UserManager<PortalUser> manager, string name, string email, IReadOnlyList<Role> roles,
        DateTimeOffset grantedAt)
    {
        var person = new Person
        {
            Id = Guid.CreateVersion7(), Name = name.Trim(), CreatedAt = commit.Now, CreatedBy = commit.Actor.Name,
        };
        var user = new PortalUser { Id = Guid.CreateVersion7(), PersonId = person.Id, UserName = email, Email = email };
        commit.Db.Add(person);
        var made = await manager.CreateAsync(user);
        if (!made.Succeeded)
        {
            return (null, made.Errors.First().Code);
        }

        commit.Db.AddRange(roles.Distinct().Select(role => new RoleGrant
        {
            Id = Guid.CreateVersion7(),
            UserId = user.Id,
            Role = role,
            GrantedAt = grantedAt,
            GrantedBy = commit.Actor.Name,
            MoneyFrom = grantedAt + CoolingOff,
        }));

        // Identity's store marks a user as changed whatever it was, so a new one has to be inserted first.
        await commit.Db.SaveChangesAsync();
        return (user, "");
    }

    private static Invited.Done AddLink(Commit commit, Guid? userId)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var link = new SetupLink
        {
            Id = Guid.CreateVersion7(),
            TokenHash = Hash(token),
            UserId = userId,
            ExpiresAt = commit.Now + LinkLife,
        };
        commit.Db.Add(link);
        return new(token, link.ExpiresAt);
    }

    private static Task<SetupLink?> FindLinkAsync(PortalDb db, string token, DateTimeOffset now)
    {
        var hash = Hash(token);
        return db.Set<SetupLink>().AsNoTracking().SingleOrDefaultAsync(row =>
            row.TokenHash == hash && row.UsedAt == null && row.ExpiresAt > now);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
