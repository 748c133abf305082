using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>Reads the inbox.</summary>
public sealed class ApprovalQueries(IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    public const int Most = 100;

    /// <summary>One tab, with the counters of all of them.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="tab">The tab.</param>
    /// <param name="kind">One kind alone; null for all.</param>
    public async Task<Inbox> InboxAsync(Actor actor, ApprovalTab tab, OperationKind? kind = null)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var seats = await ApprovalSeats.ReadAsync(db, actor, rights, now);
        var seen = db.Set<Operation>().AsNoTracking().SeenBy(rights).Where(row => kind == null || row.Kind == kind);
        var waiting = seen.Where(row => row.State == OperationState.PendingApproval);
        var yours = seen.Where(row => row.RequesterPersonId == actor.PersonId);
        var you = seats.WaitingOn(db, seen);
        var rows = tab switch
        {
            ApprovalTab.You => you,
            ApprovalTab.All => waiting,
            ApprovalTab.Yours => yours,
            _ => seen.Where(row => db.Set<Approval>().Any(approval => approval.OperationId == row.Id)),
        };
        var counts = new Dictionary<ApprovalTab, int>
        {
            [ApprovalTab.You] = await you.CountAsync(),
            [ApprovalTab.All] = await waiting.CountAsync(),
            [ApprovalTab.Yours] = await yours.CountAsync(row => row.State == OperationState.PendingApproval),
        };
        var sorted = tab is ApprovalTab.You or ApprovalTab.All
            ? rows.OrderBy(row => row.DueAt).ThenBy(row => row.Number)
            : rows.OrderByDescending(row => row.StateAt).ThenByDescending(row => row.Number);
        var lines = await sorted.Take(Most).ToLinesAsync(db);
        var given = await ApprovalSeats.GivenAsync(db, [.. lines.Select(line => line.Operation.Id)]);
        return new([.. lines.Select(line => Item(line, seats, [.. given[line.Operation.Id]]))], counts,
            await rows.CountAsync());
    }

    /// <summary>Whether the actor may take it back at this moment.</summary>
    public async Task<bool> MayRecallAsync(Actor actor, Guid operationId)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        return await db.Set<Operation>().AsNoTracking().SeenBy(rights)
                .SingleOrDefaultAsync(row => row.Id == operationId) is { } operation
            && ApprovalCommands.CanRecall(operation, now)
            && await ApprovalCommands.MayRecallAsync(db, operation, actor);
    }

    /// <summary>How many wait on the actor, and when the first of them is due.</summary>
    internal static async Task<(int Count, DateTimeOffset? FirstDueAt)> WaitingAsync(
        PortalDb db, Actor actor, Rights rights, DateTimeOffset now)
    {
        var seats = await ApprovalSeats.ReadAsync(db, actor, rights, now);
        var mine = seats.WaitingOn(db, db.Set<Operation>().AsNoTracking().SeenBy(rights));
        return (
            await mine.CountAsync(),
            await mine.OrderBy(row => row.DueAt).Select(row => (DateTimeOffset?)row.DueAt).FirstOrDefaultAsync());
    }

    private InboxItem Item(OperationLine line, ApprovalSeats seats, IReadOnlyList<Given> given)
    {
        var wish = Wish(line.Operation);
        return new(line, seats.Of(line.Operation.State, wish, given), Name(line.Operation))
        {
            Given = given.Count,
            Most = seats.Approvers.Most(wish),
        };
    }

    internal static ApprovalWish Wish(OperationFacts operation) =>
        new(operation.AccountId, operation.RequesterPersonId, operation.ApproverIds);

    private string Name(OperationFacts operation) => accounts.ProviderOf(operation.Provider).Descriptor.Name;
}
