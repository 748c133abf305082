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
        return new(operation, account, await OrderAsync(db, operation));
    }

    /// <summary>The order that the operation is about; null where it is about none.</summary>
    public static async Task<Order?> OrderAsync(PortalDb db, Operation operation) => operation.OrderId is { } order
        ? await db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == order)
        : null;
}
