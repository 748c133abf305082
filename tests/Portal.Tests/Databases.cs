using System.Runtime.CompilerServices;
using MerchantPortal.Payments.Tests;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MerchantPortal.Portal.Tests;

/// <summary>The rows of every test that runs on both databases.</summary>
public sealed class BothDatabases : TheoryData<DatabaseKind>
{
    public BothDatabases()
    {
        Add(DatabaseKind.Sqlite);
        Add(DatabaseKind.Postgres);
    }
}

/// <summary>
/// Hands out empty databases. Each kind is migrated once; every test gets a copy, so that none can see another's rows.
/// PostgreSQL comes from tests/ci.cs, or from PORTAL_TEST_POSTGRES when tests are run by hand.
/// </summary>
internal static class Databases
{
    /// <summary>
    /// Where databases of tests lie: in memory where the system has a place for that. Every commit waits for the disk
    /// otherwise, thousands of times, and no test here cuts the power.
    /// </summary>
    public static string Place { get; } = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresAsync);
    private static readonly SemaphoreSlim OneCopy = new(1);
    private static int copies;

    [ModuleInitializer]
    internal static void TouchTheContextsAssemblyFirst() =>
        RuntimeHelpers.RunModuleConstructor(typeof(PortalDb).Module.ModuleHandle);

    /// <summary>A fresh data folder with a root key, and the options of a portal on it.</summary>
    public static async Task<PortalOptions> CreateAsync(DatabaseKind kind)
    {
        var folder = Path.Combine(
            Place, $"portal-test-{Environment.ProcessId}-{Interlocked.Increment(ref copies)}");
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        var template = await SqliteTemplate.Value;
        File.Copy(Path.Combine(template, "keys", "root.key"), Path.Combine(folder, "keys", "root.key"));
        File.Copy(Path.Combine(template, "portal.json"), Path.Combine(folder, "portal.json"));
        if (kind == DatabaseKind.Sqlite)
        {
            File.Copy(Path.Combine(template, "portal.db"), Path.Combine(folder, "portal.db"));
            return new() { Data = folder };
        }

        return new() { Data = folder, Database = kind, Connection = await CopyPostgresAsync() };
    }

    /// <summary>An empty folder, and on PostgreSQL an empty database: as on the first start of all.</summary>
    public static async Task<PortalOptions> CreateEmptyAsync(DatabaseKind kind)
    {
        var options = new PortalOptions { Data = Directory.CreateTempSubdirectory("portal-first-").FullName };
        if (kind == DatabaseKind.Sqlite)
        {
            return options;
        }

        var name = $"portal_first_{Environment.ProcessId}_{Interlocked.Increment(ref copies)}";
        await using var server = new NpgsqlConnection(Server());
        await server.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", server);
        await create.ExecuteNonQueryAsync();
        return options with
        {
            Database = kind,
            Connection = new NpgsqlConnectionStringBuilder(Server()) { Database = name, MaxPoolSize = 40 }.ToString(),
        };
    }

    /// <summary>Removes what was made here.</summary>
    public static async Task DropAsync(PortalOptions options)
    {
        if (options.Database == DatabaseKind.Postgres)
        {
            var name = new NpgsqlConnectionStringBuilder(options.Connection).Database;
            await using var server = new NpgsqlConnection(Server());
            await server.OpenAsync();
            await using var drop = new NpgsqlCommand($"DROP DATABASE \"{name}\" WITH (FORCE)", server);
            await drop.ExecuteNonQueryAsync();
        }
        else
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool(new(options.ConnectionString));
        }

        Directory.Delete(options.Data, recursive: true);
    }

    private static string Server() => Environment.GetEnvironmentVariable("PORTAL_TEST_POSTGRES")
        ?? throw new InvalidOperationException(
            "PORTAL_TEST_POSTGRES is not set: run dotnet run tests/ci.cs, which starts PostgreSQL.");

    private static async Task<string> MakeSqliteAsync()
    {
        var folder = Path.Combine(Place, $"portal-template-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        var options = new PortalOptions { Data = folder };
        DataFolder.Open(folder, PortalMode.Rehearse, TimeProvider.System.GetUtcNow());
        RootKey.Create(options.RootKeyPath);
        await PrepareAsync(options);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static async Task<string> MakePostgresAsync()
    {
        var name = $"portal_template_{Environment.ProcessId}";
        var template = await SqliteTemplate.Value;
        await using var server = new NpgsqlConnection(Server());
        await server.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", server);
        await create.ExecuteNonQueryAsync();
        var connection = new NpgsqlConnectionStringBuilder(Server()) { Database = name, Pooling = false }.ToString();
        await PrepareAsync(new PortalOptions
        {
            Data = template, Database = DatabaseKind.Postgres, Connection = connection,
            AnchorFile = Path.Combine(template, "postgres-anchor.log"),
        });
        return name;
    }

    private static async Task PrepareAsync(PortalOptions options)
    {
        var folder = DataFolder.Open(options.Data, PortalMode.Rehearse, TimeProvider.System.GetUtcNow());
        await using var app = PortalApp.Build(options, folder, new FakeClock(), null);
        await app.Services.GetRequiredService<Schema>().PrepareAsync(PortalMode.Rehearse);
    }

    private static async Task<string> CopyPostgresAsync()
    {
        var template = await PostgresTemplate.Value;
        var name = $"portal_test_{Environment.ProcessId}_{Interlocked.Increment(ref copies)}";
        await OneCopy.WaitAsync();
        try
        {
            await using var server = new NpgsqlConnection(Server());
            await server.OpenAsync();
            await using var create = new NpgsqlCommand(
                $"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY", server);
            await create.ExecuteNonQueryAsync();
        }
        finally
        {
            OneCopy.Release();
        }

        return new NpgsqlConnectionStringBuilder(Server()) { Database = name, MaxPoolSize = 40 }.ToString();
    }
}
