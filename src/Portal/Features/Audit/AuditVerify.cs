using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>
/// The command that recomputes the chain without the portal: read-only, with the root key and the anchor file. It
/// prints one JSON object and nothing else.
/// </summary>
internal static class AuditVerify
{
    private const int Unreadable = 2;
    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(PortalOptions options, TextWriter output, CancellationToken cancel)
    {
        try
        {
            using var root = RootKey.Read(options.RootKeyPath);

            // Anchors first, then everything else in one snapshot: a portal that goes on working only adds after both.
            var anchors = AuditAnchor.Read(options.AnchorPath);
            await using var db = Open(options);
            await db.Database.OpenConnectionAsync(cancel);
            await db.Database.ExecuteSqlRawAsync(Dialect.BeginSnapshot(options.Database), cancel);
            var known = await db.Set<Setting>().AsNoTracking().Where(row => row.Key == Setting.RootCheck)
                .Select(row => row.Value).SingleOrDefaultAsync(cancel);
            if (known is not null && known != root.CheckValue())
            {
                return await FailAsync(output, "the root key is not the one this database was made under");
            }

            var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancel);
            using var verifier = new AuditVerifier(root);
            var report = verifier.Verify(
                from => db.Set<AuditEntry>().AsNoTracking()
                    .Where(row => row.Seq >= from).OrderBy(row => row.Seq).AsEnumerable(),
                head,
                anchors);
            await output.WriteLineAsync(JsonSerializer.Serialize(report, Json));
            return report.Ok ? 0 : 1;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException
            or InvalidDataException or FormatException)
        {
            return await FailAsync(output, fault.Message);
        }
    }

    private static PortalDb Open(PortalOptions options)
    {
        var services = new PortalDbServices(TimeProvider.System, null!, null!, new(isNeeded: false));
        if (options.Database == DatabaseKind.Postgres)
        {
            return new PostgresPortalDb(
                Dialect.Postgres(options.Connection + ";Options=-c default_transaction_read_only=on"), services);
        }

        var file = Path.Combine(options.Data, "portal.db");
        return File.Exists(file)
            ? new SqlitePortalDb(Dialect.Sqlite(Dialect.SqliteFile(file, readOnly: true)), services)
            : throw new FileNotFoundException($"There is no database at {file}.");
    }

    private static async Task<int> FailAsync(TextWriter output, string why)
    {
        await output.WriteLineAsync(JsonSerializer.Serialize(new Failure(0, false, null, "unreadable"), Json));
        await Console.Error.WriteLineAsync(why);
        return Unreadable;
    }

    private sealed record Failure(
        long Rows, bool Ok, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? FirstBad, string Kind);
}
