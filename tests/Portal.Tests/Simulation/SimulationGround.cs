using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.Data.Sqlite;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// What every seed starts from: people, an account and paid orders, made once by the product's own commands and kept
/// as one database file.
/// </summary>
internal sealed class SimulationGround : IDisposable
{
    private readonly SqliteConnection template;

    private SimulationGround(string folder)
    {
        Folder = folder;
        template = new($"Data Source={Path.Combine(folder, "portal.db")};Pooling=False");
        template.Open();
    }

    /// <summary>Where root key and template lie: in memory where the system has a place for that.</summary>
    public string Folder { get; }

    public required Cast Cast { get; init; }

    public static async Task<SimulationGround> MakeAsync()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var cast = await Cast.MakeAsync(world);
        var folder = Fresh();
        CopyKeys(world.Options.Data, folder);
        await using (var from = new SqliteConnection(world.Options.ConnectionString))
        await using (var to = new SqliteConnection($"Data Source={Path.Combine(folder, "portal.db")};Pooling=False"))
        {
            await from.OpenAsync();
            await to.OpenAsync();
            from.BackupDatabase(to);
        }

        return new(folder) { Cast = cast };
    }

    /// <summary>A data folder of its own for one lane.</summary>
    public string Copy()
    {
        var folder = Fresh();
        CopyKeys(Folder, folder);
        return folder;
    }

    /// <summary>Makes the database what it was in the beginning.</summary>
    public void Restore(SqliteConnection lane)
    {
        lock (template)
        {
            template.BackupDatabase(lane);
        }
    }

    public void Dispose()
    {
        template.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Fresh() => Directory.CreateDirectory(Path.Combine(
        Databases.Place,
        $"portal-simulation-{Environment.ProcessId}-{Guid.CreateVersion7():N}")).FullName;

    private static void CopyKeys(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "keys"));
        File.Copy(Path.Combine(from, "keys", "root.key"), Path.Combine(to, "keys", "root.key"));
        File.Copy(Path.Combine(from, "portal.json"), Path.Combine(to, "portal.json"));
    }
}
