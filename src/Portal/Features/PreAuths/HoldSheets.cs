using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>Reads one hold with its history and what can be asked for.</summary>
public sealed class HoldSheets(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, ApprovalPolicies policies, TimeProvider time)
{
    /// <summary>A hold's sheet by its order's number; null when there is none or the actor may not see it.</summary>
    public async Task<HoldSheet?> FindAsync(Actor actor, string number)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var lines = await HoldRowsQuery.Seen(db, rights, new()).Where(row => row.Order.Number == number)
            .ToLinesAsync(db, accounts, rights);
        if (lines is not [var line])
        {
            return null;
        }

        var order = await db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == line.OrderId);
        var hold = await db.Set<Hold>().AsNoTracking().SingleAsync(row => row.OrderId == line.OrderId);
        var account = await accounts.GetAsync(order.AccountId);
        var holds = accounts.Provider(account).PreAuthorisations;
        var mayAsk = rights.Allows(Permission.PreAuthsRequest, order.AccountId);
        return new()
        {
            Line = line,
            PayerId = hold.PayerId,
            NeedsPayer = holds?.NeedsPayer ?? false,
            CanAsk = holds?.CanQuery ?? false,
            Days = HoldTimes.Of(account.SettingList, order.Method).Days,
            History = await db.Set<Operation>().AsNoTracking()
                .Where(row => row.OrderId == order.Id
                    && (row.Kind == OperationKind.Capture || row.Kind == OperationKind.Void))
                .OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Number).ToLinesAsync(db),
            Approval = await policies.OutlookAsync(db, account, actor.PersonId, now),
            MayPlan = mayAsk && order.State == OrderState.Held,
        };
    }
}
