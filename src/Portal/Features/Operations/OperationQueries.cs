using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Turns operation rows into lines of a list, with the numbers of their orders.</summary>
internal static class OperationLines
{
    /// <summary>Reads the rows in their order. At most one page of rows may be asked for.</summary>
    public static async Task<IReadOnlyList<OperationLine>> ToLinesAsync(this IQueryable<Operation> rows, PortalDb db)
    {
        var list = await rows.ToListAsync();
        var ids = list.ConvertAll(row => row.Id);
        var orderIds = list.Where(row => row.OrderId != null).Select(row => row.OrderId!.Value).ToList();
        var orders = await db.Set<Order>().AsNoTracking().Where(order => orderIds.Contains(order.Id))
            .Select(order => new { order.Id, order.Number, order.MerchantNumber, order.ProviderNumber })
            .ToDictionaryAsync(order => order.Id);
        var accounts = await db.Set<Account>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.Name);
        var reviewers = (await db.Set<Approval>().AsNoTracking().Where(row => ids.Contains(row.OperationId))
            .Select(row => new { row.OperationId, row.PersonName }).ToListAsync()).ToLookup(row => row.OperationId);
        return
        [
            .. from row in list
               let order = row.OrderId is { } about ? orders[about] : null
               select new OperationLine(
                   OperationFacts.From(row), order?.Number ?? "", order?.MerchantNumber ?? "", order?.ProviderNumber,
                   accounts[row.AccountId], reviewers[row.Id].Select(a => a.PersonName).FirstOrDefault()),
        ];
    }
}
