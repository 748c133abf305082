using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>What needs somebody's attention.</summary>
/// <param name="Lines">Newest problem first, at most <see cref="OperationQueries.MostUnsettled"/>.</param>
/// <param name="Total">How many there are.</param>
public sealed record Unsettled(IReadOnlyList<OperationLine> Lines, int Total);

/// <summary>Reads operations across their kinds.</summary>
public sealed class OperationQueries(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    public const int MostUnsettled = 200;

    /// <summary>An approved operation that is not final after this time is shown as needing attention.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly OperationState[] Doubtful = [OperationState.Unknown, OperationState.NeedsPerson];
    private static readonly OperationState[] UnderWay =
        [OperationState.Ready, OperationState.Sending, OperationState.Accepted];

    /// <summary>
    /// Unknown outcomes, what people have to settle, disputed and halted operations, and everything that was approved
    /// more than ten minutes ago and has not ended.
    /// </summary>
    public async Task<Unsettled> UnsettledAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var longAgo = now - Patience;
        var rows = db.Set<Operation>().AsNoTracking().SeenBy(rights).Where(row => Doubtful.Contains(row.State)
            || row.DisputedAt != null || row.Problem == OperationProblem.Tampered
            || (UnderWay.Contains(row.State) && db.Set<Approval>().Any(approval => approval.OperationId == row.Id
                && approval.Decision == Decision.Approved && approval.At < longAgo)));
        var total = await rows.CountAsync();
        var newest = rows.OrderByDescending(row => row.StateAt).ThenByDescending(row => row.Number).Take(MostUnsettled);
        return new(await newest.ToLinesAsync(db), total);
    }
}

/// <summary>Turns operation rows into lines of a list, with the numbers of their orders.</summary>
internal static class OperationLines
{
    /// <summary>Reads the rows in their order. At most one page of rows may be asked for.</summary>
    public static async Task<IReadOnlyList<OperationLine>> ToLinesAsync(this IQueryable<Operation> rows, PortalDb db)
    {
        var list = await rows.ToListAsync();
        var ids = list.ConvertAll(row => row.Id);
        var orderIds = list.Where(row => row.OrderId != null).Select(row => row.OrderId!.Value).ToList();
        var orders = await db.Set<Order>().AsNoTracking().Where(order => orderIds.Contains(order.Id))
            .Select(order => new { order.Id, order.Number, order.MerchantNumber, order.ProviderNumber })
            .ToDictionaryAsync(order => order.Id);
        var accounts = await db.Set<Account>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.Name);
        var reviewers = (await db.Set<Approval>().AsNoTracking().Where(row => ids.Contains(row.OperationId))
            .Select(row => new { row.OperationId, row.PersonName }).ToListAsync()).ToLookup(row => row.OperationId);
        return
        [
            .. from row in list
               let order = row.OrderId is { } about ? orders[about] : null
               select new OperationLine(
                   OperationFacts.From(row), order?.Number ?? "", order?.MerchantNumber ?? "", order?.ProviderNumber,
                   accounts[row.AccountId], reviewers[row.Id].Select(a => a.PersonName).FirstOrDefault()),
        ];
    }
}
