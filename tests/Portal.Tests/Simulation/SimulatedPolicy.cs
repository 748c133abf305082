using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// What the policy of a run wants: of larger amounts two people, of some a time in which they can be recalled. The
/// watch counts by this list and not by what the portal wrote into its rows.
/// </summary>
internal static class SimulatedPolicy
{
    private static readonly (OperationKind Kind, long From, int Needed, int Minutes)[] Tiers =
    [
        (OperationKind.Refund, 1_500, 1, 5),
        (OperationKind.Refund, 3_000, 2, 0),
        (OperationKind.Capture, 2_000, 1, 10),
        (OperationKind.Transfer, 2_500, 2, 5),
    ];

    /// <summary>How many people have to approve, and for how long it can be recalled afterwards.</summary>
    public static (int Needed, TimeSpan CoolingOff) For(OperationKind kind, long minor) => Tiers
        .Where(tier => tier.Kind == kind && tier.From <= minor)
        .OrderByDescending(tier => tier.From)
        .Select(tier => (tier.Needed, TimeSpan.FromMinutes(tier.Minutes)))
        .FirstOrDefault((1, TimeSpan.Zero));

    public static async Task AddAsync(World world)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.policy", commit =>
        {
            db.AddRange(Tiers.Select(tier => new PolicyTier
            {
                Id = Guid.CreateVersion7(), Kind = tier.Kind, Currency = "CNY", FromMinor = tier.From,
                Needed = tier.Needed, CoolingOffMinutes = tier.Minutes, HoursToDecide = 24, AddedAt = commit.Now,
            }));
            return Task.FromResult(true);
        });
    }
}
