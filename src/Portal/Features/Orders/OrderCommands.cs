using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>What people may do with an order besides refunding it.</summary>
public sealed class OrderCommands(IDbContextFactory<PortalDb> factory)
{
    /// <summary>Lets the provider be asked about an order at once. Asking moves nothing.</summary>
    /// <returns>False without the right or the order.</returns>
    public async Task<bool> AskAsync(Actor actor, Guid orderId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(actor, "order.ask", async commit =>
        {
            var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == orderId);
            if (order is null || !commit.Rights.Allows(Permission.OrdersAsk, order.AccountId))
            {
                return commit.Refuse(false, $"order {order?.Number}", $"lacks {Permission.OrdersAsk}");
            }

            await db.Set<Order>().Where(row => row.Id == orderId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextQuestionAt, commit.Now));
            commit.Audit($"order {order.Number}");
            commit.Changed("order", orderId);
            return true;
        });
    }
}
