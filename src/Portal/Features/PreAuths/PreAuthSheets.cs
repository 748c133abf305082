using System.Diagnostics.CodeAnalysis;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>Everything the page of one capture or void shows.</summary>
public sealed record PreAuthSheet : OperationSheet
{
    [SetsRequiredMembers]
    internal PreAuthSheet(OperationSheet common, Order order, long paid)
        : base(common)
    {
        (OrderNumber, ShopNumber, ProviderNumber) = (order.Number, order.MerchantNumber, order.ProviderNumber);
        (Authorised, Captured) = (order.Amount, new(paid, order.Amount.Currency));
    }

    public string OrderNumber { get; }
    public string ShopNumber { get; }
    public string? ProviderNumber { get; }
    public Money Authorised { get; }

    /// <summary>What the order's books say was captured.</summary>
    public Money Captured { get; }
}

/// <summary>Reads one capture or void for its own page.</summary>
public sealed class PreAuthSheets(IDbContextFactory<PortalDb> factory, OperationSheets sheets)
{
    /// <summary>One by its number; null when there is none or the actor may not see it.</summary>
    public async Task<PreAuthSheet?> FindAsync(Actor actor, string number)
    {
        if (await sheets.FindAsync(actor, number, OperationKind.Capture, OperationKind.Void) is not { } common)
        {
            return null;
        }

        await using var db = await factory.CreateDbContextAsync();
        var id = common.Operation.OrderId;
        return new(
            common, await db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == id),
            await db.Set<OrderBalance>().Where(row => row.OrderId == id).Select(row => row.Paid).SingleAsync());
    }
}
