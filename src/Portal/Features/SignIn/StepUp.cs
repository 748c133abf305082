using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>With what somebody proved to be there at the moment of a decision.</summary>
public enum StepUpFactor
{
    /// <summary>A one-time code of the enrolled authenticator.</summary>
    Totp,

    /// <summary>A passkey with the user verified.</summary>
    Passkey,
}

/// <summary>
/// A fresh proof that the person of a session is there, for one decision: bound to what is decided on and to the exact
/// terms. Rows are only added.
/// </summary>
public sealed class StepUp
{
    public Guid Id { get; init; }
    public Guid SessionId { get; init; }
    public Guid UserId { get; init; }
    public Guid PersonId { get; init; }

    /// <summary>What is decided on: an operation, a change request.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>The terms as they were shown, in lower-case hexadecimal.</summary>
    public string TermsHash { get; init; } = "";

    public StepUpFactor Factor { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>One decision that a proof is for.</summary>
/// <param name="Id">What is decided on.</param>
/// <param name="TermsHash">The terms as they were shown.</param>
public sealed record StepUpSubject(Guid Id, string TermsHash);

/// <summary>Whether a command's decision was freshly proven to come from its person.</summary>
public static class StepUps
{
    /// <summary>How long a proof counts.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The proof for exactly this decision: by the session that acts, for these terms, at most five minutes old. Null
    /// when there is none; the command then has to refuse.
    /// </summary>
    public static Task<StepUp?> RequireAsync(Commit commit, Guid subjectId, string termsHash) =>
        Fresh(commit.Db, commit.Actor, commit.Now).Where(row => row.SubjectId == subjectId
            && row.TermsHash == termsHash).OrderByDescending(row => row.At).FirstOrDefaultAsync();

    /// <summary>For pages: whether the code need not be typed again.</summary>
    internal static Task<bool> IsThereAsync(
        PortalDb db, Actor actor, DateTimeOffset now, Guid subjectId, string termsHash) =>
        Fresh(db, actor, now).AnyAsync(row => row.SubjectId == subjectId && row.TermsHash == termsHash);

    private static IQueryable<StepUp> Fresh(PortalDb db, Actor actor, DateTimeOffset now)
    {
        var since = now - Length;
        return db.Set<StepUp>().AsNoTracking().Where(row => row.SessionId == actor.SessionId
            && row.UserId == actor.UserId && row.At >= since && row.At <= now);
    }
}
