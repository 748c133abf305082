using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>Lets requests expire that nobody decided on in time; their money is free again.</summary>
public sealed class ApprovalExpiry(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    /// <summary>Expires one request, if one is due.</summary>
    public async Task<bool> ExpireNextAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        if (!await db.Set<Operation>().AnyAsync(row => row.State == OperationState.PendingApproval && row.DueAt <= now))
        {
            return false;
        }

        return await db.CommitAsync(Actor.Job("approvals"), "approval.expire", async commit =>
        {
            var operation = await db.Set<Operation>().AsNoTracking().OrderBy(row => row.DueAt)
                .FirstOrDefaultAsync(row => row.State == OperationState.PendingApproval && row.DueAt <= commit.Now);
            if (operation is null)
            {
                return false;
            }

            commit.Audit(operation.Subject);
            return await commit.MoveAsync(operation, OperationEvent.Expire, _ => { });
        });
    }
}
