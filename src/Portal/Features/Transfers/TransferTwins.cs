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
        var (minor, currency) = (amount.Minor, amount.Currency.Code);
        return Meant(db, provider, now)
            .Where(row => row.Target == payeeId && row.AmountMinor == minor && row.Currency == currency)
            .OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Id)
            .FirstOrDefaultAsync();
    }

    /// <summary>The same for many payees at once: the number of the newest, by payee and amount.</summary>
    public static async Task<Dictionary<(string PayeeId, Money Amount), string>> FindAllAsync(
        PortalDb db, string provider, IEnumerable<string> payeeIds, DateTimeOffset now)
    {
        var found = new Dictionary<(string, Money), string>();
        foreach (var chunk in payeeIds.Chunk(200))
        {
            foreach (var row in await Meant(db, provider, now).Where(row => chunk.Contains(row.Target))
                .OrderBy(row => row.RequestedAt).ThenBy(row => row.Id)
                .Select(row => new { row.Target, row.AmountMinor, row.Currency, row.Number }).ToListAsync())
            {
                found[(row.Target, new(row.AmountMinor, CurrencyTable.Get(row.Currency)))] = row.Number;
            }
        }

        return found;
    }

    private static IQueryable<Operation> Meant(PortalDb db, string provider, DateTimeOffset now)
    {
        var since = now - Window;
        return db.Set<Operation>().AsNoTracking()
            .Where(row => row.Kind == OperationKind.Transfer && row.Provider == provider
                && row.State != OperationState.Rejected && row.State != OperationState.Expired
                && row.State != OperationState.Failed)
            .Where(row => row.RequestedAt >= since || (row.State != OperationState.Succeeded
                && row.State != OperationState.ResolvedSucceeded && row.State != OperationState.ResolvedFailed));
    }
}
