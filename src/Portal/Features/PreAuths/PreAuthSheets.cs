using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>Everything the page of one capture or void shows.</summary>
public sealed record PreAuthSheet : OperationSheet
{
    public required string OrderNumber { get; init; }
    public required string ShopNumber { get; init; }
    public required string? ProviderNumber { get; init; }
    public required Money Authorised { get; init; }

    /// <summary>What the order's books say was captured.</summary>
    public required Money Captured { get; init; }
}

/// <summary>Reads one capture or void for its own page.</summary>
public sealed class PreAuthSheets(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    /// <summary>One by its number; null when there is none or the actor may not see it.</summary>
    public async Task<PreAuthSheet?> FindAsync(Actor actor, string number)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var row = await db.Set<Operation>().AsNoTracking().SeenBy(rights).SingleOrDefaultAsync(one =>
            one.Number == number && (one.Kind == OperationKind.Capture || one.Kind == OperationKind.Void));
        if (row is null)
        {
            return null;
        }

        var order = await db.Set<Order>().AsNoTracking().SingleAsync(one => one.Id == row.OrderId);
        var paid = await db.Set<OrderBalance>().Where(one => one.OrderId == row.OrderId).Select(one => one.Paid)
            .SingleAsync();
        var account = await accounts.GetAsync(row.AccountId);
        var provider = accounts.Provider(account);
        return new()
        {
            Operation = OperationFacts.From(row),
            OrderNumber = order.Number,
            ShopNumber = order.MerchantNumber,
            ProviderNumber = order.ProviderNumber,
            Authorised = order.Amount,
            Captured = new(paid, order.Amount.Currency),
            AccountName = account.Name,
            Provider = provider.Descriptor,
            Decisions = await OperationSheets.DecisionsAsync(db, row.Id),
            Evidence = await OperationSheets.EvidenceAsync(db, row.Id),
            LastAttempt = await OperationSheets.LastAttemptAsync(db, row.Id),
            Approvers = row.State == OperationState.PendingApproval
                ? await Approvers.NamesAsync(db, row, now)
                : [],
            ResendSafe = false,
            CanAsk = provider.PreAuthorisations?.CanQuery ?? false,
            MayAsk = rights.Allows(Permission.OrdersAsk, row.AccountId),
            MayWithdraw = row.State.CanWithdraw() && row.RequesterPersonId == actor.PersonId
                && rights.Allows(Permission.PreAuthsRequest, row.AccountId),
        };
    }
}
