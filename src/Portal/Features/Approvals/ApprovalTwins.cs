using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>The duplicate shield at approval: what looks like the same asked for once more.</summary>
internal static class ApprovalTwins
{
    /// <summary>How far apart two of the same amount are pointed out.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private static readonly OperationState[] Void =
    [
        OperationState.Rejected, OperationState.Expired, OperationState.Failed, OperationState.ResolvedFailed,
    ];

    /// <summary>
    /// Others of the same kind and amount, for the same order or payee, asked for within a day of this one, which may
    /// move money or have moved it. Newest first.
    /// </summary>
    public static async Task<IReadOnlyList<Operation>> OfAsync(PortalDb db, Operation operation)
    {
        if (operation.OrderId is null && operation.Target.Length == 0)
        {
            return [];
        }

        var from = operation.RequestedAt - Window;
        var until = operation.RequestedAt + Window;
        var alike = db.Set<Operation>().AsNoTracking().Where(row => row.Id != operation.Id
            && row.Kind == operation.Kind && row.AccountId == operation.AccountId
            && row.AmountMinor == operation.AmountMinor && row.Currency == operation.Currency
            && row.RequestedAt >= from && row.RequestedAt <= until && !Void.Contains(row.State));
        var same = operation.OrderId is { } order
            ? alike.Where(row => row.OrderId == order)
            : alike.Where(row => row.Target == operation.Target);
        return await same.OrderByDescending(row => row.RequestedAt).ThenBy(row => row.Number).ToListAsync();
    }

    /// <summary>
    /// The same for the operations of a batch at once, by operation. Others of the batch are left out: whoever decides
    /// has them all before them, and what repeats among them stands out there.
    /// </summary>
    public static async Task<ILookup<Guid, Operation>> OfAllAsync(PortalDb db, IReadOnlyList<Operation> operations)
    {
        if (operations.Count == 0)
        {
            return Array.Empty<Operation>().ToLookup(_ => Guid.Empty);
        }

        var from = operations.Min(row => row.RequestedAt) - Window;
        var until = operations.Max(row => row.RequestedAt) + Window;
        var batch = operations[0].BatchId;
        var alike = new Dictionary<Guid, Operation>();
        foreach (var chunk in operations.Chunk(200))
        {
            var orders = chunk.Where(row => row.OrderId is not null).Select(row => row.OrderId).Distinct().ToList();
            var targets = chunk.Where(row => row.OrderId is null && row.Target.Length > 0)
                .Select(row => row.Target).Distinct().ToList();
            foreach (var row in await db.Set<Operation>().AsNoTracking()
                .Where(row => orders.Contains(row.OrderId) || targets.Contains(row.Target))
                .Where(row => row.BatchId == null || row.BatchId != batch)
                .Where(row => row.RequestedAt >= from && row.RequestedAt <= until && !Void.Contains(row.State))
                .ToListAsync())
            {
                alike[row.Id] = row;
            }
        }

        var byAmount = alike.Values.OrderByDescending(row => row.RequestedAt).ThenBy(row => row.Number)
            .ToLookup(Alike);
        return (
            from operation in operations
            from other in byAmount[Alike(operation)]
            where (other.RequestedAt - operation.RequestedAt).Duration() <= Window
            select (operation.Id, other)).ToLookup(pair => pair.Id, pair => pair.other);
    }

    private static (OperationKind, Guid, long, string, Guid?, string) Alike(Operation row) => (
        row.Kind, row.AccountId, row.AmountMinor, row.Currency, row.OrderId, row.OrderId is null ? row.Target : "");
}
