using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>Finds the transfer that a new one may be meant to repeat.</summary>
internal static class TransferTwins
{
    /// <summary>How long a transfer that is over is pointed out.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>
    /// The newest transfer of the same amount to the same payee, from whichever account, that is open or was asked for
    /// within the window and not turned down.
    /// </summary>
    public static Task<Operation?> FindAsync(
        PortalDb db, string provider, string payeeId, Money amount, DateTimeOffset now)
    {
        var since = now - Window;
        var (minor, currency) = (amount.Minor, amount.Currency.Code);
        return db.Set<Operation>().AsNoTracking()
            .Where(row => row.Kind == OperationKind.Transfer && row.Target == payeeId && row.Provider == provider
                && row.AmountMinor == minor && row.Currency == currency && row.State != OperationState.Rejected
                && row.State != OperationState.Expired && row.State != OperationState.Failed)
            .Where(row => row.RequestedAt >= since || (row.State != OperationState.Succeeded
                && row.State != OperationState.ResolvedSucceeded && row.State != OperationState.ResolvedFailed))
            .OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Id)
            .FirstOrDefaultAsync();
    }
}
