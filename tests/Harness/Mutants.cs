using MerchantPortal.Harness.PlantedBugs;

namespace MerchantPortal.Harness;

/// <summary>The harness on trial: a bug that it does not catch is a fault of the harness.</summary>
internal static class Mutants
{
    /// <summary>Runs once per planted bug, or for the one that is named.</summary>
    /// <returns>0 when every bug was caught.</returns>
    public static async Task<int> RunAsync(HarnessOptions options, TextWriter output)
    {
        var bugs = options.Bug.Length == 0 ? PlantedBugCatalog.All : [PlantedBugCatalog.Get(options.Bug)];
        var caught = 0;
        foreach (var bug in bugs)
        {
            var (found, _) = await new KillRun(options with { Bug = bug.Name }, output).RunAsync();
            var isCaught = !found.IsClean;
            caught += isCaught ? 1 : 0;
            await output.WriteLineAsync(isCaught
                ? $"{bug.Name}: caught (duplicated={found.Duplicated} lost={found.Lost} wrong={found.Wrong})"
                : $"{bug.Name}: NOT caught");
        }

        await output.WriteLineAsync($"bugs={bugs.Count} caught={caught}");
        return caught == bugs.Count ? 0 : 1;
    }
}
