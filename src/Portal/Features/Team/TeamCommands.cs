using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Team;

/// <summary>How inviting somebody ended. The family is closed.</summary>
public abstract record Invited
{
    /// <param name="Token">The token of the one-time link, told once.</param>
    /// <param name="ExpiresAt">Until when it works.</param>
    public sealed record Done(string Token, DateTimeOffset ExpiresAt) : Invited;

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
public sealed partial class TeamCommands(IDbContextFactory<PortalDb> factory, UserAccounts users)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(24);
    internal static readonly TimeSpan CoolingOff = TimeSpan.FromHours(24);

    /// <summary>
    /// Makes a person with a sign-in and roles, and a link that sets it up. Nobody grants money rights to themselves.
    /// </summary>
    public async Task<Invited> InviteAsync(Actor actor, string name, string email, IReadOnlyList<Role> roles)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<Invited>(actor, "team.invite", async commit =>
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

            var (user, problem) = await AddUserAsync(commit, users.For(db), name, email, roles, commit.Now);
            if (user is null)
            {
                return commit.Refuse(new Invited.Wrong("Email", problem), subject, problem);
            }

            commit.Audit(subject, new { roles });
            commit.Changed("user", user.Id);
            return AddLink(commit, user.Id);
        });
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
