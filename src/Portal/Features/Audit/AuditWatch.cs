using System.Text.Json;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>How far the whole chain has been verified in the background; one for all processes.</summary>
public sealed record AuditProgress
{
    /// <summary>Number of the last row of this round that fits; 0 at its beginning.</summary>
    public long Row { get; init; }

    /// <summary>Digest of that row.</summary>
    public byte[] Digest { get; init; } = AuditChain.Genesis;

    /// <summary>When this round began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Nothing is verified before.</summary>
    public DateTimeOffset NextAt { get; init; }

    /// <summary>When the whole chain was last found untouched; null before the first time.</summary>
    public DateTimeOffset? WholeAt { get; init; }

    /// <summary>Up to which row that was.</summary>
    public long WholeRow { get; init; }

    /// <summary>The first row that does not fit; null while all do. Nothing is sent while it is set.</summary>
    public long? BadRow { get; init; }

    /// <summary>Since when it is known.</summary>
    public DateTimeOffset? BadSince { get; init; }
}

/// <summary>
/// Verifies the whole chain little by little, again and again: against itself, against the head row and against the
/// anchor file. What does not fit raises the alarm and halts sending until a whole round fits again.
/// </summary>
public sealed class AuditWatch(
    IDbContextFactory<PortalDb> factory, AuditAnchor anchor, RootKey root, TimeProvider time, ILogger<AuditWatch> log)
{
    /// <summary>Most rows of one step.</summary>
    public const int Step = 1_000;

    /// <summary>What open pages hear when the alarm comes or goes.</summary>
    public const string Topic = "audit-watch";

    private static readonly TimeSpan BetweenSteps = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(1);
    private static readonly Actor Job = Actor.Job("audit-watch");

    /// <summary>The first row that does not fit, as this process last heard; null while all do.</summary>
    public long? BadRow => unkept ?? heard;

    // What this process found and could not keep: a tampered end of the chain lets nobody append to it.
    private long? unkept;
    private long? heard;

    /// <summary>Reads where the verification stands; hears of an alarm that another process raised.</summary>
    public async Task<AuditProgress> ReadAsync(CancellationToken cancel = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancel);
        return (await ReadAsync(db, cancel)).Progress;
    }

    /// <summary>
    /// Verifies the next rows, if it is time. Never held up by others: the same step twice does no harm.
    /// </summary>
    /// <returns>True when this call's step was kept.</returns>
    public async Task<bool> StepAsync(CancellationToken cancel)
    {
        await using var db = await factory.CreateDbContextAsync(cancel);
        var (kept, progress) = await ReadAsync(db, cancel);
        var now = time.GetUtcNow();
        if (progress.NextAt > now)
        {
            return false;
        }

        var next = await FollowAsync(db, progress.Row == 0 ? progress with { StartedAt = now } : progress, now, cancel);
        return await TakeAsync(db, kept, progress, next);
    }

    /// <summary>
    /// Raises the alarm for what somebody found by verifying at once. The next round begins at the first row, and a
    /// whole one that fits takes the alarm away again. Nobody who leaves a page calls it off.
    /// </summary>
    public async Task RaiseAsync(long row)
    {
        await using var db = await factory.CreateDbContextAsync();
        var (kept, progress) = await ReadAsync(db, CancellationToken.None);
        while (progress.BadRow is null)
        {
            var now = time.GetUtcNow();
            var anew = progress with { Row = 0, Digest = AuditChain.Genesis, StartedAt = now };
            if (await TakeAsync(db, kept, progress, Bad(anew, row, now)))
            {
                return;
            }

            (kept, progress) = await ReadAsync(db, CancellationToken.None);
        }
    }

    private async Task<bool> TakeAsync(PortalDb db, string? kept, AuditProgress progress, AuditProgress next)
    {
        unkept = next.BadRow;
        var won = await KeepAsync(db, kept, progress, next);
        if (won)
        {
            heard = next.BadRow;
        }

        unkept = null;
        return won;
    }

    private async Task<bool> KeepAsync(PortalDb db, string? kept, AuditProgress progress, AuditProgress next)
    {
        try
        {
            return await db.CommitAsync(Job, "audit.watch", async commit =>
            {
                if (!await KeepAsync(commit, kept, next))
                {
                    return false;
                }

                if (next.BadRow != progress.BadRow)
                {
                    commit.Audit("audit", new { next.BadRow, wasBad = progress.BadRow });
                    commit.Changed(Topic, Guid.Empty);
                }

                return true;
            });
        }
        catch (DbUpdateException) when (kept is null && next.BadRow is null)
        {
            // The very first step of all, and another process made it in the same instant.
            return false;
        }
    }

    private async Task<(string? Kept, AuditProgress Progress)> ReadAsync(PortalDb db, CancellationToken cancel)
    {
        var kept = await db.Set<Setting>().Where(row => row.Key == Setting.AuditWatch).Select(row => row.Value)
            .SingleOrDefaultAsync(cancel);
        var progress = kept is null ? new() : Open(kept);
        heard = progress.BadRow;
        return (kept, progress);
    }

    /// <summary>
    /// Anchors first, then the head, then rows up to it: what is added meanwhile only comes after all three.
    /// </summary>
    private async Task<AuditProgress> FollowAsync(
        PortalDb db, AuditProgress progress, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            var anchored = AuditAnchor.ReadLast(anchor.Path)?.Seq ?? 0;
            var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancel);
            var end = head?.Seq ?? 0;
            var (first, last) = (progress.Row + 1, Math.Min(progress.Row + Step, end));
            using var verifier = new AuditVerifier(root);
            var anchors = AuditVerifier.ByRow(AuditAnchor.ReadBetween(anchor.Path, first, last));
            var stretch = verifier.Follow(progress.Digest, first, Rows(db, progress.Row, last), anchors);
            if (!stretch.Fits || stretch.Next <= last)
            {
                return Bad(progress, stretch.Next, now);
            }

            if (last < end)
            {
                return progress with { Row = last, Digest = stretch.Digest, NextAt = now + BetweenSteps };
            }

            var isBeyond = await db.Set<AuditEntry>()
                .AnyAsync(row => row.Seq > db.Set<AuditHead>().Max(one => one.Seq), cancel);
            return isBeyond || end < anchored || head is null
                || !head.Digest.AsSpan().SequenceEqual(stretch.Digest)
                ? Bad(progress, stretch.Next, now)
                : new()
                {
                    StartedAt = progress.StartedAt, WholeAt = now, WholeRow = end, NextAt = now + BetweenRounds,
                };
        }
        catch (InvalidDataException fault)
        {
            log.LogCritical(fault, "The audit's anchor file cannot be read as one.");
            return Bad(progress, progress.Row + 1, now);
        }
    }

    private static IEnumerable<AuditEntry> Rows(PortalDb db, long after, long last) => db.Set<AuditEntry>()
        .AsNoTracking().Where(row => (row.Seq > after || (after == 0 && row.Seq < 1)) && row.Seq <= last)
        .OrderBy(row => row.Seq).AsEnumerable();

    private AuditProgress Bad(AuditProgress progress, long row, DateTimeOffset now)
    {
        log.LogCritical("The audit does not fit from row {Row} on: nothing is sent.", row);
        return progress with { BadRow = row, BadSince = progress.BadSince ?? now, NextAt = now + AfterFault };
    }

    /// <summary>One conditional write, so that of several processes one alone moves on.</summary>
    private async Task<bool> KeepAsync(Commit commit, string? kept, AuditProgress next)
    {
        var value = Close(next);
        if (kept is null && !await commit.Db.Set<Setting>().AnyAsync(row => row.Key == Setting.AuditWatch))
        {
            commit.Db.Add(new Setting { Key = Setting.AuditWatch, Value = value });
            return true;
        }

        return await commit.Db.Set<Setting>().Where(row => row.Key == Setting.AuditWatch && row.Value == kept)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Value, value)) == 1;
    }

    /// <summary>
    /// Sealed under the root key: nobody who edits rows alone can move it past them or take an alarm away.
    /// </summary>
    private string Close(AuditProgress progress)
    {
        using var verifier = new AuditVerifier(root);
        var text = JsonSerializer.Serialize(progress);
        return $"{verifier.Seal(text)} {text}";
    }

    private AuditProgress Open(string kept)
    {
        using var verifier = new AuditVerifier(root);
        if (kept.Split(' ', 2) is [var seal, var text] && seal == verifier.Seal(text))
        {
            return JsonSerializer.Deserialize<AuditProgress>(text)!;
        }

        log.LogCritical("What was kept of the audit's verification is not ours; it begins anew.");
        return new();
    }
}

/// <summary>Runs the verification, after everything else.</summary>
public sealed class AuditWorker(
    AuditWatch watch, ChangeFeed changes, TimeProvider time, ILogger<AuditWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host is up before the first look.
        await Task.Yield();
        await new Loop(changes, time, log).RunAsync(
            async cancel =>
            {
                // One step and then a rest, whatever is left: this is nobody's hurry.
                await watch.StepAsync(cancel);
                return false;
            },
            AuditWatch.Topic, stoppingToken);
    }
}
