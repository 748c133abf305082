using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
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

/// <summary>Everything that a person looks at to explain a case.</summary>
public sealed record CaseSheet
{
    public required CaseLine Line { get; init; }
    public required ProviderDescriptor Provider { get; init; }

    /// <summary>The provider's number of the order; null while it has none.</summary>
    public required string? ProviderNumber { get; init; }
    public required OrderState OrderState { get; init; }
    public required Money Amount { get; init; }
    public required Money Paid { get; init; }

    /// <summary>What went back by our books, what other cases booked included.</summary>
    public required Money Refunded { get; init; }

    /// <summary>Set aside for refunds that are asked for.</summary>
    public required Money Reserved { get; init; }

    /// <summary>All that was asked for on the order here, newest first.</summary>
    public required IReadOnlyList<OperationFacts> Ours { get; init; }
}

/// <summary>Reads cases.</summary>
public sealed class CaseQueries(IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
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

    /// <summary>One case by its number; null when there is none or the actor may not see it.</summary>
    public async Task<CaseSheet?> FindAsync(Actor actor, string number)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var row = await db.Set<OutsideCase>().AsNoTracking().SingleOrDefaultAsync(one => one.Number == number);
        if (row is null || !rights.Allows(Permission.OrdersRead, row.AccountId))
        {
            return null;
        }

        var order = await db.Set<Order>().AsNoTracking().SingleAsync(one => one.Id == row.OrderId);
        var balance = await db.Set<OrderBalance>().AsNoTracking().SingleAsync(one => one.OrderId == row.OrderId);
        var account = await accounts.GetAsync(row.AccountId);
        var currency = order.Amount.Currency;
        var ours = await db.Set<Operation>().AsNoTracking().Where(one => one.OrderId == row.OrderId)
            .OrderByDescending(one => one.RequestedAt).ThenByDescending(one => one.Number).Take(Most).ToListAsync();
        return new()
        {
            Line = new(
                row, order.Number, order.MerchantNumber, account.Name, new(balance.Refundable, currency),
                rights.Allows(Permission.CasesWork, row.AccountId)),
            Provider = accounts.Provider(account).Descriptor,
            ProviderNumber = order.ProviderNumber,
            OrderState = order.State,
            Amount = order.Amount,
            Paid = new(balance.Paid, currency),
            Refunded = new(balance.Refunded, currency),
            Reserved = new(balance.Reserved, currency),
            Ours = ours.ConvertAll(OperationFacts.From),
        };
    }
}
