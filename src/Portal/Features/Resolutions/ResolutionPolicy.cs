using System.Globalization;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>The rule of the third person, for the page of policies.</summary>
/// <param name="From">From which amount on, in whole units of whatever currency it is.</param>
/// <param name="MayPropose">The actor may propose another.</param>
public sealed record ThirdPersonRule(long From, bool MayPropose);

/// <summary>From which amount on three people settle an outcome that no question can tell.</summary>
public sealed class ResolutionPolicy(IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    /// <summary>What holds while nobody has changed it.</summary>
    public const long Usual = 50_000;

    /// <summary>A larger figure would be no rule any more.</summary>
    public const long Most = 1_000_000_000;

    /// <summary>The key of the installation's setting.</summary>
    public const string Key = "resolution.third-person-from";

    /// <summary>From which amount on, in whole units of whatever currency it is, a third person confirms.</summary>
    public static async Task<long> ThirdPersonFromAsync(PortalDb db) =>
        await db.Set<Setting>().AsNoTracking().Where(row => row.Key == Key).Select(row => row.Value)
            .SingleOrDefaultAsync() is { } value
            ? long.Parse(value, CultureInfo.InvariantCulture)
            : Usual;

    /// <summary>How many people besides the proposer have to confirm a verdict.</summary>
    public static async Task<int> NeededAsync(PortalDb db, Operation operation)
    {
        var unit = 1L;
        for (var i = 0; i < operation.Amount.Currency.Exponent; i++)
        {
            unit *= 10;
        }

        return operation.AmountMinor / unit >= await ThirdPersonFromAsync(db) ? 2 : 1;
    }

    /// <summary>The rule as it stands; null without the right to read policies.</summary>
    public async Task<ThirdPersonRule?> ReadAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        return rights.Allows(Permission.PoliciesRead)
            ? new(await ThirdPersonFromAsync(db), rights.Allows(Permission.PoliciesManage))
            : null;
    }
}
