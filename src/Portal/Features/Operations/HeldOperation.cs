using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>
/// An operation as it stands under the fence that was just taken, and what goes to the provider or is asked about:
/// every member is fixed with the row.
/// </summary>
internal sealed record HeldOperation(Operation Operation, Account Account, Order? Order)
{
    /// <summary>
    /// An earlier capture or void of the same hold failed: the provider names no operation, so its word of a failure
    /// may still be about that one.
    /// </summary>
    public bool FollowsFailure { get; private init; }

    public RefundRequest Refund => new()
    {
        RefundNumber = Operation.Number,
        Order = Order!.Reference,
        OrderAmount = Order.Amount,
        Amount = Operation.Amount,
        RequestedAt = Operation.RequestedAt,
    };

    public PreAuthRequest Hold => new()
    {
        Order = Order!.Reference,
        Authorised = Order.Amount,
        Amount = Operation.Amount,
        PayerId = OperationDetails.Read<HoldDetails>(Operation.Details).PayerId,
        RequestedAt = Operation.RequestedAt,
    };

    public TransferRequest Transfer
    {
        get
        {
            var details = OperationDetails.Read<TransferDetails>(Operation.Details);
            return new()
            {
                TransferNumber = Operation.Number,
                Amount = Operation.Amount,
                PayeeId = Operation.Target,
                Title = details.Title,
                Remark = details.Remark,
                RequestedAt = Operation.RequestedAt,
            };
        }
    }

    public CardUnbindRequest Unbind =>
        new(OperationDetails.Read<UnbindDetails>(Operation.Details).PayerId, Operation.Target);

    public static async Task<HeldOperation> ReadAsync(PortalDb db, Guid id, Account account)
    {
        var operation = await db.Set<Operation>().AsNoTracking().SingleAsync(row => row.Id == id);
        return new(operation, account, await OrderAsync(db, operation))
        {
            FollowsFailure = operation.Kind.EndsHold() && await db.Set<Operation>().AnyAsync(row =>
                row.OrderId == operation.OrderId && row.Kind == operation.Kind
                && row.State == OperationState.Failed),
        };
    }

    /// <summary>The order that the operation is about; null where it is about none.</summary>
    public static async Task<Order?> OrderAsync(PortalDb db, Operation operation) => operation.OrderId is { } order
        ? await db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == order)
        : null;
}
