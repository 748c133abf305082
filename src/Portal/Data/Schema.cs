using System.Security.Cryptography;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Data;

/// <summary>Brings a database to the current schema and makes sure that it belongs to this process.</summary>
public sealed class Schema(IDbContextFactory<PortalDb> factory, RootKey root)
{
    private static readonly Actor Job = Actor.Job("start");

    /// <summary>Migrates, then compares mode and root key with what the database was made with.</summary>
    /// <exception cref="StartRefusedException">It was made in the other mode or under another root key.</exception>
    public async Task PrepareAsync(PortalMode mode)
    {
        await using var db = await factory.CreateDbContextAsync();

        // Asked first: EF Core's lock for migrations stays in SQLite when its process is killed while it holds it.
        if ((await db.Database.GetPendingMigrationsAsync()).Any())
        {
            await db.Database.MigrateAsync();
        }

        var settings = await SettingsAsync(db);
        if (settings.ContainsKey(Setting.RootCheck))
        {
            Compare(settings, mode);
            return;
        }

        await db.CommitAsync(Job, "installation.create", commit =>
        {
            db.Add(new Setting { Key = Setting.RootCheck, Value = root.CheckValue() });
            db.Add(new Setting { Key = Setting.Mode, Value = mode.ToString() });
            commit.Audit("installation", new { mode });
            return Task.FromResult(true);
        });
    }

    /// <summary>Compares only, for a process beside the one that keeps the schema.</summary>
    /// <exception cref="StartRefusedException">
    /// It was made in the other mode or under another root key, or not by this version.
    /// </exception>
    public async Task CheckAsync(PortalMode mode)
    {
        await using var db = await factory.CreateDbContextAsync();
        if ((await db.Database.GetPendingMigrationsAsync()).Any())
        {
            throw new StartRefusedException(
                "--data: the database is older than this program; start the portal itself first.");
        }

        Compare(await SettingsAsync(db), mode);
    }

    private static Task<Dictionary<string, string>> SettingsAsync(PortalDb db) =>
        db.Set<Setting>().AsNoTracking().ToDictionaryAsync(row => row.Key, row => row.Value);

    private void Compare(Dictionary<string, string> settings, PortalMode mode)
    {
        if (!settings.TryGetValue(Setting.RootCheck, out var known))
        {
            throw new StartRefusedException("--data: the database was never started; start the portal itself first.");
        }

        var check = root.CheckValue();
        if (!CryptographicOperations.FixedTimeEquals(Convert.FromHexString(known), Convert.FromHexString(check)))
        {
            throw new StartRefusedException("--root-key: the database was made under another root key.");
        }

        if (settings[Setting.Mode] != mode.ToString())
        {
            throw new StartRefusedException(
                $"--connection: the database belongs to '{settings[Setting.Mode].ToLowerInvariant()}'.");
        }
    }
}
