using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Reads batches. A batch is seen by whoever may see the orders of all its accounts.</summary>
public sealed class BatchQueries(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    public const int PageSize = 50;
    public const int RowsPerPage = 100;
    private const int MostLargest = 5;

    /// <summary>The batches, newest first, from the one after a number on.</summary>
    public async Task<BatchPage> ListAsync(Actor actor, string? after)
    {
        await using var db = await factory.CreateDbContextAsync();
        var seen = await SeenAsync(db, actor);
        if (after is not null
            && await seen.Where(row => row.Number == after).Select(row => (DateTimeOffset?)row.RequestedAt)
                .SingleOrDefaultAsync() is { } at)
        {
            seen = seen.Where(row => row.RequestedAt < at);
        }

        var rows = await seen.OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Number)
            .Take(PageSize + 1).ToListAsync();
        var page = rows.Take(PageSize).ToList();
        var ids = page.ConvertAll(row => (Guid?)row.Id);
        var counts = (await db.Set<Operation>().AsNoTracking().Where(row => ids.Contains(row.BatchId))
            .GroupBy(row => new { row.BatchId, row.State })
            .Select(group => new { group.Key.BatchId, group.Key.State, Count = group.Count() }).ToListAsync())
            .ToLookup(count => count.BatchId!.Value);
        return new(
            [
                .. page.Select(row => new BatchLineFacts(
                    BatchFacts.From(row),
                    counts[row.Id].GroupBy(count => Group(count.State))
                        .ToDictionary(group => group.Key, group => group.Sum(count => count.Count)))),
            ],
            rows.Count > PageSize ? page[^1].Number : null);
    }

    /// <summary>One batch by its number or id; null when there is none that the actor may see.</summary>
    public async Task<BatchSheet?> FindAsync(Actor actor, string number, BatchGroup group, int after)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var id = Guid.TryParseExact(number, "N", out var known) ? known : Guid.Empty;
        if (await (await SeenAsync(db, actor)).SingleOrDefaultAsync(row => row.Number == number || row.Id == id)
            is not { } batch)
        {
            return null;
        }

        var members = await (from row in db.Set<BatchRow>().AsNoTracking()
                             join operation in db.Set<Operation>().AsNoTracking() on row.OperationId equals operation.Id
                             where row.BatchId == batch.Id
                             orderby row.Line
                             select new Member(row.Line, operation)).ToListAsync();
        var waiting = members.Where(member => member.Operation.State == OperationState.PendingApproval)
            .Select(member => member.Operation).OrderBy(row => row.Id).ToList();
        var signed = await BatchDecisions.WaitingAsync(db, batch.Id);
        var (rows, next) = await RowsAsync(db, batch.Id, group, after);
        var seats = await ApprovalSeats.ReadAsync(db, actor, rights, now);
        var twins = await ApprovalTwins.OfAllAsync(db, waiting);
        var failed = members.Count(member =>
            member.Operation is { State: OperationState.Failed, DisputedAt: null });
        var accountIds = members.Select(member => member.Operation.AccountId).Distinct().ToList();
        return new()
        {
            Batch = BatchFacts.From(batch),
            Accounts = await db.Set<Account>().AsNoTracking().Where(row => accountIds.Contains(row.Id))
                .OrderBy(row => row.Name).Select(row => row.Name).ToListAsync(),
            Counts = await CountsAsync(db, batch, members),
            Rows = rows,
            NextAfter = next,
            Largest = await LinesAsync(db, [
                .. (from member in members
                    orderby member.Operation.AmountMinor descending, member.Line
                    select member).Take(MostLargest),
            ]),
            Outliers = BatchOutliers.Of([.. members.Select(member => (member.Line, member.Operation))], twins),
            Twins = [.. twins.SelectMany(own => own).Select(twin => twin.Id).Distinct()],
            Waiting = CheckedRows.Sums(waiting.Select(row => row.Amount)),
            SeenHash = BatchDecisions.Hash(batch.TermsHash, signed),
            Bar = Bar(waiting, seats, await ApprovalSeats.GivenAsync(db, [.. waiting.Select(row => row.Id)])),
            Approvers = Names(waiting, seats.Approvers),
            DueAt = waiting.Count == 0 ? null : waiting.Min(row => row.DueAt),
            MayWithdraw = waiting.Count > 0 && batch.RequesterPersonId == actor.PersonId
                && rights.Allows(batch.Kind.RequestRight()),
            Failed = failed,
            MayRerun = failed > 0 && rights.Allows(batch.Kind.RequestRight()),
            RerunOf = await db.Set<OperationBatch>().Where(row => row.Id == batch.RerunOf)
                .Select(row => row.Number).SingleOrDefaultAsync(),
            Reruns = await db.Set<OperationBatch>().Where(row => row.RerunOf == batch.Id)
                .OrderBy(row => row.RequestedAt).Select(row => row.Number).ToListAsync(),
        };
    }

    /// <summary>The group that a state belongs to.</summary>
    public static BatchGroup Group(OperationState state) => state switch
    {
        OperationState.PendingApproval or OperationState.Draft => BatchGroup.Waiting,
        OperationState.Ready or OperationState.Sending or OperationState.Accepted => BatchGroup.OnTheWay,
        OperationState.Unknown or OperationState.NeedsPerson => BatchGroup.Unknown,
        OperationState.Succeeded or OperationState.ResolvedSucceeded => BatchGroup.Done,
        OperationState.Failed or OperationState.ResolvedFailed => BatchGroup.Failed,
        _ => BatchGroup.Dropped,
    };

    private static DecisionBar Bar(List<Operation> waiting, ApprovalSeats seats, ILookup<Guid, Given> given) =>
        waiting.Count == 0 ? DecisionBar.NotWaiting
        : waiting.Select(row => seats.Of(row.State, Wish(row), given[row.Id]).Bar)
            .FirstOrDefault(bar => bar != DecisionBar.None);

    private static ApprovalWish Wish(Operation row) => new(row.AccountId, row.RequesterPersonId, row.ApproverIds);

    /// <summary>Who could decide on every row.</summary>
    private static IReadOnlyList<string> Names(List<Operation> waiting, Approvers approvers) =>
        waiting.Select(Wish).Distinct().Select(approvers.Names)
            .Aggregate(
                (IReadOnlyList<string>?)null, (all, able) => all is null ? able : [.. all.Intersect(able)]) ?? [];

    private static async Task<Dictionary<BatchGroup, int>> CountsAsync(
        PortalDb db, OperationBatch batch, List<Member> members)
    {
        var counts = Enum.GetValues<BatchGroup>().ToDictionary(group => group, _ => 0);
        foreach (var member in members)
        {
            counts[Group(member.Operation.State)]++;
        }

        counts[BatchGroup.NotAsked] = await db.Set<BatchRow>()
            .CountAsync(row => row.BatchId == batch.Id && row.OperationId == null);
        counts[BatchGroup.All] = members.Count + counts[BatchGroup.NotAsked];
        return counts;
    }

    private static async Task<(IReadOnlyList<BatchRowFacts> Rows, int? Next)> RowsAsync(
        PortalDb db, Guid batchId, BatchGroup group, int after)
    {
        var states = Enum.GetValues<OperationState>().Where(state => Group(state) == group).ToList();
        var all = from row in db.Set<BatchRow>().AsNoTracking()
                  where row.BatchId == batchId && row.Line > after
                  select row;
        var wanted = group switch
        {
            BatchGroup.All => all,
            BatchGroup.NotAsked => all.Where(row => row.OperationId == null),
            _ => all.Where(row => db.Set<Operation>().Any(o => o.Id == row.OperationId && states.Contains(o.State))),
        };
        var rows = await wanted.OrderBy(row => row.Line).Take(RowsPerPage + 1).ToListAsync();
        var page = rows.Take(RowsPerPage).ToList();
        var ids = page.Where(row => row.OperationId != null).Select(row => row.OperationId!.Value).ToList();
        var lines = (await db.Set<Operation>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToLinesAsync(db))
            .ToDictionary(line => line.Operation.Id);
        return (
            [
                .. page.Select(row => new BatchRowFacts(
                    row.Line, row.Target, row.AmountText,
                    row.OperationId is null ? new(row.Problem, row.ProblemValue) : null,
                    row.OperationId is { } id ? lines[id] : null)),
            ],
            rows.Count > RowsPerPage ? page[^1].Line : null);
    }

    private static async Task<IReadOnlyList<BatchRowFacts>> LinesAsync(PortalDb db, List<Member> members)
    {
        var ids = members.ConvertAll(member => member.Operation.Id);
        var lines = (await db.Set<Operation>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToLinesAsync(db))
            .ToDictionary(line => line.Operation.Id);
        return [.. members.Select(member => new BatchRowFacts(
            member.Line, "", "", null, lines[member.Operation.Id]))];
    }

    private async Task<IQueryable<OperationBatch>> SeenAsync(PortalDb db, Actor actor)
    {
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var rows = db.Set<OperationBatch>().AsNoTracking();
        if (!rights.Allows(Permission.OrdersRead))
        {
            return rows.Where(_ => false);
        }

        return rights.AccountsFor(Permission.OrdersRead) is { } scope
            ? rows.Where(row => !db.Set<Operation>().Any(
                operation => operation.BatchId == row.Id && !scope.Contains(operation.AccountId)))
            : rows;
    }

    private sealed record Member(int Line, Operation Operation);
}
