using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>Reads changes that need a second person.</summary>
public sealed class ChangeQueries(
    IDbContextFactory<PortalDb> factory, ChangeKinds kinds, ChangeDocuments documents, TimeProvider time)
{
    public const int Most = 100;

    /// <summary>One tab with the counters of all of them.</summary>
    public async Task<ChangeList> ListAsync(Actor actor, ChangeTab tab)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var seen = db.ChangesSeenBy(kinds, rights);
        var waiting = seen.Where(row => row.State == ChangeState.Waiting);
        var yours = db.Set<ChangeRequest>().AsNoTracking().Where(row =>
            row.ProposerPersonId == actor.PersonId && rights.Names.Count > 0);
        var you = db.ChangesWaitingOn(kinds, rights, actor, now);
        var rows = tab switch
        {
            ChangeTab.You => you,
            ChangeTab.All => waiting,
            ChangeTab.Yours => yours,
            _ => seen.Where(row => row.State != ChangeState.Waiting),
        };
        var counts = new Dictionary<ChangeTab, int>
        {
            [ChangeTab.You] = await you.CountAsync(),
            [ChangeTab.All] = await waiting.CountAsync(),
            [ChangeTab.Yours] = await yours.CountAsync(row => row.State == ChangeState.Waiting),
        };
        var sorted = tab is ChangeTab.You or ChangeTab.All
            ? rows.OrderBy(row => row.ExpiresAt).ThenBy(row => row.Number)
            : rows.OrderByDescending(row => row.StateAt).ThenByDescending(row => row.Number);
        var page = await sorted.Take(Most).ToListAsync();
        var ids = page.ConvertAll(row => row.Id);
        var answered = await db.Set<ChangeVote>().AsNoTracking()
            .Where(row => ids.Contains(row.ChangeId) && row.PersonId == actor.PersonId)
            .Select(row => row.ChangeId).ToListAsync();
        return new(
            [.. page.Select(row => Line(row, Bar(row, rights, actor, answered.Contains(row.Id), now)))],
            counts,
            await rows.CountAsync());
    }

    /// <summary>How many changes wait on the actor.</summary>
    public async Task<int> WaitingOnAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        return await db.ChangesWaitingOn(kinds, await Rights.ReadAsync(db, actor, now), actor, now).CountAsync();
    }

    /// <summary>The sheet of one change by its number; null when the actor may not see it.</summary>
    public async Task<ChangeSheet?> FindAsync(Actor actor, string number)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        if (await FindRowAsync(db, actor, rights, number) is not { } row)
        {
            return null;
        }

        var votes = await db.Set<ChangeVote>().AsNoTracking().Where(vote => vote.ChangeId == row.Id)
            .OrderBy(vote => vote.At).ToListAsync();
        var kind = kinds.Get(row.Kind);
        return new()
        {
            Line = Line(row, Bar(row, rights, actor, votes.Any(vote => vote.PersonId == actor.PersonId), now)),
            Facts = Facts(row),
            Comment = row.Comment,
            TermsHash = row.TermsHash,
            Needed = row.Needed,
            ConfirmRight = kind.ConfirmRight,
            Votes =
            [
                .. votes.Select(vote => new ChangeVoteLine(
                    vote.PersonName, vote.At, vote.Answer, vote.Factors, vote.Comment)),
            ],
            Hindrance = row.State == ChangeState.Waiting ? await HindranceAsync(db, kind, row, now) : null,
            IsProven = await StepUps.IsThereAsync(db, actor, now, row.Id, row.TermsHash),
            IsOwn = row.ProposerPersonId == actor.PersonId,
            OperationNumber = row.OperationId is { } id
                ? await db.Set<Operation>().Where(operation => operation.Id == id)
                    .Select(operation => operation.Number).SingleAsync()
                : null,
            DocumentName = row.DocumentName,
            DocumentText = row.DocumentText,
            DocumentSize = row.DocumentSize,
            DocumentSha256 = row.DocumentSha256,
        };
    }

    /// <summary>The file of a change, exactly as it was uploaded; null where there is none for the actor.</summary>
    public async Task<(string Name, byte[] Content)?> FileAsync(Actor actor, string number)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        return await FindRowAsync(db, actor, rights, number) is { DocumentFile.Length: > 0 } row
            && await documents.ReadAsync(row.DocumentFile, row.DocumentSha256) is { } content
            ? (row.DocumentName, content)
            : null;
    }

    /// <summary>The waiting changes whose target begins so. No secret of theirs is told.</summary>
    public async Task<IReadOnlyList<WaitingChange>> WaitingForAsync(string targets)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.Set<ChangeRequest>().AsNoTracking()
            .Where(row => row.State == ChangeState.Waiting && row.Target.StartsWith(targets))
            .OrderBy(row => row.ProposedAt)
            .Select(row => new WaitingChange(row.Number, row.Target, row.ProposerName, row.ExpiresAt)).ToListAsync();
    }

    private async Task<ChangeRequest?> FindRowAsync(PortalDb db, Actor actor, Rights rights, string number) =>
        await db.Set<ChangeRequest>().AsNoTracking().SingleOrDefaultAsync(row => row.Number == number) is { } row
            && (kinds.MayRead(rights, row) || (row.ProposerPersonId == actor.PersonId && rights.Names.Count > 0))
            ? row
            : null;

    private static async Task<string?> HindranceAsync(
        PortalDb db, IChange kind, ChangeRequest row, DateTimeOffset now) =>
        await kind.PlanAsync(db, row.Terms, now) switch
        {
            ChangePlan.Refused refused => refused.MayClear ? null : refused.Reason,
            ChangePlan.Possible plan when row.TermsHash != row.ComputeTermsHash(
                ChangeJson.Write(plan.Before), ChangeJson.Write(plan.After)) => "Moved",
            _ => null,
        };

    private ChangeBar Bar(ChangeRequest row, Rights rights, Actor actor, bool answered, DateTimeOffset now) =>
        row.State != ChangeState.Waiting || row.ExpiresAt <= now ? ChangeBar.NotWaiting
        : row.ProposerPersonId == actor.PersonId ? ChangeBar.OwnProposal
        : !rights.Allows(kinds.Get(row.Kind).ConfirmRight, row.AccountId) ? ChangeBar.NoRight
        : !row.IsFor(actor.PersonId!.Value) ? ChangeBar.Involved
        : answered ? ChangeBar.AnsweredBefore
        : ChangeBar.None;

    private static ChangeLine Line(ChangeRequest row, ChangeBar bar) => new()
    {
        Id = row.Id,
        Number = row.Number,
        Kind = row.Kind,
        Subject = row.Subject,
        ProposerName = row.ProposerName,
        ProposedAt = row.ProposedAt,
        ExpiresAt = row.ExpiresAt,
        State = row.State,
        StateAt = row.StateAt,
        Bar = bar,
        Version = row.Version,
    };

    private static List<ChangedFact> Facts(ChangeRequest row)
    {
        var before = ChangeJson.Read<List<ChangeFact>>(row.Before);
        var after = ChangeJson.Read<List<ChangeFact>>(row.After);
        var was = before.ToDictionary(fact => fact.Name, fact => fact.Value);
        var becomes = after.ToDictionary(fact => fact.Name, fact => fact.Value);
        return
        [
            .. before.Concat(after).Select(fact => fact.Name).Distinct().Select(name => new ChangedFact(
                name, was.GetValueOrDefault(name, ""), becomes.GetValueOrDefault(name, ""))),
        ];
    }
}

/// <summary>Which changes concern somebody.</summary>
internal static class ChangeScope
{
    /// <summary>The changes that the rights let somebody read.</summary>
    public static IQueryable<ChangeRequest> ChangesSeenBy(this PortalDb db, ChangeKinds kinds, Rights rights) =>
        rights.Allows(Permission.AuditRead)
            ? db.Set<ChangeRequest>().AsNoTracking()
            : Of(
                db,
                kinds.All.SelectMany(kind => new[]
                {
                    (kind.Kind, kind.ProposeRight), (kind.Kind, kind.ConfirmRight),
                }),
                rights);

    /// <summary>The waiting changes that the actor may answer now.</summary>
    public static IQueryable<ChangeRequest> ChangesWaitingOn(
        this PortalDb db, ChangeKinds kinds, Rights rights, Actor actor, DateTimeOffset now)
    {
        var person = actor.PersonId?.ToString("N") ?? "nobody";
        return Of(db, kinds.All.Select(kind => (kind.Kind, kind.ConfirmRight)), rights)
            .Where(row => row.State == ChangeState.Waiting && row.ExpiresAt > now
                && row.ProposerPersonId != actor.PersonId && !row.Barred.Contains(person)
                && (row.Only.Length == 0 || row.Only.Contains(person))
                && !db.Set<ChangeVote>().Any(vote => vote.ChangeId == row.Id && vote.PersonId == actor.PersonId));
    }

    private static IQueryable<ChangeRequest> Of(
        PortalDb db, IEnumerable<(string Kind, string Right)> wanted, Rights rights)
    {
        var rows = db.Set<ChangeRequest>().AsNoTracking();
        var held = wanted.Where(one => rights.Allows(one.Right)).Distinct().ToList();
        var everywhere = held.Where(one => rights.AccountsFor(one.Right) is null).Select(one => one.Kind).ToList();
        var found = rows.Where(row => everywhere.Contains(row.Kind));
        foreach (var (kind, right) in held)
        {
            if (rights.AccountsFor(right) is { } accounts)
            {
                found = found.Union(rows.Where(row => row.Kind == kind
                    && (row.AccountId == null || accounts.Contains(row.AccountId.Value))));
            }
        }

        return found;
    }
}
