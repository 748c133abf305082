using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>The demo merchant's approval policy: two people and time to recall for what goes abroad.</summary>
internal static class DemoPolicies
{
    private static readonly TierTerms[] Tiers =
    [
        new(OperationKind.Refund, "", "USD", 0, Needed: 2, CoolingOffMinutes: 15, HoursToDecide: 24, []),
        new(OperationKind.Refund, "", "CNY", 500_000, Needed: 2, CoolingOffMinutes: 10, HoursToDecide: 24, []),
    ];

    public static async Task AddAsync(IServiceProvider services)
    {
        var changes = services.GetRequiredService<PolicyChanges>();
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("demo"), "demo.policies", async commit =>
        {
            foreach (var tier in Tiers)
            {
                if (!await changes.ApplyAsync(commit, new(null, tier)))
                {
                    throw new InvalidOperationException($"The demo policy was refused: {tier}.");
                }
            }

            return true;
        });
    }
}
