using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>Reads what a reviewer looks at before deciding on one request.</summary>
public sealed class DecisionSheets(IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    /// <summary>How far back other refunds of the payer are counted.</summary>
    public static readonly TimeSpan PayerWindow = TimeSpan.FromDays(90);

    /// <summary>How far apart refunds of the same amount are pointed out.</summary>
    public static readonly TimeSpan SameAmountWindow = TimeSpan.FromHours(24);

    private const int Most = 10;

    /// <summary>The sheet of one request by its number; null when the actor may not see it.</summary>
    public async Task<DecisionSheet?> FindAsync(Actor actor, string number)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var seen = db.Set<Operation>().AsNoTracking().SeenBy(rights);
        if (await seen.SingleOrDefaultAsync(row => row.Number == number) is not { } row)
        {
            return null;
        }

        var facts = OperationFacts.From(row);
        var order = await db.Set<Order>().AsNoTracking().SingleAsync(o => o.Id == row.OrderId);
        var balance = await db.Set<OrderBalance>().AsNoTracking().SingleAsync(b => b.OrderId == row.OrderId);
        var account = await accounts.GetAsync(row.AccountId);
        var others = seen.Where(other => other.Id != row.Id);
        var own = row.State.KeepsReservation() ? row.AmountMinor : 0;
        var gone = row.State.MovedMoney() ? row.AmountMinor : 0;
        var currency = row.Amount.Currency;
        return new()
        {
            Operation = facts,
            OrderNumber = order.Number,
            ShopNumber = order.MerchantNumber,
            OrderState = order.State,
            ShopState = order.ShopState,
            Method = order.Method,
            AccountName = account.Name,
            Provider = accounts.Provider(account).Descriptor,
            OrderChangedAt = order.ChangedAt > row.RequestedAt ? order.ChangedAt : null,
            PaidAt = order.PaidAt,
            Paid = new(balance.Paid, currency),
            RefundedBefore = new(balance.Refunded - gone, currency),
            WaitingBeside = new(balance.Reserved - own, currency),
            Refundable = new(balance.Refundable, currency),
            OfOrder = await ListAsync(others.Where(other => other.OrderId == row.OrderId)),
            OfPayer = row.Payee.Length == 0 ? null : await PayerAsync(others, row, now),
            SameAmount = await SameAmountAsync(others, row),
            Approvers = await Approvers.NamesAsync(db, row.AccountId, row.RequesterPersonId, now),
            Decision = await db.Set<Approval>().AsNoTracking().Where(a => a.OperationId == row.Id)
                .OrderByDescending(a => a.At)
                .Select(a => new OperationDecision(a.PersonName, a.At, a.Decision, a.Factors, a.Comment))
                .FirstOrDefaultAsync(),
            Bar = ApprovalQueries.Bar(facts, rights, actor),
        };
    }

    private static async Task<IReadOnlyList<OperationFacts>> ListAsync(IQueryable<Operation> rows)
    {
        var list = await rows.OrderByDescending(other => other.RequestedAt).Take(Most).ToListAsync();
        return list.ConvertAll(OperationFacts.From);
    }

    private static Task<IReadOnlyList<OperationFacts>> SameAmountAsync(IQueryable<Operation> others, Operation row)
    {
        var from = row.RequestedAt - SameAmountWindow;
        var until = row.RequestedAt + SameAmountWindow;
        return ListAsync(others.Where(other => other.AmountMinor == row.AmountMinor && other.Currency == row.Currency
            && other.RequestedAt >= from && other.RequestedAt <= until));
    }

    private static async Task<OtherRefunds> PayerAsync(IQueryable<Operation> others, Operation row, DateTimeOffset now)
    {
        var since = now - PayerWindow;
        var sums = await others.Where(other => other.Payee == row.Payee && other.OrderId != row.OrderId
                && other.RequestedAt >= since && other.State != OperationState.Rejected
                && other.State != OperationState.Expired && other.State != OperationState.Failed)
            .GroupBy(other => other.Currency)
            .Select(group => new { Currency = group.Key, Count = group.Count(), Minor = group.Sum(o => o.AmountMinor) })
            .ToListAsync();
        return new(
            sums.Sum(sum => sum.Count),
            [
                .. from sum in sums
                   orderby sum.Currency
                   select new Money(sum.Minor, CurrencyTable.Get(sum.Currency)),
            ]);
    }
}
