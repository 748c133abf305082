using System.Text.Json;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>An entry as it is shown.</summary>
/// <param name="Seq">Its number in the chain.</param>
/// <param name="Details">The details by name, in order.</param>
/// <param name="Digest">Its digest in hex.</param>
public sealed record AuditLine(
    long Seq, DateTimeOffset At, string Actor, string Action, string Subject, AuditOutcome Outcome,
    IReadOnlyList<(string Name, string Value)> Details, string Digest);

/// <summary>One page of the audit, newest first.</summary>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, bool HasNewer, bool HasOlder);

/// <summary>Where the chain ends, where it was last anchored, and how far it is verified in the background.</summary>
public sealed record AuditEnd(
    long Seq, AuditAnchor.Line? Anchor, bool AnchorIsRead, string? Broken, AuditProgress Watched);

/// <summary>Reads the audit, which nobody changes, and verifies it.</summary>
public sealed class AuditQueries(
    IDbContextFactory<PortalDb> factory, TimeProvider time, AuditAnchor anchor, AuditWatch watch, RootKey root)
{
    public const int PageSize = 50;

    /// <summary>Above this many rows the command verifies, not a page.</summary>
    public const long MostToVerify = 200_000;

    private const long TellEvery = 2_000;

    /// <summary>
    /// Entries that match, older than <paramref name="before"/> or newer than <paramref name="after"/>.
    /// </summary>
    public async Task<AuditPage?> PageAsync(
        Actor actor, AuditFilter filter, TimeZoneInfo zone, long? before, long? after)
    {
        await using var db = await factory.CreateDbContextAsync();
        if (!await MayReadAsync(db, actor))
        {
            return null;
        }

        var rows = Matching(db, filter, zone);
        var newerFirst = after is null;
        var found = await (newerFirst
            ? rows.Where(row => before == null || row.Seq < before).OrderByDescending(row => row.Seq)
            : rows.Where(row => row.Seq > after).OrderBy(row => row.Seq)).Take(PageSize + 1).ToListAsync();
        var more = found.Count > PageSize;
        var page = found.Take(PageSize).OrderByDescending(row => row.Seq).ToList();
        return new(
            [.. page.Select(Line)],
            HasNewer: newerFirst ? before is not null : more,
            HasOlder: newerFirst ? more : page.Count > 0);
    }

    /// <summary>The names of all actions so far, for the filter.</summary>
    public async Task<IReadOnlyList<string>> ActionsAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await MayReadAsync(db, actor)
            ? await db.Set<AuditEntry>().Select(row => row.Action).Distinct().OrderBy(name => name).ToListAsync()
            : [];
    }

    /// <summary>The number of the newest entry and of the last one in the anchor file.</summary>
    public async Task<AuditEnd?> EndAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        if (!await MayReadAsync(db, actor))
        {
            return null;
        }

        var head = await db.Set<AuditHead>().AsNoTracking().Select(row => row.Seq).SingleOrDefaultAsync();
        var watched = await watch.ReadAsync();
        try
        {
            return new(head, AuditAnchor.ReadLast(anchor.Path), true, anchor.Broken, watched);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new(head, null, false, fault.Message, watched);
        }
    }

    /// <summary>Recomputes the whole chain against the head row and the anchor file; null without the right.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="tell">Told how many rows have been read so far.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <exception cref="IOException">The anchor file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The anchor file has a line that is not an anchor.</exception>
    public async Task<AuditReport?> VerifyAsync(Actor actor, Action<long> tell, CancellationToken cancel)
    {
        await using var db = await factory.CreateDbContextAsync(cancel);
        if (!await MayReadAsync(db, actor))
        {
            return null;
        }

        // The anchors are read first and rows only up to the head: what is added meanwhile must not look inserted.
        var anchors = AuditAnchor.Read(anchor.Path);
        var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancel);
        var end = head?.Seq ?? long.MaxValue;
        using var verifier = new AuditVerifier(root);
        var report =
            await Task.Run(() => verifier.Verify(from => Told(db, from, end, tell, cancel), head, anchors), cancel);
        var beyond = report.Ok && await db.Set<AuditEntry>()
            .AnyAsync(row => row.Seq > db.Set<AuditHead>().Max(one => one.Seq), cancel);
        var found = beyond ? new(report.Rows, false, end + 1, "insert") : report;
        if (!found.Ok)
        {
            await watch.RaiseAsync(found.FirstBad ?? 1);
        }

        return found;
    }

    private static IEnumerable<AuditEntry> Told(
        PortalDb db, long from, long end, Action<long> tell, CancellationToken cancel)
    {
        foreach (var row in db.Set<AuditEntry>().AsNoTracking()
            .Where(row => row.Seq >= from && row.Seq <= end).OrderBy(row => row.Seq))
        {
            cancel.ThrowIfCancellationRequested();
            if (row.Seq % TellEvery == 0)
            {
                tell(row.Seq);
            }

            yield return row;
        }
    }

    private static IQueryable<AuditEntry> Matching(PortalDb db, AuditFilter filter, TimeZoneInfo zone)
    {
        var all = db.Set<AuditEntry>().AsNoTracking();
        var rows = Named(all, filter.Actor?.ToUpperInvariant(), filter.Subject?.ToUpperInvariant());
        if (filter.Action is { } action)
        {
            rows = rows.Where(row => row.Action == action);
        }

        if (filter.Outcome is { } outcome)
        {
            rows = rows.Where(row => row.Outcome == outcome);
        }

        if (filter.From is { } from)
        {
            var start = ZoneDay.Start(from, zone);
            rows = rows.Where(row => row.At >= start);
        }

        if (filter.To is { } to)
        {
            var end = ZoneDay.Start(to.AddDays(1), zone);
            rows = rows.Where(row => row.At < end);
        }

        return rows;
    }

    // CA1304, CA1311, CA1862, MA0011: this becomes SQL's upper() and knows no culture.
#pragma warning disable CA1304, CA1311, CA1862, MA0011
    private static IQueryable<AuditEntry> Named(IQueryable<AuditEntry> rows, string? actor, string? subject) => rows
        .Where(row => actor == null || row.Actor.ToUpper().Contains(actor))
        .Where(row => subject == null || row.Subject.ToUpper().Contains(subject));
#pragma warning restore CA1304, CA1311, CA1862, MA0011

    private async Task<bool> MayReadAsync(PortalDb db, Actor actor) =>
        (await Rights.ReadAsync(db, actor, time.GetUtcNow())).Allows(Permission.AuditRead);

    private static AuditLine Line(AuditEntry row) => new(
        row.Seq, row.At, row.Actor, row.Action, row.Subject, row.Outcome, Pairs(row.Details),
        Convert.ToHexStringLower(row.Digest));

    /// <summary>The details as names and values; as they are stored when they are no object.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Pairs(string details)
    {
        if (details.Length == 0)
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(details);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? [.. json.RootElement.EnumerateObject().Select(member => (member.Name, Text(member.Value)))]
                : [("", details)];
        }
        catch (JsonException)
        {
            return [("", details)];
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "–",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
