using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>Reads the list of orders. Only accounts that the actor may see are ever counted or shown.</summary>
public sealed class OrderQueries(IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>Counting stops here.</summary>
    public const int Most = 10_000;

    /// <summary>One page, the tabs' figures and the sums.</summary>
    public async Task<OrderListing> ListAsync(Actor actor, OrderFilter filter, TimeZoneInfo zone)
    {
        await using var db = await factory.CreateDbContextAsync();
        var readAt = time.GetUtcNow();
        var all = (await VisibleAsync(db, actor)).Matching(filter, zone);
        var counts = new Dictionary<OrderTab, int>();
        foreach (var tab in Enum.GetValues<OrderTab>())
        {
            counts[tab] = await all.Behind(tab, db.Set<Operation>()).Take(Most + 1).CountAsync();
        }

        var shown = all.Behind(filter.Tab, db.Set<Operation>());
        var (rows, newer, older) = await PageAsync(db, shown, filter);
        return new()
        {
            Rows = rows,
            Newer = newer,
            Older = older,
            Counts = counts,
            Totals = counts[filter.Tab] > Most ? null : await SumAsync(shown),
            ReadAt = readAt,
        };
    }

    /// <summary>
    /// All that match and have something left to refund, newest first; null when these are more than so many.
    /// </summary>
    public async Task<IReadOnlyList<OrderRow>?> RefundableAsync(
        Actor actor, OrderFilter filter, TimeZoneInfo zone, int most)
    {
        await using var db = await factory.CreateDbContextAsync();
        var shown = (await VisibleAsync(db, actor)).Matching(filter, zone).Behind(filter.Tab, db.Set<Operation>());
        var rows = await Rows(db, shown.OrderByDescending(row => row.OrderedAt).ThenByDescending(row => row.Id))
            .Where(row => row.Refundable > 0).Take(most + 1).ToListAsync();
        return rows.Count > most ? null : rows;
    }

    /// <summary>How many that match came to us after an instant.</summary>
    public async Task<int> CountNewAsync(Actor actor, OrderFilter filter, TimeZoneInfo zone, DateTimeOffset since)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await (await VisibleAsync(db, actor)).Matching(filter, zone).Behind(filter.Tab, db.Set<Operation>())
            .Where(row => row.CreatedAt > since).Take(Most + 1).CountAsync();
    }

    /// <summary>The orders that have exactly this number, ours, the shop's or the provider's; newest first.</summary>
    public async Task<IReadOnlyList<OrderRow>> FindAsync(Actor actor, string number)
    {
        var wanted = number.Trim();
        var ours = wanted.ToUpperInvariant();
        await using var db = await factory.CreateDbContextAsync();
        return await Rows(db, (await VisibleAsync(db, actor))
                .Where(row => row.Number == ours || row.MerchantNumber == wanted || row.ProviderNumber == wanted)
                .OrderByDescending(row => row.OrderedAt).ThenByDescending(row => row.Id).Take(PageSize))
            .ToListAsync();
    }

    /// <summary>The accounts and providers that the actor may see orders of, or may do something else with.</summary>
    public async Task<OrderChoices> ChoicesAsync(Actor actor, string permission = Permission.OrdersRead)
    {
        await using var db = await factory.CreateDbContextAsync();
        var scope = (await Rights.ReadAsync(db, actor, time.GetUtcNow())).AccountsFor(permission);
        var rows = await db.Set<Account>().AsNoTracking()
            .Where(row => scope == null || scope.Contains(row.Id)).OrderBy(row => row.Name).ToListAsync();
        return new(
            [.. rows.Select(row => new AccountChoice(row.Id, row.Name, row.Provider, row.Currencies.Split(' ')))],
            [.. rows.Select(row => row.Provider).Distinct().Select(key => accounts.ProviderOf(key).Descriptor)
                .Select(provider => new ProviderChoice(provider.Key, provider.Name, provider.Mark))]);
    }

    private static async Task<(IReadOnlyList<OrderRow> Rows, OrderCursor? Newer, OrderCursor? Older)> PageAsync(
        PortalDb db, IQueryable<Order> shown, OrderFilter filter)
    {
        var cursor = filter.Cursor;
        var isUp = cursor?.Newer ?? filter.OldestFirst;
        var ordered = isUp
            ? shown.OrderBy(row => row.OrderedAt).ThenBy(row => row.Id)
            : shown.OrderByDescending(row => row.OrderedAt).ThenByDescending(row => row.Id);
        var rows = await Rows(db, Beside(ordered, cursor).Take(PageSize + 1)).ToListAsync();
        var hasMore = rows.Count > PageSize;
        var isBack = isUp != filter.OldestFirst;
        if (isBack && !hasMore)
        {
            // Back at the beginning: the first page as it is now, whole.
            return await PageAsync(db, shown, filter with { Cursor = null });
        }

        rows = [.. rows.Take(PageSize)];
        if (isBack)
        {
            rows.Reverse();
        }

        var (newest, oldest) = filter.OldestFirst ? (rows.LastOrDefault(), rows.FirstOrDefault())
            : (rows.FirstOrDefault(), rows.LastOrDefault());
        var hasNewer = isUp ? hasMore : cursor is not null;
        var hasOlder = isUp ? cursor is not null : hasMore;
        return (
            rows,
            hasNewer && newest is not null ? new(newest.OrderedAt, newest.Id, Newer: true) : null,
            hasOlder && oldest is not null ? new(oldest.OrderedAt, oldest.Id, Newer: false) : null);
    }

    private static IQueryable<Order> Beside(IQueryable<Order> orders, OrderCursor? cursor)
    {
        if (cursor is null)
        {
            return orders;
        }

        var (at, id, newer) = cursor;
        return newer
            ? orders.Where(row => row.OrderedAt > at || (row.OrderedAt == at && row.Id > id))
            : orders.Where(row => row.OrderedAt < at || (row.OrderedAt == at && row.Id < id));
    }

    private static async Task<IReadOnlyList<OrderTotal>> SumAsync(IQueryable<Order> orders)
    {
        var sums = await orders.GroupBy(row => row.Currency)
            .Select(group => new { Currency = group.Key, Minor = group.Sum(row => row.AmountMinor) }).ToListAsync();
        return [.. sums.OrderBy(sum => sum.Currency, StringComparer.Ordinal)
            .Select(sum => new OrderTotal(sum.Currency, sum.Minor))];
    }

    private static IQueryable<OrderRow> Rows(PortalDb db, IQueryable<Order> orders)
    {
        var unsettled = OrderFiltering.Unsettled;
        return from order in orders
               join balance in db.Set<OrderBalance>() on order.Id equals balance.OrderId
               join account in db.Set<Account>() on order.AccountId equals account.Id
               select new OrderRow
               {
                   Id = order.Id,
                   Number = order.Number,
                   MerchantNumber = order.MerchantNumber,
                   ProviderNumber = order.ProviderNumber,
                   Provider = order.Provider,
                   Account = account.Name,
                   Method = order.Method,
                   State = order.State,
                   RawState = order.RawState,
                   Payer = order.Payer,
                   OrderedAt = order.OrderedAt,
                   AmountMinor = order.AmountMinor,
                   Currency = order.Currency,
                   Refunded = balance.Refunded,
                   Reserved = balance.Reserved,
                   Refundable = balance.Paid - balance.Refunded - balance.Reserved,
                   IsUnknown = db.Set<Operation>().Any(o => o.OrderId == order.Id
                       && o.Kind == OperationKind.Refund && unsettled.Contains(o.State)),
               };
    }

    private async Task<IQueryable<Order>> VisibleAsync(PortalDb db, Actor actor)
    {
        var scope = (await Rights.ReadAsync(db, actor, time.GetUtcNow())).AccountsFor(Permission.OrdersRead);
        var orders = db.Set<Order>().AsNoTracking();
        return scope is null ? orders : orders.Where(row => scope.Contains(row.AccountId));
    }
}
