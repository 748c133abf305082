using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>A reviewer's decision on what the page showed, freshly proven to be the person.</summary>
internal static class Deciding
{
    /// <returns>The name of the command's answer.</returns>
    public static async Task<string> DecideAsync(
        IServiceProvider portal, Actor reviewer, SeenOperation seen, Decision decision,
        IReadOnlyCollection<Guid> seenTwins)
    {
        await World.ProvenAsync(portal, reviewer, seen.Id, seen.TermsHash);
        var answer = await portal.GetRequiredService<ApprovalCommands>().DecideAsync(
            reviewer,
            new(seen.Id, seen.Version, seen.TermsHash, decision, "checked") { SeenTwins = seenTwins });
        return answer.GetType().Name;
    }
}
