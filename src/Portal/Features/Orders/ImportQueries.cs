using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>A file that was read in.</summary>
public sealed record ImportRow(
    Guid Id, string Account, string FileName, DateTimeOffset At, string By,
    int Lines, int Added, int Known, int Quarantined);

/// <summary>A line that was not taken: its number in the file, its text, and why.</summary>
public sealed record ImportLine(int Number, string Text, string Reason, string Value);

/// <summary>What one import did.</summary>
public sealed record ImportDetails(ImportRow Run, string Sha256, IReadOnlyList<ImportLine> Lines);

/// <summary>Reads past imports of the accounts that the actor may import into.</summary>
public sealed class ImportQueries(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    private const int MostRuns = 50;

    /// <summary>The newest imports.</summary>
    public async Task<IReadOnlyList<ImportRow>> ListAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        var newest = (await VisibleAsync(db, actor)).OrderByDescending(run => run.At).ThenByDescending(run => run.Id);
        return await Rows(db, newest.Take(MostRuns)).ToListAsync();
    }

    /// <summary>One import with the lines not taken; null when there is none that the actor may see.</summary>
    public async Task<ImportDetails?> ReadAsync(Actor actor, Guid id)
    {
        await using var db = await factory.CreateDbContextAsync();
        var runs = (await VisibleAsync(db, actor)).Where(run => run.Id == id);
        if (await Rows(db, runs).SingleOrDefaultAsync() is not { } row)
        {
            return null;
        }

        return new(
            row,
            await runs.Select(run => run.Sha256).SingleAsync(),
            await db.Set<QuarantinedLine>().AsNoTracking().Where(line => line.RunId == id)
                .OrderBy(line => line.LineNumber).ThenBy(line => line.Id)
                .Select(line => new ImportLine(line.LineNumber, line.Text, line.Reason, line.Value)).ToListAsync());
    }

    private static IQueryable<ImportRow> Rows(PortalDb db, IQueryable<ImportRun> runs) =>
        from run in runs
        join account in db.Set<Account>() on run.AccountId equals account.Id
        select new ImportRow(
            run.Id, account.Name, run.FileName, run.At, run.By, run.Lines, run.Added, run.Known, run.Quarantined);

    private async Task<IQueryable<ImportRun>> VisibleAsync(PortalDb db, Actor actor)
    {
        var scope = (await Rights.ReadAsync(db, actor, time.GetUtcNow())).AccountsFor(Permission.OrdersImport);
        var runs = db.Set<ImportRun>().AsNoTracking();
        return scope is null ? runs : runs.Where(run => scope.Contains(run.AccountId));
    }
}
