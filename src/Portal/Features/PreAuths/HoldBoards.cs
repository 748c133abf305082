using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>Reads the board: held amounts by how soon they end.</summary>
public sealed class HoldBoards(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, ProviderCatalog catalog, TimeProvider time)
{
    public const int MostInColumn = 40;
    public const int PageSize = 50;

    /// <summary>A hold that ends within this time needs attention today.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromHours(24);

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>What is held and what is being decided on.</summary>
    public async Task<HoldBoard> ReadAsync(Actor actor, HoldFilter filter)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var rows = HoldRowsQuery.Seen(db, rights, filter);
        var busy = HoldRowsQuery.BeingDecided(db);
        var held = rows.Where(row => row.Order.State == OrderState.Held && !busy.Contains(row.Order.Id));
        var soon = now + Soon;
        var week = now + Week;
        var columns = new Dictionary<HoldColumn, HoldGroup>
        {
            [HoldColumn.Due] = await GroupAsync(
                held.Where(row => row.Hold.EndsAt <= soon), db, rights, filter.Sort),
            [HoldColumn.Week] = await GroupAsync(
                held.Where(row => row.Hold.EndsAt > soon && row.Hold.EndsAt <= week), db, rights, filter.Sort),
            [HoldColumn.Later] = await GroupAsync(
                held.Where(row => row.Hold.EndsAt > week), db, rights, filter.Sort),
            [HoldColumn.Decided] = await GroupAsync(
                rows.Where(row => busy.Contains(row.Order.Id)), db, rights, filter.Sort),
        };
        var sums = await rows.Where(row => row.Order.State == OrderState.Held).GroupBy(row => row.Order.Currency)
            .Select(group => new
            {
                group.Key,
                Held = group.Sum(row => row.Order.AmountMinor),
                Planned = group.Sum(row => row.Hold.PlannedMinor ?? 0),
            })
            .OrderBy(sum => sum.Key).ToListAsync();
        return new(
            columns,
            await Ended(rows, busy).CountAsync(),
            sums.ConvertAll(sum => new Money(sum.Held, CurrencyTable.Get(sum.Key))),
            [.. sums.Where(sum => sum.Planned > 0).Select(sum => new Money(sum.Planned, CurrencyTable.Get(sum.Key)))],
            [.. catalog.All.Where(one => one.PreAuthorisations is not null).Select(one => one.Descriptor)]);
    }

    /// <summary>One page of what has ended.</summary>
    public async Task<EndedHolds> EndedAsync(Actor actor, HoldFilter filter)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var rows = Ended(HoldRowsQuery.Seen(db, rights, filter), HoldRowsQuery.BeingDecided(db));
        var total = await rows.CountAsync();
        if (filter.After is { } after)
        {
            var last = await HoldRowsQuery.Seen(db, rights, new()).Where(row => row.Order.Number == after)
                .Select(row => new { row.Order.ChangedAt, row.Order.Id }).SingleOrDefaultAsync();
            rows = last is null ? rows : rows.Where(row => row.Order.ChangedAt < last.ChangedAt
                || (row.Order.ChangedAt == last.ChangedAt && row.Order.Id < last.Id));
        }

        var page = await rows.OrderByDescending(row => row.Order.ChangedAt).ThenByDescending(row => row.Order.Id)
            .Take(PageSize + 1).ToLinesAsync(db, accounts, rights);
        return new([.. page.Take(PageSize)], total, page.Count > PageSize);
    }

    /// <summary>How many holds of the accounts end soon while nobody has asked for anything.</summary>
    internal static Task<int> DueAsync(PortalDb db, Rights rights, DateTimeOffset now)
    {
        var soon = now + Soon;
        var busy = HoldRowsQuery.BeingDecided(db);
        return HoldRowsQuery.Seen(db, rights, new()).CountAsync(row => row.Order.State == OrderState.Held
            && row.Hold.EndsAt <= soon && !busy.Contains(row.Order.Id));
    }

    private static IQueryable<HoldRow> Ended(IQueryable<HoldRow> rows, IQueryable<Guid> busy) =>
        rows.Where(row => row.Order.State != OrderState.Held && row.Order.State != OrderState.AwaitingPayment
            && row.Order.State != OrderState.Processing && !busy.Contains(row.Order.Id));

    private async Task<HoldGroup> GroupAsync(
        IQueryable<HoldRow> rows, PortalDb db, Rights rights, HoldSort sort)
    {
        var total = await rows.CountAsync();
        var ordered = sort switch
        {
            HoldSort.Amount => rows.OrderByDescending(row => row.Order.AmountMinor).ThenBy(row => row.Hold.EndsAt),
            HoldSort.Newest => rows.OrderByDescending(row => row.Hold.AuthorisedAt).ThenBy(row => row.Hold.EndsAt),
            _ => rows.OrderBy(row => row.Hold.EndsAt).ThenBy(row => row.Order.Number),
        };
        return new(await ordered.Take(MostInColumn).ToLinesAsync(db, accounts, rights), total);
    }
}
