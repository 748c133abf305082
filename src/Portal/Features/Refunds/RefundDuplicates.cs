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
        Meant(db, since).Where(row => row.OrderId == orderId)
            .OrderByDescending(row => row.RequestedAt)
            .FirstOrDefaultAsync();

    /// <summary>The same for many orders at once: the newest of each that has one.</summary>
    public static async Task<Dictionary<Guid, Operation>> FindAllAsync(
        PortalDb db, IEnumerable<Guid> orderIds, DateTimeOffset since)
    {
        var found = new Dictionary<Guid, Operation>();
        foreach (var chunk in orderIds.Chunk(200))
        {
            var ids = chunk.Cast<Guid?>().ToList();
            foreach (var row in await Meant(db, since).Where(row => ids.Contains(row.OrderId))
                .OrderBy(row => row.RequestedAt).ToListAsync())
            {
                found[row.OrderId!.Value] = row;
            }
        }

        return found;
    }

    private static IQueryable<Operation> Meant(PortalDb db, DateTimeOffset since) =>
        db.Set<Operation>().AsNoTracking()
            .Where(row => row.Kind == OperationKind.Refund && row.State != OperationState.Rejected
                && row.State != OperationState.Expired && row.State != OperationState.Failed)
            .Where(row => row.RequestedAt >= since || (row.State != OperationState.Succeeded
                && row.State != OperationState.ResolvedSucceeded && row.State != OperationState.ResolvedFailed));
}
