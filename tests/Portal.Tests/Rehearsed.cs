using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests;

/// <summary>People of the demo world at work.</summary>
internal static class Rehearsed
{
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
