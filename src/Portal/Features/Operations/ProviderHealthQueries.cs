using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>A provider that is not spoken to as usual at the moment.</summary>
/// <param name="Mark">Its two letters.</param>
/// <param name="Name">Its name.</param>
/// <param name="SilentSince">Since when it has not answered; null when it answers.</param>
/// <param name="NextTrialAt">When one request may go again; null when it is not closed.</param>
/// <param name="AtOnce">How many sends may be under way at once after an outage; null for any number.</param>
/// <param name="ClockOff">How far the clocks are apart where that is too far; null otherwise.</param>
/// <param name="IsAhead">Its clock is ahead of ours.</param>
/// <param name="ClockStops">The clocks are so far apart that nothing is sent.</param>
public sealed record ProviderTrouble(
    string Mark, string Name, DateTimeOffset? SilentSince, DateTimeOffset? NextTrialAt, int? AtOnce,
    TimeSpan? ClockOff, bool IsAhead, bool ClockStops);

/// <summary>Reads which providers are closed, on their way back or off by the clock.</summary>
public sealed class ProviderHealthQueries(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    /// <summary>The troubled providers among those of the accounts that the reader may see.</summary>
    public async Task<IReadOnlyList<ProviderTrouble>> TroublesAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        if (!rights.Allows(Permission.OrdersRead))
        {
            return [];
        }

        var seen = rights.AccountsFor(Permission.OrdersRead);
        var providers = db.Set<Account>().Where(row => seen == null || seen.Contains(row.Id))
            .Select(row => row.Provider);
        var rows = await db.Set<ProviderHealth>().AsNoTracking().Where(row => providers.Contains(row.Provider))
            .OrderBy(row => row.Provider).ToListAsync();
        return
        [
            .. from row in rows
               where row.OpenUntil is not null || row.Ramp > 0 || row.ClockOff > ProviderHealth.ClockAlarm
               let provider = accounts.ProviderOf(row.Provider).Descriptor
               select new ProviderTrouble(
                   provider.Mark, provider.Name, row.OpenUntil is null ? null : row.SilentSince, row.OpenUntil,
                   row.OpenUntil is null && row.Ramp > 0 ? row.Ramp : null,
                   row.ClockOff > ProviderHealth.ClockAlarm ? row.ClockOff : null, row.ClockOffsetMs > 0,
                   row.ClockStopsSends),
        ];
    }
}
