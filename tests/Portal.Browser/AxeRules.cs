using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MerchantPortal.Portal.Browser;

/// <summary>
/// The accessibility rules of axe. They run in the page and hand back faults only: carrying every node that is right
/// out of the browser and in again took four fifths of the time.
/// </summary>
internal static class AxeRules
{
    private const string Run = """
        async () => {
          const found = await axe.run(document, { resultTypes: ['violations'] });
          const faults = found.violations.map(fault =>
            `${fault.id}: ${fault.help} at ${fault.nodes.slice(0, 4).map(node => node.target).join(', ')}`);
          return found.passes.length > 0 ? faults : [...faults, 'no rule of axe found anything to look at'];
        }
        """;

    private static readonly string Rules = new BundledAxeScriptProvider().GetScript();

    /// <summary>What the rules find wrong, a line each; the portal has no frames within its pages.</summary>
    public static async Task<string[]> FaultsAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Rules);
        }

        return await page.EvaluateAsync<string[]>(Run);
    }
}
