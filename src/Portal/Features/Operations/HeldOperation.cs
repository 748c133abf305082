using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>An operation as it stands under the fence that was just taken.</summary>
internal sealed record HeldOperation(Operation Operation, Account Account, Order Order)
{
    /// <summary>What goes to the provider, or is asked about: every member is fixed with the row.</summary>
    public RefundRequest Request => new()
    {
        RefundNumber = Operation.Number,
        Order = Order.Reference,
        OrderAmount = Order.Amount,
        Amount = Operation.Amount,
        RequestedAt = Operation.RequestedAt,
    };

    public static async Task<HeldOperation> ReadAsync(PortalDb db, Guid id, Account account)
    {
        var operation = await db.Set<Operation>().AsNoTracking().SingleAsync(row => row.Id == id);
        var order = await db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == operation.OrderId);
        return new(operation, account, order);
    }
}
