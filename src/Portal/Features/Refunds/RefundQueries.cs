using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Cases;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>Reads refunds for their pages.</summary>
public sealed class RefundQueries(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, OperationSheets sheets, RefundPolicy policy,
    ApprovalPolicies policies, TimeProvider time)
{
    /// <summary>What asking for a refund of the order would mean; null when the actor may not see the order.</summary>
    public async Task<RefundOffer?> OfferAsync(Actor actor, Guid orderId)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == orderId);
        if (order is null || !rights.Allows(Permission.OrdersRead, order.AccountId))
        {
            return null;
        }

        var currency = order.Amount.Currency;
        var balance = await db.Set<OrderBalance>().AsNoTracking().SingleAsync(row => row.OrderId == orderId);
        var account = await accounts.GetAsync(order.AccountId);
        var verdict = await OpenVerdicts.BarAsync(db, orderId, now);
        var openCase = await OutsideFacts.OpenOnAsync(db, orderId);
        var another = await RefundDuplicates.FindAsync(db, orderId, now - policy.DuplicateWindow);
        return new()
        {
            OrderId = order.Id,
            OrderNumber = order.Number,
            Payer = order.Payer,
            Method = order.Method,
            AccountName = account.Name,
            OrderState = order.State,
            Paid = new(balance.Paid, currency),
            Refunded = new(balance.Refunded, currency),
            Waiting = new(balance.Reserved, currency),
            Refundable = new(balance.Refundable, currency),
            Approval = await policies.OutlookAsync(db, account, actor.PersonId, now),
            Bar = !rights.Allows(Permission.RefundsRequest, order.AccountId) ? RefundBar.NoRight
                : accounts.Provider(account).Refunds is null ? RefundBar.NotOffered
                : !account.IsOn(accounts.Provider(account), ProviderInterface.Refunds) ? RefundBar.SwitchedOff
                : balance is { Paid: > 0, Refundable: <= 0 } ? RefundBar.NothingLeft
                : !order.State.CanRefund() ? RefundBar.NotRefundable
                : verdict is not null ? RefundBar.VerdictOpen
                : openCase is not null ? RefundBar.CaseOpen
                : RefundBar.None,
            Verdict = verdict,
            Case = openCase,
            Another = another is null ? null : OperationFacts.From(another),
        };
    }

    /// <summary>The refunds of one order, newest first.</summary>
    public async Task<IReadOnlyList<OperationLine>> OfOrderAsync(Actor actor, Guid orderId)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        return await db.Set<Operation>().AsNoTracking().SeenBy(rights)
            .Where(row => row.OrderId == orderId && row.Kind == OperationKind.Refund)
            .OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Number)
            .ToLinesAsync(db);
    }

    /// <summary>One refund by its number; null when there is none or the actor may not see it.</summary>
    public async Task<RefundSheet?> FindAsync(Actor actor, string number)
    {
        if (await sheets.FindAsync(actor, number, OperationKind.Refund) is not { } common)
        {
            return null;
        }

        await using var db = await factory.CreateDbContextAsync();
        var id = common.Operation.OrderId;
        return new(
            common, await db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == id),
            await db.Set<OrderBalance>().AsNoTracking().SingleAsync(row => row.OrderId == id));
    }
}
