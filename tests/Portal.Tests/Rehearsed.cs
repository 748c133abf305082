using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests;

/// <summary>People of the demo world at work.</summary>
internal static class Rehearsed
{
    /// <summary>Notes a fresh proof of the person for an operation and its terms, as a code would.</summary>
    public static async Task ProvenAsync(IDbContextFactory<PortalDb> factory, Actor actor, Operation operation)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.step-up", commit =>
        {
            db.Add(new StepUp
            {
                Id = Guid.CreateVersion7(), SessionId = actor.SessionId!.Value, UserId = actor.UserId!.Value,
                PersonId = actor.PersonId!.Value, SubjectId = operation.Id, TermsHash = operation.TermsHash,
                At = commit.Now,
            });
            return Task.FromResult(true);
        });
    }

    /// <summary>A session of the person whose address begins like this.</summary>
    public static async Task<Actor> SessionAsync(IDbContextFactory<PortalDb> factory, string mail)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(Actor.Job("test"), "test.session", async commit =>
        {
            var user = await db.Users.AsNoTracking().SingleAsync(row => row.Email!.StartsWith(mail));
            var session = new UserSession
            {
                Id = Guid.CreateVersion7(), UserId = user.Id, StartedAt = commit.Now, LastSeenAt = commit.Now,
                ExpiresAt = commit.Now.AddDays(9), Factors = "test",
            };
            db.Add(session);
            return new Actor(mail, user.Id, user.PersonId, session.Id);
        });
    }
}
