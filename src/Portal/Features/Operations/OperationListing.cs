using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>The tabs of a list of operations.</summary>
public enum OperationTab
{
    All,
    Waiting,
    OnTheWay,
    Unknown,
    Done,
    NotDone,
}

/// <summary>Which operations a list shows.</summary>
/// <param name="Kind">The one kind of the list.</param>
/// <param name="Tab">State group.</param>
/// <param name="Find">Start of a number or of the payee; null for all.</param>
/// <param name="After">Number of the last row of the page before; null from the newest.</param>
/// <param name="Before">Number of the first row of the page after.</param>
public sealed record OperationFilter(
    OperationKind Kind, OperationTab Tab = OperationTab.All, string? Find = null, string? After = null,
    string? Before = null)
{
    /// <summary>The one account; null for all that the actor may see.</summary>
    public Guid? Account { get; init; }
}

/// <summary>One page of operations, newest first.</summary>
/// <param name="Lines">The rows.</param>
/// <param name="Counts">How many each tab holds with this search.</param>
/// <param name="HasNewer">There is a page of newer rows.</param>
/// <param name="HasOlder">There is a page of older rows.</param>
public sealed record OperationPage(
    IReadOnlyList<OperationLine> Lines, IReadOnlyDictionary<OperationTab, int> Counts, bool HasNewer, bool HasOlder)
{
    /// <summary>What the whole tab sums to with this search, per currency.</summary>
    public IReadOnlyList<Money> Sums { get; init; } = [];
}

/// <summary>Reads the list of one kind of operations, page by page.</summary>
public sealed class OperationListing(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    public const int PageSize = 50;

    private static readonly Dictionary<OperationTab, OperationState[]> Groups = new()
    {
        [OperationTab.Waiting] = [OperationState.PendingApproval],
        [OperationTab.OnTheWay] = [OperationState.Ready, OperationState.Sending, OperationState.Accepted],
        [OperationTab.Unknown] = [OperationState.Unknown, OperationState.NeedsPerson],
        [OperationTab.Done] = [OperationState.Succeeded, OperationState.ResolvedSucceeded],
        [OperationTab.NotDone] =
        [
            OperationState.Failed, OperationState.Rejected, OperationState.Expired, OperationState.ResolvedFailed,
        ],
    };

    /// <summary>One page with the counters of all tabs.</summary>
    public async Task<OperationPage> ReadAsync(Actor actor, OperationFilter filter)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var found = Found(db, rights, filter);
        var states = await found.GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count);
        var counts = Enum.GetValues<OperationTab>().ToDictionary(tab => tab, tab => tab == OperationTab.All
            ? states.Values.Sum()
            : Groups[tab].Sum(state => states.GetValueOrDefault(state)));
        var inTab = filter.Tab == OperationTab.All ? found : In(found, Groups[filter.Tab]);
        var sums = await inTab.GroupBy(row => row.Currency)
            .Select(group => new { group.Key, Minor = group.Sum(row => row.AmountMinor) }).ToListAsync();
        return await PageAsync(db, inTab, filter, counts) with
        {
            Sums = [.. sums.OrderBy(sum => sum.Key).Select(sum => new Money(sum.Minor, CurrencyTable.Get(sum.Key)))],
        };
    }

    private static IQueryable<Operation> In(IQueryable<Operation> rows, OperationState[] states) =>
        rows.Where(row => states.Contains(row.State));

    private static IQueryable<Operation> Found(PortalDb db, Rights rights, OperationFilter filter)
    {
        var rows = db.Set<Operation>().AsNoTracking().SeenBy(rights)
            .Where(row => row.Kind == filter.Kind && (filter.Account == null || row.AccountId == filter.Account));
        return filter.Find?.Trim() is { Length: > 0 } text
            ? rows.Where(row => row.Number.StartsWith(text) || row.Payee.StartsWith(text)
                || row.Target.StartsWith(text) || row.ProviderNumber.StartsWith(text)
                || db.Set<Order>().Any(order => order.Id == row.OrderId
                    && (order.Number.StartsWith(text) || order.MerchantNumber.StartsWith(text)
                        || (order.ProviderNumber != null && order.ProviderNumber.StartsWith(text)))))
            : rows;
    }

    private static async Task<OperationPage> PageAsync(
        PortalDb db, IQueryable<Operation> rows, OperationFilter filter, IReadOnlyDictionary<OperationTab, int> counts)
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
