using System.Diagnostics;
using System.Xml.Linq;

namespace MerchantPortal.Harness;

/// <summary>The bugs that no ledger can show, and the tests that show them; they are really run.</summary>
internal static class NamedTests
{
    private const string Test = "PlantedBugTests.Every_planted_bug_is_caught_by_the_test_that_holds_without_it";

    /// <summary>Why neither ledger can tell, by the bug's name.</summary>
    public static IReadOnlyDictionary<string, string> OutOfSight { get; } = new Dictionary<string, string>
    {
        ["ack-before-commit"] = "workers take no news in; a lost message leaves both ledgers as if it never came",
        ["approve-outside-where"] =
            "the command looks first, in the same transaction: it takes a second mistake to get past both",
        ["bodyless-post"] =
            "the Sandbox reads parameters from bodies, as the documents have it, and refuses a request without",
        ["dedupe-off"] = "workers take no news in; a repeat is asked about once more and moves no money",
        ["nothing-stops-at-silence"] = "costs tries and patience: whatever it sends is true in both ledgers",
        ["reservation-by-select"] = "the table's own check refuses what the update would let through",
        ["synchronous-normal"] = "SIGKILL does not lose what the system has already taken; only a power cut does",
    };

    /// <summary>Runs them once, all in one go.</summary>
    /// <param name="project">The project of the tests, built.</param>
    /// <param name="bugs">Names of bugs.</param>
    /// <returns>The bugs whose test passed, which is: held without the bug and failed with it.</returns>
    public static async Task<IReadOnlySet<string>> RunAsync(string project, IReadOnlyCollection<string> bugs)
    {
        if (bugs.Count == 0)
        {
            return new HashSet<string>();
        }

        var results = Directory.CreateTempSubdirectory("named-tests-").FullName;
        var filter = $"FullyQualifiedName~{Test}&({string.Join('|', bugs.Select(bug => $"DisplayName~{bug}"))})";
        var start = new ProcessStartInfo("dotnet",
        [
            "test", project, "-c", "Release", "--no-build", "-nologo", "--filter", filter,
            "--logger", "trx;LogFileName=named.trx", "--results-directory", results,
        ])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var file = Path.Combine(results, "named.trx");
        var passed = !File.Exists(file) ? [] : XDocument.Load(file).Descendants()
            .Where(part => part.Name.LocalName == "UnitTestResult" && (string?)part.Attribute("outcome") == "Passed")
            .Select(part => (string?)part.Attribute("testName") ?? "").ToList();
        Directory.Delete(results, recursive: true);
        return bugs.Where(bug => passed.Exists(
            name => name.Contains(Test, StringComparison.Ordinal)
                && name.EndsWith($"(name: \"{bug}\")", StringComparison.Ordinal))).ToHashSet();
    }
}
