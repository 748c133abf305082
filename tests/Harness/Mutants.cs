using MerchantPortal.Harness.PlantedBugs;

namespace MerchantPortal.Harness;

/// <summary>
/// The harness on trial: a bug that it does not catch is a fault of the harness, and so is one that it sees where none
/// is. What no ledger can show is caught by the test of its name.
/// </summary>
internal static class Mutants
{
    private const string ClockIgnored = "clock-ignored";

    /// <summary>Runs once per planted bug, or for the one that is named.</summary>
    /// <returns>0 when every bug was caught, and nothing was found without one.</returns>
    public static async Task<int> RunAsync(HarnessOptions options, TextWriter output)
    {
        var bugs = (options.Bug.Length == 0 ? PlantedBugCatalog.All : [PlantedBugCatalog.Get(options.Bug)])
            .Select(bug => bug.Name).ToList();
        if (options.Bug.Length == 0 && !await IsQuietAsync(options, output))
        {
            await output.WriteLineAsync($"bugs={bugs.Count} caught=0: the harness sees a bug where none is");
            return 1;
        }

        var unseen = bugs.Where(NamedTests.OutOfSight.ContainsKey).ToList();
        var byHarness = 0;
        foreach (var bug in bugs.Except(unseen))
        {
            var isCaught = await IsCaughtAsync(options with { Bug = bug }, output);
            byHarness += isCaught ? 1 : 0;
            await output.WriteLineAsync(isCaught ? $"{bug}: caught by the harness" : $"{bug}: NOT caught");
        }

        var byTests = await NamedTests.RunAsync(options.Tests, unseen);
        foreach (var bug in unseen)
        {
            var word = byTests.Contains(bug) ? "caught by its named test" : "NOT caught";
            await output.WriteLineAsync($"{bug}: {word} (no ledger shows it: {NamedTests.OutOfSight[bug]})");
        }

        var caught = byHarness + byTests.Count;
        await output.WriteLineAsync(
            $"bugs={bugs.Count} caught={caught} ({byHarness} by the harness, {byTests.Count} by their named tests)");
        return caught == bugs.Count ? 0 : 1;
    }

    /// <summary>The same without a bug, on both kinds of ground.</summary>
    private static async Task<bool> IsQuietAsync(HarnessOptions options, TextWriter output)
    {
        var usual = !await IsCaughtAsync(options, output);
        await output.WriteLineAsync($"no bug: {(usual ? "nothing found" : "FOUND something")}");
        var clock = !await IsCaughtAsync(options with { IsClockOff = true }, output);
        await output.WriteLineAsync($"no bug, clocks apart: {(clock ? "nothing found" : "FOUND something")}");
        return usual && clock;
    }

    private static async Task<bool> IsCaughtAsync(HarnessOptions options, TextWriter output)
    {
        var isClockOff = options.IsClockOff || options.Bug == ClockIgnored;
        var run = options with { IsHard = true, IsClockOff = isClockOff };
        var (found, _) = await new KillRun(
            isClockOff ? run with { Kills = 4, Operations = 60 } : run, output).RunAsync();

        // While the clocks are apart nothing is to be sent, so what waits is not lost.
        return isClockOff ? found.Duplicated + found.Wrong > 0 : !found.IsClean;
    }
}
