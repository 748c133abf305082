using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MerchantPortal.Portal.Data;

/// <summary>Which database the portal runs on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>Everything in which the two databases differ.</summary>
public static class Dialect
{
    private const int WaitSeconds = 15;
    private const string Skips = "skips what others hold";

    /// <summary>Makes contexts of the chosen kind. Options cost as much as a query: they are built once.</summary>
    public static IDbContextFactory<PortalDb> Factory(
        DatabaseKind kind, string connection, PortalDbServices services)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            var sqlite = Sqlite(connection, services.Watchers);
            return new Contexts(() => new SqlitePortalDb(sqlite, services));
        }

        var postgres = Postgres(connection, services.Watchers);
        return new Contexts(() => new PostgresPortalDb(postgres, services));
    }

    /// <summary>
    /// SQLite: waits at most fifteen seconds for the writer, several times as long as the largest batch is approved
    /// in. Transactions begin IMMEDIATE (the driver's default), so that a command that reads and then writes never
    /// fails half way.
    /// </summary>
    public static string SqliteFile(string path, bool readOnly = false) =>
        new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = WaitSeconds,
            ForeignKeys = true,
            Mode = readOnly
                ? Microsoft.Data.Sqlite.SqliteOpenMode.ReadOnly
                : Microsoft.Data.Sqlite.SqliteOpenMode.ReadWriteCreate,
            Pooling = !readOnly,
        }.ToString();

    /// <summary>
    /// Holds the rows that it reads until the end of the transaction, and passes over those that another one holds:
    /// whoever looks for work neither waits for those who are at theirs nor takes it twice. On SQLite a transaction is
    /// alone anyway.
    /// </summary>
    internal static IQueryable<T> SkipLocked<T>(this IQueryable<T> rows) => rows.TagWith(Skips);

    /// <summary>Begins a read-only look at one moment of the database, whatever is written meanwhile.</summary>
    internal static string BeginSnapshot(DatabaseKind kind) =>
        kind == DatabaseKind.Sqlite ? "BEGIN DEFERRED" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    internal static DbContextOptions<SqlitePortalDb> Sqlite(
        string connection, IEnumerable<IInterceptor>? watchers = null) =>
        Common(new DbContextOptionsBuilder<SqlitePortalDb>(), watchers)
            .UseSqlite(connection, options => options.MigrationsHistoryTable("migrations"))
            .AddInterceptors(SqliteDurability.Instance)
            .Options;

    internal static DbContextOptions<PostgresPortalDb> Postgres(
        string connection, IEnumerable<IInterceptor>? watchers = null) =>
        Common(new DbContextOptionsBuilder<PostgresPortalDb>(), watchers)
            .UseNpgsql(connection, options => options.MigrationsHistoryTable("migrations"))
            .AddInterceptors(PostgresRowLocks.Instance)
            .Options;

    private static DbContextOptionsBuilder<T> Common<T>(
        DbContextOptionsBuilder<T> builder, IEnumerable<IInterceptor>? watchers) where T : DbContext =>
        builder
            .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning))
            .AddInterceptors(watchers ?? []);

    private sealed class Contexts(Func<PortalDb> create) : IDbContextFactory<PortalDb>
    {
        public PortalDb CreateDbContext() => create();
    }

    /// <summary>WAL with FULL: a commit that was answered survives a power cut, not only a crash.</summary>
    private sealed class SqliteDurability : DbConnectionInterceptor
    {
        public static SqliteDurability Instance { get; } = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
            Set(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        private static void Set(DbConnection connection)
        {
            if (connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.OrdinalIgnoreCase))
            {
                return;
            }

            using var command = connection.CreateCommand();
            // SQLite's own waiting looks again after milliseconds; the driver's alone only after 150.
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA busy_timeout={WaitSeconds * 1000}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Says in PostgreSQL's words what EF Core has none for.</summary>
    private sealed class PostgresRowLocks : DbCommandInterceptor
    {
        private const string Start = $"-- {Skips}";

        public static PostgresRowLocks Instance { get; } = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith(Start, StringComparison.Ordinal))
            {
                command.CommandText += "\nFOR UPDATE SKIP LOCKED";
            }

            return ValueTask.FromResult(result);
        }
    }
}
