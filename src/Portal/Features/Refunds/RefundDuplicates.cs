using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>Finds the refund that a new one may be meant to repeat.</summary>
internal static class RefundDuplicates
{
    /// <summary>The newest refund of the order that is open, or was asked for since then and not turned down.</summary>
    public static Task<Operation?> FindAsync(PortalDb db, Guid orderId, DateTimeOffset since) =>
        db.Set<Operation>().AsNoTracking()
            .Where(row => row.OrderId == orderId && row.State != OperationState.Rejected
                && row.State != OperationState.Expired && row.State != OperationState.Failed)
            .Where(row => row.RequestedAt >= since || (row.State != OperationState.Succeeded
                && row.State != OperationState.ResolvedSucceeded && row.State != OperationState.ResolvedFailed))
            .OrderByDescending(row => row.RequestedAt)
            .FirstOrDefaultAsync();
}
