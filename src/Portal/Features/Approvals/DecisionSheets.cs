using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>Reads what a reviewer looks at before deciding on one request.</summary>
public sealed class DecisionSheets(IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    /// <summary>How far back others with the same payer or payee are counted.</summary>
    public static readonly TimeSpan PayerWindow = TimeSpan.FromDays(90);

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
        var account = await accounts.GetAsync(row.AccountId);
        var others = seen.Where(other => other.Id != row.Id);
        var seats = await ApprovalSeats.ReadAsync(db, actor, rights, now);
        var wish = ApprovalQueries.Wish(facts);
        var twins = await ApprovalTwins.OfAsync(db, row);
        return new()
        {
            Operation = facts,
            Order = row.OrderId is { } order ? await OrderAsync(db, row, order) : null,
            AccountName = account.Name,
            Provider = accounts.Provider(account).Descriptor,
            Beside = await ListAsync(Beside(others, row)),
            OfPayer = row.Payee.Length == 0 ? null : await PayerAsync(others, row, now),
            SameAmount = await SameAmountAsync(others, row),
            Twins = [.. twins.Select(OperationFacts.From)],
            Approvers = seats.Approvers.Names(wish),
            Most = seats.Approvers.Most(wish),
            Decisions = await OperationParts.DecisionsAsync(db, row.Id),
            Seat = seats.Of(row.State, wish, (await ApprovalSeats.GivenAsync(db, [row.Id]))[row.Id]),
            IsProven = await StepUps.IsThereAsync(db, actor, now, row.Id, row.TermsHash),
        };
    }

    private static async Task<SheetOrder> OrderAsync(PortalDb db, Operation row, Guid id)
    {
        var order = await db.Set<Order>().AsNoTracking().SingleAsync(o => o.Id == id);
        var balance = await db.Set<OrderBalance>().AsNoTracking().SingleAsync(b => b.OrderId == id);
        var own = row.Kind.Reserves() && row.State.KeepsReservation() ? row.AmountMinor : 0;
        var gone = row.Kind.Reserves() && row.State.MovedMoney() ? row.AmountMinor : 0;
        var currency = order.Amount.Currency;
        return new()
        {
            Number = order.Number,
            ShopNumber = order.MerchantNumber,
            State = order.State,
            ShopState = order.ShopState,
            Method = order.Method,
            ChangedAt = order.ChangedAt > row.RequestedAt ? order.ChangedAt : null,
            OrderedAt = order.OrderedAt,
            PaidAt = order.PaidAt,
            Amount = order.Amount,
            Paid = new(balance.Paid, currency),
            RefundedBefore = new(balance.Refunded - gone, currency),
            WaitingBeside = new(balance.Reserved - own, currency),
            Refundable = new(balance.Refundable, currency),
        };
    }

    private static IQueryable<Operation> Beside(IQueryable<Operation> others, Operation row) =>
        row.OrderId is { } order
            ? others.Where(other => other.OrderId == order)
            : others.Where(other => other.Kind == row.Kind && other.Target == row.Target);

    private static async Task<IReadOnlyList<OperationFacts>> ListAsync(IQueryable<Operation> rows)
    {
        var list = await rows.OrderByDescending(other => other.RequestedAt).Take(Most).ToListAsync();
        return list.ConvertAll(OperationFacts.From);
    }

    private static Task<IReadOnlyList<OperationFacts>> SameAmountAsync(IQueryable<Operation> others, Operation row)
    {
        var from = row.RequestedAt - ApprovalTwins.Window;
        var until = row.RequestedAt + ApprovalTwins.Window;
        return ListAsync(others.Where(other => other.AmountMinor > 0
            && other.AmountMinor == row.AmountMinor && other.Currency == row.Currency
            && other.RequestedAt >= from && other.RequestedAt <= until));
    }

    private static async Task<OtherSums> PayerAsync(IQueryable<Operation> others, Operation row, DateTimeOffset now)
    {
        var since = now - PayerWindow;
        var sums = await others.Where(other => other.Kind == row.Kind && other.Payee == row.Payee
                && (row.OrderId == null || other.OrderId != row.OrderId)
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
