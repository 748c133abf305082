using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
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
    public static async Task<(Learnt Learnt, Guid? OrderId)> LearnAsync(
        this Commit commit, Account account, OrderFacts facts, OrderSource source)
    {
        if (facts.MerchantId != account.MerchantId || !account.CurrencyList.Contains(facts.Amount.Currency))
        {
            return (Learnt.Differs, null);
        }

        // Where a protocol does not echo the order time, two orders of one number cannot be told apart.
        var named = await commit.Db.Set<Order>()
            .Where(row => row.AccountId == account.Id && row.MerchantNumber == facts.MerchantNumber
                && (facts.OrderedAt == null || row.OrderedAt == facts.OrderedAt))
            .OrderBy(row => row.Id).Take(2).ToListAsync();
        if (named.Count != 1 || named[0] is not { } order)
        {
            return source == OrderSource.Statement && facts.OrderedAt is not null
                ? (Learnt.Added, Add(commit, account, facts))
                : (Learnt.UnknownOrder, null);
        }

        if (order.Amount != facts.Amount || (facts.Paid is { } paid && paid != order.Amount)
            || (order.ProviderNumber is { } known && known != facts.ProviderNumber))
        {
            return (Learnt.Differs, order.Id);
        }

        return (await ChangeAsync(commit, order, facts), order.Id);
    }

    private static async Task<Learnt> ChangeAsync(Commit commit, Order order, OrderFacts facts)
    {
        var transition = OrderLifecycle.Table.On(order.State, facts.Event);
        if (transition.Kind == TransitionKind.Refused)
        {
            return Learnt.Impossible;
        }

        var isNew = transition.Kind == TransitionKind.Moves
            || order.ProviderNumber is null
            || order.RawState.Length == 0;
        if (!isNew)
        {
            return Learnt.NothingNew;
        }

        order.ProviderNumber = facts.ProviderNumber;
        order.RawState = facts.RawState;
        order.Method = facts.Method.Length > 0 ? facts.Method : order.Method;
        order.PaidAt ??= facts.PaidAt;
        order.ChangedAt = commit.Now;
        order.Version++;
        if (transition.Kind == TransitionKind.Moves)
        {
            order.State = transition.Next;
            if (order.State == OrderState.Paid)
            {
                order.NextQuestionAt = null;
                await PayAsync(commit, order);
            }
        }

        commit.Changed("order", order.Id);
        commit.Audit($"order {order.Number}", new { order.State, facts.RawState, facts.ProviderNumber });
        return Learnt.Changed;
    }

    private static Guid Add(Commit commit, Account account, OrderFacts facts)
    {
        var paid = facts.Event == OrderEvent.PaymentSucceeded && facts.Paid == facts.Amount;
        var order = new Order
        {
            Id = Guid.CreateVersion7(),
            Number = Numbers.New('P', commit.Now),
            AccountId = account.Id,
            Provider = account.Provider,
            MerchantNumber = facts.MerchantNumber,
            ProviderNumber = facts.ProviderNumber,
            OrderedAt = facts.OrderedAt!.Value,
            AmountMinor = facts.Amount.Minor,
            Currency = facts.Amount.Currency.Code,
            State = paid ? OrderState.Paid : OrderState.AwaitingPayment,
            RawState = facts.RawState,
            Method = facts.Method,
            PaidAt = paid ? facts.PaidAt : null,
            Source = OrderSource.Statement,
            CreatedAt = commit.Now,
            ChangedAt = commit.Now,
        };
        commit.Db.Add(order);
        commit.Db.Add(new OrderBalance { OrderId = order.Id, Paid = paid ? order.AmountMinor : 0 });
        commit.Changed("order", order.Id);
        return order.Id;
    }

    private static async Task PayAsync(Commit commit, Order order)
    {
        var rows = await commit.Db.Set<OrderBalance>()
            .Where(row => row.OrderId == order.Id && row.Paid == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Paid, order.AmountMinor));
        if (rows != 1)
        {
            throw new InvalidOperationException($"Order {order.Number} was paid twice in our books.");
        }
    }
}
