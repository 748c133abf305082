using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>Reads the list of refunds, page by page.</summary>
public sealed class RefundListing(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    public const int PageSize = 50;

    private static readonly Dictionary<RefundTab, OperationState[]> Groups = new()
    {
        [RefundTab.Waiting] = [OperationState.PendingApproval],
        [RefundTab.OnTheWay] = [OperationState.Ready, OperationState.Sending, OperationState.Accepted],
        [RefundTab.Unknown] = [OperationState.Unknown, OperationState.NeedsPerson],
        [RefundTab.Refunded] = [OperationState.Succeeded, OperationState.ResolvedSucceeded],
        [RefundTab.NotRefunded] =
        [
            OperationState.Failed, OperationState.Rejected, OperationState.Expired, OperationState.ResolvedFailed,
        ],
    };

    /// <summary>One page with the counters of all tabs.</summary>
    public async Task<RefundPage> ReadAsync(Actor actor, RefundFilter filter)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var found = Found(db, rights, filter.Find);
        var states = await found.GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count);
        var counts = Enum.GetValues<RefundTab>().ToDictionary(tab => tab, tab => tab == RefundTab.All
            ? states.Values.Sum()
            : Groups[tab].Sum(state => states.GetValueOrDefault(state)));
        var inTab = filter.Tab == RefundTab.All ? found : In(found, Groups[filter.Tab]);
        return await PageAsync(db, inTab, filter, counts);
    }

    private static IQueryable<Operation> In(IQueryable<Operation> rows, OperationState[] states) =>
        rows.Where(row => states.Contains(row.State));

    private static IQueryable<Operation> Found(PortalDb db, Rights rights, string? find)
    {
        var rows = db.Set<Operation>().AsNoTracking().SeenBy(rights).Where(row => row.Kind == OperationKind.Refund);
        return find?.Trim() is { Length: > 0 } text
            ? rows.Where(row => row.Number.StartsWith(text) || row.Payee.StartsWith(text)
                || db.Set<Order>().Any(order => order.Id == row.OrderId
                    && (order.Number.StartsWith(text) || order.MerchantNumber.StartsWith(text)
                        || (order.ProviderNumber != null && order.ProviderNumber.StartsWith(text)))))
            : rows;
    }

    private static async Task<RefundPage> PageAsync(
        PortalDb db, IQueryable<Operation> rows, RefundFilter filter, IReadOnlyDictionary<RefundTab, int> counts)
    {
        // One row more than a page tells whether there is another page that way.
        if (filter.Before is { } before && await MarkAsync(db, before) is { } first)
        {
            var newer = await rows.Where(row => row.RequestedAt > first.At
                    || (row.RequestedAt == first.At && row.Id > first.Id))
                .OrderBy(row => row.RequestedAt).ThenBy(row => row.Id).Take(PageSize + 1).ToLinesAsync(db);
            return new([.. newer.Take(PageSize).Reverse()], counts, newer.Count > PageSize, HasOlder: true);
        }

        var last = filter.After is { } after ? await MarkAsync(db, after) : null;
        var older = last is null ? rows : rows.Where(row => row.RequestedAt < last.At
            || (row.RequestedAt == last.At && row.Id < last.Id));
        var page = await older.OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Id)
            .Take(PageSize + 1).ToLinesAsync(db);
        return new([.. page.Take(PageSize)], counts, last is not null, page.Count > PageSize);
    }

    private static Task<Mark?> MarkAsync(PortalDb db, string number) =>
        db.Set<Operation>().AsNoTracking().Where(row => row.Number == number)
            .Select(row => new Mark(row.Id, row.RequestedAt)).SingleOrDefaultAsync();

    private sealed record Mark(Guid Id, DateTimeOffset At);
}
