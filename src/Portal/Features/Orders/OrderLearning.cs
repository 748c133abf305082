using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Cases;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>What became of a provider's word about an order.</summary>
public enum Learnt
{
    /// <summary>The order is new to us.</summary>
    Added,

    /// <summary>It changed the order.</summary>
    Changed,

    /// <summary>It told what was known.</summary>
    NothingNew,

    /// <summary>Merchant, amount or currency is not that of our order: nothing was changed.</summary>
    Differs,

    /// <summary>We have no such order, and this source may not make one.</summary>
    UnknownOrder,

    /// <summary>The lifecycle does not know this step: a person has to look.</summary>
    Impossible,
}

/// <summary>What a provider's word would do to an order of ours, decided before anything is touched.</summary>
/// <param name="Learnt">What becomes of it.</param>
/// <param name="Order">Our order, where the word is about one.</param>
/// <param name="Next">The state the order has afterwards.</param>
internal sealed record OrderJudgement(Learnt Learnt, Order? Order, OrderState Next);

/// <summary>
/// The only code that believes a provider about a payment. A correct signature is not enough: merchant, order, amount
/// and currency must equal our own before anything changes.
/// </summary>
internal static class OrderLearning
{
    /// <summary>Applies verified facts inside a command.</summary>
    /// <param name="commit">The running command.</param>
    /// <param name="account">The account that the facts came in for.</param>
    /// <param name="facts">What the provider says.</param>
    /// <param name="source">Where from; only statements may make new orders.</param>
    /// <param name="asked">It is the answer to a question of ours about the order.</param>
    public static async Task<(Learnt Learnt, Guid? OrderId)> LearnAsync(
        this Commit commit, Account account, OrderFacts facts, OrderSource source, bool asked = false)
    {
        var judged = await JudgeAsync(commit.Db, commit.Db.Set<Order>(), account, facts);
        if (judged is { Learnt: Learnt.Changed or Learnt.NothingNew or Learnt.Impossible, Order: { } known })
        {
            // Operations before their order: everybody else takes the rows in this order too.
            await commit.TellOperationsAsync(
                known.Id, facts.Event, facts.RawState,
                source == OrderSource.Statement ? EvidenceKind.Statement
                    : asked ? EvidenceKind.OrderQuery : EvidenceKind.Notification);
            await commit.CompareAsync(
                known, known.State, facts, source == OrderSource.Statement ? CaseSource.Statement : CaseSource.Order);
        }

        switch (judged)
        {
            case { Learnt: Learnt.UnknownOrder } when source == OrderSource.Statement && facts.OrderedAt is { } at:
                return (Learnt.Added, Add(commit, account, facts, at));
            case { Learnt: Learnt.Changed, Order: { } order }:
                await ChangeAsync(commit, account, order, facts, judged.Next);
                return (Learnt.Changed, order.Id);
            default:
                return (judged.Learnt, judged.Order?.Id);
        }
    }

    /// <summary>Compares verified facts with our own order. Reads only.</summary>
    /// <param name="db">The database.</param>
    /// <param name="orders">The orders, tracked by whoever means to change one.</param>
    /// <param name="account">The account that the facts came in for.</param>
    /// <param name="facts">What the provider says.</param>
    public static async Task<OrderJudgement> JudgeAsync(
        PortalDb db, IQueryable<Order> orders, Account account, OrderFacts facts)
    {
        if (facts.MerchantId != account.MerchantId || !account.CurrencyList.Contains(facts.Amount.Currency))
        {
            return new(Learnt.Differs, null, default);
        }

        var named = await orders
            .Where(row => row.AccountId == account.Id && row.MerchantNumber == facts.MerchantNumber)
            .Where(row => facts.OrderedAt == null || row.OrderedAt == facts.OrderedAt)
            .OrderBy(row => row.Id).Take(2).ToListAsync();
        return named switch
        {
            [] => new(Learnt.UnknownOrder, null, default),
            [var order] => Judge(order, facts, await MayBePaidAsync(db, order, facts)),

            // Two orders of one number and no time to tell them apart: a person has to look.
            _ => new(Learnt.Differs, null, default),
        };
    }

    /// <summary>
    /// Whether so much can have been paid: all of it, or of an amount that was held any part; where a capture of it is
    /// in our books, that part and no other.
    /// </summary>
    private static async Task<bool> MayBePaidAsync(PortalDb db, Order order, OrderFacts facts)
    {
        if (facts.Paid is not { } paid || order.Amount != facts.Amount
            || !await db.Set<Hold>().AnyAsync(row => row.OrderId == order.Id))
        {
            return facts.Paid is not { } all || all == order.Amount;
        }

        var booked = await db.Set<OrderBalance>().Where(row => row.OrderId == order.Id).Select(row => row.Paid)
            .SingleAsync();
        return paid.Currency == order.Amount.Currency && paid.Minor > 0 && paid.Minor <= order.AmountMinor
            && (booked == 0 || booked == paid.Minor);
    }

    private static OrderJudgement Judge(Order order, OrderFacts facts, bool mayBePaid)
    {
        if (order.Amount != facts.Amount || !mayBePaid
            || (order.ProviderNumber is { } known && known != facts.ProviderNumber))
        {
            return new(Learnt.Differs, order, order.State);
        }

        var transition = OrderLifecycle.Table.On(order.State, facts.Event);
        return transition.Kind switch
        {
            TransitionKind.Refused => new(Learnt.Impossible, order, order.State),
            TransitionKind.Moves => new(Learnt.Changed, order, transition.Next),
            _ => new(
                order.ProviderNumber is null || order.RawState.Length == 0 ? Learnt.Changed : Learnt.NothingNew,
                order,
                order.State),
        };
    }

    private static async Task ChangeAsync(
        Commit commit, Account account, Order order, OrderFacts facts, OrderState next)
    {
        order.ProviderNumber = facts.ProviderNumber.Length > 0 ? facts.ProviderNumber : order.ProviderNumber;
        order.RawState = facts.RawState;
        order.Method = facts.Method.Length > 0 ? facts.Method : order.Method;
        order.PaidAt ??= next == OrderState.Held ? null : facts.PaidAt;
        order.ChangedAt = commit.Now;
        order.Version++;
        if (order.State != next)
        {
            order.State = next;
            if (order.State == OrderState.Paid)
            {
                order.NextQuestionAt = null;

                // The order's row first: where two tell of the payment at once, one of them finds its version gone.
                await commit.Db.SaveChangesAsync();
                await PayAsync(commit, order, facts.Paid ?? order.Amount);
            }
            else if (order.State == OrderState.Held)
            {
                await commit.HoldAsync(account, order, facts.PaidAt);
            }
        }

        commit.Changed("order", order.Id);
        commit.Audit($"order {order.Number}", new { order.State, facts.RawState, facts.ProviderNumber });
    }

    private static Guid Add(Commit commit, Account account, OrderFacts facts, DateTimeOffset orderedAt)
    {
        var paid = facts.Event == OrderEvent.PaymentSucceeded && facts.Paid == facts.Amount;
        var held = facts.Event == OrderEvent.PaymentAuthorised;
        var order = new Order
        {
            Id = Guid.CreateVersion7(),
            Number = Numbers.New('P', commit.Now),
            AccountId = account.Id,
            Provider = account.Provider,
            MerchantNumber = facts.MerchantNumber,
            ProviderNumber = facts.ProviderNumber,
            OrderedAt = orderedAt,
            AmountMinor = facts.Amount.Minor,
            Currency = facts.Amount.Currency.Code,
            State = paid ? OrderState.Paid : held ? OrderState.Held : OrderState.AwaitingPayment,
            RawState = facts.RawState,
            Method = facts.Method,
            PaidAt = paid ? facts.PaidAt : null,
            Source = OrderSource.Statement,
            CreatedAt = commit.Now,
            ChangedAt = commit.Now,
        };
        commit.Db.Add(order);
        commit.Db.Add(new OrderBalance { OrderId = order.Id, Paid = paid ? order.AmountMinor : 0 });
        if (held)
        {
            commit.Db.Add(Hold.New(account, order, facts.PaidAt ?? commit.Now));
        }

        commit.Changed("order", order.Id);
        return order.Id;
    }

    private static async Task PayAsync(Commit commit, Order order, Money paid)
    {
        var rows = await commit.Db.Set<OrderBalance>()
            .Where(row => row.OrderId == order.Id && row.Paid == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Paid, paid.Minor));
        if (rows != 1)
        {
            throw new InvalidOperationException($"Order {order.Number} was paid twice in our books.");
        }
    }
}
