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
        await db.Database.MigrateAsync();
        var check = root.CheckValue();
        var settings = await db.Set<Setting>().AsNoTracking().ToDictionaryAsync(row => row.Key, row => row.Value);
        if (!settings.TryGetValue(Setting.RootCheck, out var known))
        {
            await db.CommitAsync(Job, "installation.create", commit =>
            {
                db.Add(new Setting { Key = Setting.RootCheck, Value = check });
                db.Add(new Setting { Key = Setting.Mode, Value = mode.ToString() });
                commit.Audit("installation", new { mode });
                return Task.FromResult(true);
            });
            return;
        }

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
