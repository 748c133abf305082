using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Cases;

/// <summary>A case with its order.</summary>
/// <param name="Case">The case.</param>
/// <param name="OrderNumber">Our number of the order.</param>
/// <param name="ShopNumber">The shop's number of it.</param>
/// <param name="AccountName">What the team calls the account.</param>
/// <param name="Rest">What can still go back of the order by our books.</param>
/// <param name="MayClose">The actor may close it.</param>
public sealed record CaseLine(
    OutsideCase Case, string OrderNumber, string ShopNumber, string AccountName, Money Rest, bool MayClose);

/// <summary>A tab of cases.</summary>
/// <param name="Lines">Open ones: oldest first. Closed ones: newest first.</param>
/// <param name="Open">How many are open.</param>
/// <param name="Total">How many the tab holds.</param>
public sealed record CaseList(IReadOnlyList<CaseLine> Lines, int Open, int Total);

/// <summary>Reads cases.</summary>
public sealed class CaseQueries(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    public const int Most = 100;

    /// <summary>One tab.</summary>
    public async Task<CaseList> ListAsync(Actor actor, CaseState state)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        if (!rights.Allows(Permission.OrdersRead))
        {
            return new([], 0, 0);
        }

        var only = rights.AccountsFor(Permission.OrdersRead);
        var seen = db.Set<OutsideCase>().AsNoTracking()
            .Where(row => only == null || only.Contains(row.AccountId));
        var wanted = seen.Where(row => row.State == state);
        var sorted = state == CaseState.Open
            ? wanted.OrderBy(row => row.FoundAt).ThenBy(row => row.Number)
            : wanted.OrderByDescending(row => row.ClosedAt).ThenByDescending(row => row.Number);
        var rows = await (
            from row in sorted.Take(Most)
            join order in db.Set<Order>() on row.OrderId equals order.Id
            join account in db.Set<Account>() on row.AccountId equals account.Id
            join balance in db.Set<OrderBalance>() on row.OrderId equals balance.OrderId
            select new { row, order.Number, order.MerchantNumber, account.Name, balance }).ToListAsync();
        return new(
            [
                .. rows.Select(line => new CaseLine(
                    line.row, line.Number, line.MerchantNumber, line.Name,
                    new(line.balance.Refundable, CurrencyTable.Get(line.row.Currency)),
                    rights.Allows(Permission.CasesWork, line.row.AccountId))),
            ],
            await seen.CountAsync(row => row.State == CaseState.Open),
            await wanted.CountAsync());
    }
}
