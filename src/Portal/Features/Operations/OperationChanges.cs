using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>
/// The only code that changes an operation's state. Every change is one conditional update whose row count decides;
/// what it means for the order is written in the same transaction.
/// </summary>
internal static class OperationChanges
{
    /// <summary>
    /// Moves an operation on if it is still exactly as it was read and, after a send, still held by the same claim.
    /// </summary>
    /// <returns>True when this call made the change; false when somebody else was faster or the event stays.</returns>
    public static async Task<bool> MoveAsync(
        this Commit commit, Operation operation, OperationEvent happened, Action<OperationChange> more)
    {
        var transition = OperationLifecycle.Table.On(operation.State, happened);
        if (transition.Kind == TransitionKind.Refused)
        {
            throw new InvalidOperationException($"{operation.State} does not know {happened} ({operation.Number}).");
        }

        var change = new OperationChange(operation, commit.Now);
        more(change);
        var rows = await commit.Db.Set<Operation>()
            .Where(row => row.Id == operation.Id && row.State == operation.State && row.Version == operation.Version
                && row.Fence == operation.Fence && row.TermsHash == operation.TermsHash
                && (change.DecidedBy == null || row.RequesterPersonId != change.DecidedBy)
                && (!change.WhileHeld || commit.Db.Set<Order>().Any(
                    order => order.Id == row.OrderId && order.State == OrderState.Held)))
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.State, transition.Next)
                .SetProperty(
                    row => row.StateAt, transition.Kind == TransitionKind.Moves ? commit.Now : operation.StateAt)
                .SetProperty(row => row.Version, operation.Version + 1)
                .SetProperty(row => row.Fence, change.Fence)
                .SetProperty(row => row.LeaseUntil, change.LeaseUntil)
                .SetProperty(row => row.Attempts, change.Attempts)
                .SetProperty(row => row.NotBefore, change.NotBefore)
                .SetProperty(row => row.SettleAfter, change.SettleAfter)
                .SetProperty(row => row.Questions, change.Questions)
                .SetProperty(row => row.NextQuestionAt, change.NextQuestionAt)
                .SetProperty(row => row.ProviderState, change.ProviderState)
                .SetProperty(row => row.RawState, change.RawState)
                .SetProperty(row => row.ProviderNumber, change.ProviderNumber)
                .SetProperty(row => row.Problem, change.Problem)
                .SetProperty(row => row.DisputedAt, change.DisputedAt)
                .SetProperty(row => row.RowMac, change.RowMac));
        if (rows == 0)
        {
            return false;
        }

        commit.Changed("operation", operation.Id);
        if (operation.OrderId is { } order)
        {
            commit.Changed("order", order);
        }

        if (transition.Kind == TransitionKind.Moves)
        {
            await commit.BookAsync(operation, transition.Next);
        }

        return true;
    }

    /// <summary>Sets money of the order aside; false when so much is not left.</summary>
    public static async Task<bool> ReserveAsync(this Commit commit, Guid orderId, long minor) =>
        await commit.Db.Set<OrderBalance>()
            .Where(row => row.OrderId == orderId && row.Paid - row.Refunded - row.Reserved >= minor)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Reserved, row => row.Reserved + minor)) == 1;
}

/// <summary>The columns that a move may set besides the state; each starts as it was.</summary>
internal sealed class OperationChange(Operation operation, DateTimeOffset now)
{
    public DateTimeOffset Now { get; } = now;

    /// <summary>The person who decides; the update itself refuses the requester.</summary>
    public Guid? DecidedBy { get; set; }

    /// <summary>The update itself refuses unless the amount of the operation's order is held.</summary>
    public bool WhileHeld { get; set; }

    public long Fence { get; set; } = operation.Fence;
    public DateTimeOffset? LeaseUntil { get; set; } = operation.LeaseUntil;
    public int Attempts { get; set; } = operation.Attempts;

    /// <summary>Only ever later: a clock that was set back has the end of the cooling-off before it again.</summary>
    public DateTimeOffset NotBefore { get; set => field = value > field ? value : field; } = operation.NotBefore;

    public DateTimeOffset? SettleAfter { get; set; } = operation.SettleAfter;
    public int Questions { get; set; } = operation.Questions;
    public DateTimeOffset? NextQuestionAt { get; set; } = operation.NextQuestionAt;
    public RefundState ProviderState { get; set; } = operation.ProviderState;
    public string RawState { get; set; } = operation.RawState;
    public string ProviderNumber { get; set; } = operation.ProviderNumber;
    public string Problem { get; set; } = operation.Problem;
    public DateTimeOffset? DisputedAt { get; set; } = operation.DisputedAt;
    public byte[] RowMac { get; set; } = operation.RowMac;
}
