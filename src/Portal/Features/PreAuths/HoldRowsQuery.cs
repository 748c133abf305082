using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>A hold with its order, as both are stored.</summary>
internal sealed class HoldRow
{
    public required Hold Hold { get; init; }
    public required Order Order { get; init; }
}

/// <summary>The holds that somebody may see, and what they look like on a page.</summary>
internal static class HoldRowsQuery
{
    private static readonly OperationState[] Open =
    [
        OperationState.PendingApproval, OperationState.Ready, OperationState.Sending, OperationState.Accepted,
        OperationState.Unknown, OperationState.NeedsPerson,
    ];

    public static IQueryable<HoldRow> Seen(PortalDb db, Rights rights, HoldFilter filter)
    {
        var seen = rights.AccountsFor(Permission.OrdersRead);
        var rows = from hold in db.Set<Hold>().AsNoTracking()
                   join order in db.Set<Order>().AsNoTracking() on hold.OrderId equals order.Id
                   where (seen == null || seen.Contains(order.AccountId))
                       && (filter.Provider == null || order.Provider == filter.Provider)
                   select new { hold, order };
        if (!rights.Allows(Permission.OrdersRead))
        {
            rows = rows.Where(_ => false);
        }

        if (filter.Find?.Trim() is { Length: > 0 } text)
        {
            rows = rows.Where(row => row.order.Number.StartsWith(text) || row.order.MerchantNumber.StartsWith(text)
                || row.order.Payer.StartsWith(text)
                || (row.order.ProviderNumber != null && row.order.ProviderNumber.StartsWith(text)));
        }

        return rows.Select(row => new HoldRow { Hold = row.hold, Order = row.order });
    }

    /// <summary>Those with a capture or void that is open.</summary>
    public static IQueryable<Guid> BeingDecided(PortalDb db) => db.Set<Operation>()
        .Where(row => (row.Kind == OperationKind.Capture || row.Kind == OperationKind.Void) && Open.Contains(row.State))
        .Select(row => row.OrderId!.Value);

    public static async Task<IReadOnlyList<HoldLine>> ToLinesAsync(
        this IQueryable<HoldRow> rows, PortalDb db, AccountDirectory accounts, Rights rights)
    {
        var list = await rows.ToListAsync();
        var ids = list.ConvertAll(row => row.Order.Id);
        var operations = (await db.Set<Operation>().AsNoTracking()
            .Where(row => row.OrderId != null && ids.Contains(row.OrderId.Value)
                && (row.Kind == OperationKind.Capture || row.Kind == OperationKind.Void)).ToListAsync())
            .ToLookup(row => row.OrderId!.Value);
        var paid = await db.Set<OrderBalance>().AsNoTracking().Where(row => ids.Contains(row.OrderId))
            .ToDictionaryAsync(row => row.OrderId, row => row.Paid);
        var lines = new List<HoldLine>(list.Count);
        foreach (var row in list)
        {
            var (hold, order) = (row.Hold, row.Order);
            var account = await accounts.GetAsync(order.AccountId);
            var currency = order.Amount.Currency;
            var newest = operations[order.Id].MaxBy(one => one.RequestedAt);
            lines.Add(new()
            {
                OrderId = order.Id,
                Number = order.Number,
                ShopNumber = order.MerchantNumber,
                ProviderNumber = order.ProviderNumber,
                Provider = accounts.Provider(account).Descriptor,
                AccountName = account.Name,
                Payer = order.Payer,
                Method = order.Method,
                ShopState = order.ShopState,
                State = order.State,
                Authorised = order.Amount,
                Captured = new Money(paid[order.Id], currency),
                Planned = hold.Planned(currency),
                PlannedAt = hold.PlannedAt,
                PlannedBy = hold.PlannedBy,
                AuthorisedAt = hold.AuthorisedAt,
                EndsAt = hold.EndsAt,
                ChangedAt = order.ChangedAt,
                Version = hold.Version,
                Newest = newest is null ? null : OperationFacts.From(newest),
                Bar = Bar(rights, accounts.Provider(account), account, order, operations[order.Id].Any(IsOpenOrDone)),
            });
        }

        return lines;
    }

    private static bool IsOpenOrDone(Operation row) => row.ReleasedAt is null
        && row.State is not (OperationState.Rejected or OperationState.Expired or OperationState.Failed);

    private static HoldBar Bar(
        Rights rights, IPaymentProvider provider, Account account, Order order, bool hasAnother) =>
        !rights.Allows(Permission.PreAuthsRequest, order.AccountId) ? HoldBar.NoRight
        : provider.PreAuthorisations is null ? HoldBar.NotOffered
        : !account.IsOn(provider, ProviderInterface.PreAuthorisations) ? HoldBar.SwitchedOff
        : hasAnother ? HoldBar.Another
        : order.State != OrderState.Held ? HoldBar.NotHeld
        : HoldBar.None;
}
