using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>Lets changes expire that nobody confirmed in time.</summary>
public sealed class ChangeExpiry(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    /// <summary>Expires one change, if one is due.</summary>
    public async Task<bool> ExpireNextAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        if (!await db.Set<ChangeRequest>().AnyAsync(row => row.State == ChangeState.Waiting && row.ExpiresAt <= now))
        {
            return false;
        }

        return await db.CommitAsync(Actor.Job("changes"), "change.expire", async commit =>
        {
            var request = await db.Set<ChangeRequest>().AsNoTracking().OrderBy(row => row.ExpiresAt)
                .FirstOrDefaultAsync(row => row.State == ChangeState.Waiting && row.ExpiresAt <= commit.Now);
            if (request is null || !await commit.EndAsync(request, ChangeState.Expired))
            {
                return false;
            }

            commit.Audit(request.Subject, new { change = request.Number, request.Kind });
            return true;
        });
    }
}

/// <summary>Runs the expiry of changes.</summary>
public sealed class ChangeWorker(
    ChangeExpiry expiry, ChangeFeed changes, TimeProvider time, ILogger<ChangeWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host is up before the first look.
        await Task.Yield();
        await new Loop(changes, time, log).RunAsync(_ => expiry.ExpireNextAsync(), "change", stoppingToken);
    }
}
