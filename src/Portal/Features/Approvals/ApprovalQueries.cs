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

    /// <summary>One tab with the counters of all of them.</summary>
    public async Task<Inbox> InboxAsync(Actor actor, ApprovalTab tab)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var seen = db.Set<Operation>().AsNoTracking().SeenBy(rights);
        var waiting = seen.Where(row => row.State == OperationState.PendingApproval);
        var yours = seen.Where(row => row.RequesterPersonId == actor.PersonId);
        var you = OnActor(waiting, rights, actor);
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
        return new(
            [.. lines.Select(line => new InboxItem(line, Bar(line.Operation, rights, actor), Name(line.Operation)))],
            counts,
            await rows.CountAsync());
    }

    /// <summary>Why the actor cannot decide on an operation.</summary>
    internal static DecisionBar Bar(OperationFacts operation, Rights rights, Actor actor) =>
        !operation.State.CanDecide() ? DecisionBar.NotWaiting
        : operation.RequesterPersonId == actor.PersonId ? DecisionBar.OwnRequest
        : !rights.Allows(Permission.OperationsApprove, operation.AccountId) ? DecisionBar.NoRight
        : DecisionBar.None;

    private static IQueryable<Operation> OnActor(IQueryable<Operation> waiting, Rights rights, Actor actor)
    {
        if (!rights.Allows(Permission.OperationsApprove))
        {
            return waiting.Where(_ => false);
        }

        var others = waiting.Where(row => row.RequesterPersonId != actor.PersonId);
        return rights.AccountsFor(Permission.OperationsApprove) is { } only
            ? others.Where(row => only.Contains(row.AccountId))
            : others;
    }

    private string Name(OperationFacts operation) => accounts.ProviderOf(operation.Provider).Descriptor.Name;
}
