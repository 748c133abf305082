using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>
/// Reads everything that has not ended and takes longer than ten minutes, whatever its kind: on one of the tabs every
/// such operation stands.
/// </summary>
public sealed class AttentionQueries(IDbContextFactory<PortalDb> factory, VerdictWatch watch, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>An operation that is not final after this time is shown as needing attention.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly OperationState[] Doubtful = [OperationState.Unknown, OperationState.NeedsPerson];
    private static readonly OperationState[] UnderWay =
        [OperationState.Ready, OperationState.Sending, OperationState.Accepted];

    /// <summary>One page of one tab, with the counters of all of them.</summary>
    /// <param name="actor">The reader.</param>
    /// <param name="tab">Which of them.</param>
    /// <param name="after">The page begins behind this number.</param>
    /// <param name="before">The page ends in front of this number.</param>
    public async Task<AttentionPage> ReadAsync(
        Actor actor, AttentionTab tab, string? after = null, string? before = null)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var seen = db.Set<Operation>().AsNoTracking().SeenBy(await Rights.ReadAsync(db, actor, now));
        var counts = new Dictionary<AttentionTab, int>();
        foreach (var one in Enum.GetValues<AttentionTab>())
        {
            counts[one] = await In(db, seen, one, now).CountAsync();
        }

        var (page, hasEarlier, hasLater) = await PageAsync(db, In(db, seen, tab, now), after, before);
        return new(await LinesAsync(db, page, now), counts, hasEarlier, hasLater);
    }

    /// <summary>How many of what the rights show have been unclear for more than a day.</summary>
    internal static Task<int> AgedAsync(PortalDb db, Rights rights, DateTimeOffset now)
    {
        var dayAgo = now - AttentionLevels.AlarmAfter;
        return db.Set<Operation>().AsNoTracking().SeenBy(rights).Where(row => Doubtful.Contains(row.State)
            && db.Set<Attempt>().Any(attempt => attempt.OperationId == row.Id && attempt.StartedAt <= dayAgo))
            .CountAsync();
    }

    /// <summary>One operation as a line.</summary>
    internal async Task<AttentionLine> LineAsync(PortalDb db, Operation row, DateTimeOffset now) =>
        (await LinesAsync(db, [row], now))[0];

    private static IQueryable<Operation> In(
        PortalDb db, IQueryable<Operation> rows, AttentionTab tab, DateTimeOffset now)
    {
        var longAgo = now - Patience;
        return tab switch
        {
            AttentionTab.Open => rows.Where(row => Doubtful.Contains(row.State)
                || row.DisputedAt != null || row.Problem == OperationProblem.Tampered
                || (UnderWay.Contains(row.State) && (row.StateAt < longAgo
                    || db.Set<Approval>().Any(approval => approval.OperationId == row.Id
                        && approval.Decision == Decision.Approved && approval.At < longAgo)))),
            AttentionTab.People => rows.Where(row => row.State == OperationState.NeedsPerson
                || row.DisputedAt != null || row.Problem == OperationProblem.Tampered),
            AttentionTab.Undecided => rows.Where(row =>
                row.State == OperationState.PendingApproval && row.RequestedAt < longAgo),
            _ => rows.Where(row => row.State == OperationState.ResolvedFailed && row.ReleasedAt == null),
        };
    }

    // One row more than a page tells whether there is another page that way. The oldest stand first.
    private static async Task<(List<Operation> Page, bool HasEarlier, bool HasLater)> PageAsync(
        PortalDb db, IQueryable<Operation> rows, string? after, string? before)
    {
        if (before is not null && await MarkAsync(db, before) is { } first)
        {
            var earlier = await rows.Where(row => row.RequestedAt < first.At
                    || (row.RequestedAt == first.At && row.Id < first.Id))
                .OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Id)
                .Take(PageSize + 1).ToListAsync();
            return ([.. earlier.Take(PageSize).Reverse()], earlier.Count > PageSize, true);
        }

        var last = after is null ? null : await MarkAsync(db, after);
        var later = last is null ? rows : rows.Where(row => row.RequestedAt > last.At
            || (row.RequestedAt == last.At && row.Id > last.Id));
        var page = await later.OrderBy(row => row.RequestedAt).ThenBy(row => row.Id).Take(PageSize + 1).ToListAsync();
        return ([.. page.Take(PageSize)], last is not null, page.Count > PageSize);
    }

    private static Task<Mark?> MarkAsync(PortalDb db, string number) =>
        db.Set<Operation>().AsNoTracking().Where(row => row.Number == number)
            .Select(row => new Mark(row.Id, row.RequestedAt)).SingleOrDefaultAsync();

    private async Task<List<AttentionLine>> LinesAsync(PortalDb db, List<Operation> page, DateTimeOffset now)
    {
        var ids = page.ConvertAll(row => row.Id);
        var lines = (await db.Set<Operation>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToLinesAsync(db))
            .ToDictionary(line => line.Operation.Id);
        var sent = await db.Set<Attempt>().AsNoTracking().Where(row => ids.Contains(row.OperationId))
            .GroupBy(row => row.OperationId).Select(group => new { group.Key, At = group.Min(row => row.StartedAt) })
            .ToDictionaryAsync(row => row.Key, row => row.At);
        var waiting = (await db.Set<ChangeRequest>().AsNoTracking()
            .Where(row => row.State == ChangeState.Waiting && row.OperationId != null
                && ids.Contains(row.OperationId.Value))
            .Select(row => new { Id = row.OperationId!.Value, row.Number, row.ProposerName, row.ExpiresAt, row.Kind })
            .ToListAsync()).ToLookup(row => row.Id);
        return page.ConvertAll(row => new AttentionLine(lines[row.Id])
        {
            Since = Doubtful.Contains(row.State) && sent.TryGetValue(row.Id, out var at) ? at : row.StateAt,
            Level = AttentionLevels.Of(row.State, sent.TryGetValue(row.Id, out var first) ? first : null, now),
            Waiting = waiting[row.Id].Select(change => new WaitingVerdict(
                change.Number, change.ProposerName, change.ExpiresAt)).FirstOrDefault(),
            ProvenAt = row is { State: OperationState.ResolvedFailed, ReleasedAt: null, DisputedAt: null }
                ? watch.ProvenAt(row)
                : null,
        });
    }

    private sealed record Mark(Guid Id, DateTimeOffset At);
}
