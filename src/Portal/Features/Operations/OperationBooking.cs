using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>What an operation's new state means for its order's books, in the transaction of the change.</summary>
internal static class OperationBooking
{
    /// <summary>Writes what follows from the state that the operation has just come into.</summary>
    public static Task BookAsync(this Commit commit, Operation operation, OperationState next) => operation.Kind switch
    {
        // People's word that nothing happened keeps the reservation until statements prove it (design, section 4.6).
        OperationKind.Refund when !next.KeepsReservation() && next != OperationState.ResolvedFailed =>
            commit.SettleAsync(operation, next.MovedMoney() ? operation.AmountMinor : 0),
        OperationKind.Capture when next.MovedMoney() => commit.CaptureAsync(operation),
        OperationKind.Void when next.MovedMoney() =>
            commit.TellAsync(operation.OrderId!.Value, OrderEvent.PaymentClosed),
        _ => Task.CompletedTask,
    };

    /// <summary>Ends a reservation; what really went back counts as refunded.</summary>
    /// <exception cref="InvalidOperationException">The order's balance is gone.</exception>
    public static async Task SettleAsync(this Commit commit, Operation operation, long refunded)
    {
        var minor = operation.AmountMinor;
        var order = operation.OrderId!.Value;
        var rows = await commit.Db.Set<OrderBalance>()
            .Where(row => row.OrderId == order)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Reserved, row => row.Reserved - minor)
                .SetProperty(row => row.Refunded, row => row.Refunded + refunded));
        if (rows != 1)
        {
            throw new InvalidOperationException($"The balance of {operation.Number}'s order is gone.");
        }

        if (refunded > 0)
        {
            var balance = await commit.Db.Set<OrderBalance>().AsNoTracking().SingleAsync(row => row.OrderId == order);
            await commit.TellAsync(
                order,
                balance.Refunded >= balance.Paid ? OrderEvent.AllWasRefunded : OrderEvent.PartWasRefunded);
        }
    }

    /// <summary>What was captured is what was paid: it alone can go back to the payer.</summary>
    private static async Task CaptureAsync(this Commit commit, Operation operation)
    {
        var order = operation.OrderId!.Value;
        var minor = operation.AmountMinor;
        await commit.Db.Set<OrderBalance>().Where(row => row.OrderId == order && row.Paid == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Paid, minor));
        await commit.TellAsync(order, OrderEvent.PaymentSucceeded);
    }

    private static async Task TellAsync(this Commit commit, Guid orderId, OrderEvent happened)
    {
        var order = await commit.Db.Set<Order>().SingleAsync(row => row.Id == orderId);
        var transition = OrderLifecycle.Table.On(order.State, happened);
        if (transition.Kind == TransitionKind.Moves)
        {
            order.State = transition.Next;
            order.PaidAt ??= transition.Next == OrderState.Paid ? commit.Now : null;
            order.ChangedAt = commit.Now;
            order.Version++;
        }
    }
}
