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
}
