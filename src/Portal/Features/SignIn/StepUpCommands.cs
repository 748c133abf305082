using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>How a proof ended. The family is closed.</summary>
public abstract record SteppedUp
{
    public sealed record Done : SteppedUp;

    /// <summary>The code fits no step that is allowed now.</summary>
    public sealed record WrongCode : SteppedUp;

    /// <summary>The code was right, and it was used before; the next one is due within half a minute.</summary>
    public sealed record UsedCode : SteppedUp;

    /// <summary>Too many wrong tries.</summary>
    public sealed record Locked(DateTimeOffset Until) : SteppedUp;

    /// <summary>The session has ended, or nothing was to be proven.</summary>
    public sealed record NoSession : SteppedUp;
}

/// <summary>Takes the fresh proof that decisions need.</summary>
public sealed class StepUpCommands(IDbContextFactory<PortalDb> factory, OneTimeCodeCheck codes)
{
    /// <summary>How many decisions one code may open.</summary>
    public const int Most = 50;

    /// <summary>Checks one fresh code and notes it for each of the decisions.</summary>
    public async Task<SteppedUp> ProveAsync(Actor actor, string code, IReadOnlyList<StepUpSubject> subjects)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<SteppedUp>(actor, "step-up", async commit =>
        {
            var subject = $"user {actor.UserId:N}";
            var user = await db.Users.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == actor.UserId && row.DisabledAt == null);
            if (user is null || subjects.Count is 0 or > Most || !await StandsAsync(commit))
            {
                return commit.Refuse(new SteppedUp.NoSession(), subject, "no session or nothing to prove");
            }

            if (user.LockoutEnd > commit.Now)
            {
                return commit.Refuse(new SteppedUp.Locked(user.LockoutEnd.Value), subject, "locked");
            }

            var step = codes.Match(user, code.Trim(), commit.Now);
            if (step is null || !await OneTimeCodeCheck.UseAsync(db, user.Id, step.Value))
            {
                commit.AlsoWhenRefused(() => OneTimeCodeCheck.CountFailureAsync(db, user.Id, commit.Now));
                return step is null
                    ? commit.Refuse(new SteppedUp.WrongCode(), subject, "wrong code")
                    : commit.Refuse(new SteppedUp.UsedCode(), subject, "code used before");
            }

            db.AddRange(subjects.Distinct().Select(proven => new StepUp
            {
                Id = Guid.CreateVersion7(),
                SessionId = actor.SessionId!.Value,
                UserId = user.Id,
                PersonId = user.PersonId,
                SubjectId = proven.Id,
                TermsHash = proven.TermsHash,
                Factor = StepUpFactor.Totp,
                At = commit.Now,
            }));
            commit.Audit(subject, new { factor = "totp", subjects = subjects.Select(proven => proven.Id) });
            return new SteppedUp.Done();
        });
    }

    private static Task<bool> StandsAsync(Commit commit) => commit.Db.Set<UserSession>().AnyAsync(row =>
        row.Id == commit.Actor.SessionId && row.UserId == commit.Actor.UserId && row.EndedAt == null
        && row.ExpiresAt > commit.Now);
}
