#!/usr/bin/env dotnet
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:include ci/Needs.cs
#:include ci/PostgresServer.cs
#:include ci/KillHarness.cs

// The one list of checks. `dotnet run tests/ci.cs` runs all of them; names after `--` choose some.
// The last line is "N passed, N failed, N skipped"; the exit code is 0 only when something ran and all of it passed.
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Xml.Linq;

var steps = new Dictionary<string, Func<Checks, Task<bool>>>
{
    ["format"] = checks => checks.FormatAsync(),
    ["build"] = checks => checks.BuildAsync(),
    ["unit"] = checks => checks.TestAsync("Payments.Tests", "unit", "Category!=Forgeries&Category!=Generated"),
    ["forgeries"] = checks => checks.TestAsync("Payments.Tests", "forgeries", "Category=Forgeries|Category=Generated"),
    ["portal"] = checks => checks.TestAsync("Portal.Tests", "portal", "Category!=Simulation&Category!=CrashPoints"),
    ["crashes"] = checks => checks.TestAsync("Portal.Tests", "crashes", "Category=CrashPoints"),
    ["simulate"] = checks => checks.TestAsync("Portal.Tests", "simulate", "Category=Simulation"),
    ["browser"] = checks => checks.TestAsync("Portal.Browser", "browser"),
    ["kills"] = checks => new KillHarness(checks).BothAsync(),
    ["diff"] = checks => checks.LeftNoTraceAsync(),
};

// What does not fit into the quarter of an hour that the whole may take is run by its name.
string[] apart = ["kills"];
var names = args.ToList();
foreach (var at in new[] { names.IndexOf("--seeds"), names.IndexOf("--seed") }.OrderDescending())
{
    if (at >= 0 && at + 1 < names.Count)
    {
        var variable = names[at] == "--seeds" ? "PORTAL_SEEDS" : "PORTAL_FIRST_SEED";
        Environment.SetEnvironmentVariable(variable, names[at + 1]);
        names.RemoveRange(at, 2);
    }
}

var command = args.Length > 0 && KillHarness.Commands.Contains(args[0]) ? args : [];
if (command.Length == 0 && names.Except(steps.Keys).ToList() is { Count: > 0 } unknown)
{
    Console.Error.WriteLine(
        $"Not a check: {string.Join(' ', unknown)}. Choose from {string.Join(' ', steps.Keys)}, or one command with "
        + $"its options: {string.Join(' ', KillHarness.Commands)}.");
    return 2;
}

var chosen = steps.Keys.Where(name => names.Count == 0 ? !apart.Contains(name) : names.Contains(name)).ToList();
await using var run = new Checks(hasBudget: command.Length == 0);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, run.Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, run.Stop);
if (command.Length > 0)
{
    await run.PrepareAsync(["kills"]);
    return await new KillHarness(run).RunAsync(command);
}

await run.PrepareAsync(chosen);
foreach (var name in chosen)
{
    await run.StepAsync(name, steps[name]);
}

return run.Sum();

/// <summary>One run: its programs, its database server, its counts.</summary>
internal sealed class Checks(bool hasBudget) : IAsyncDisposable
{
    private const string Configuration = "Release";

    private static readonly string Root =
        Path.GetDirectoryName((string)AppContext.GetData("EntryPointFileDirectoryPath")!)!;

    // A quarter of an hour is the aim on two quiet cores. More forgeries or seeds than usual are somebody's own wish,
    // and take as long as they take.
    private readonly CancellationTokenSource end = new(TimeSpan.FromMinutes(Minutes(hasBudget)));
    private readonly string results = Path.Combine(Root, ".artifacts", "ci");
    private readonly Dictionary<string, string> environment = new()
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
    };

    private string treeBefore = "";
    private string log = "";
    private bool restored;
    private bool built;
    private bool buildFailed;
    private int passed;
    private int failed;
    private int skipped;
    private PostgresServer? postgres;

    /// <summary>Connection to the run's PostgreSQL; empty when there is none.</summary>
    public string Postgres => environment.GetValueOrDefault("PORTAL_TEST_POSTGRES", "");

    /// <summary>
    /// Notes the state of the tree, installs what is missing, starts PostgreSQL for the checks on it.
    /// </summary>
    public async Task PrepareAsync(IReadOnlyList<string> chosen)
    {
        var watch = Stopwatch.StartNew();
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        Directory.CreateDirectory(results);
        log = Path.Combine(results, "prepare.log");
        treeBefore = await TreeAsync();
        await Needs.InstallAsync(this, chosen);
        if (chosen.Intersect(["portal", "crashes", "kills"]).Any() && PostgresServer.Folder() is { } programs)
        {
            postgres = new PostgresServer(this, programs);
            if (await postgres.StartAsync())
            {
                environment["PORTAL_TEST_POSTGRES"] = postgres.Connection;
            }
            else
            {
                Console.WriteLine("missing: postgresql (it does not start)");
                Tail();
            }
        }

        Say("prepare", watch, "ok");
    }

    /// <summary>Runs one check; a thrown fault is a failed check like any other.</summary>
    public async Task StepAsync(string name, Func<Checks, Task<bool>> check)
    {
        var watch = Stopwatch.StartNew();
        log = Path.Combine(results, $"{name}.log");
        await File.WriteAllTextAsync(log, "");
        var before = (passed, failed, skipped);
        bool fine;
        try
        {
            fine = await check(this);
        }
        catch (OperationCanceledException)
        {
            await File.AppendAllTextAsync(
                log, $"\nStopped, or the {Minutes(hasBudget)} minutes of the run are over.\n");
            fine = false;
        }

        failed += !fine && failed == before.failed ? 1 : 0;
        var counts = (passed - before.passed, failed - before.failed, skipped - before.skipped);
        Say(name, watch, fine ? "ok" : "FAILED", counts is (0, _, 0) ? "" : Counts(counts));
        if (!fine)
        {
            Tail();
        }
    }

    /// <summary>Whitespace as .editorconfig has it; `dotnet format` mends it. Style is the build's to refuse.</summary>
    public Task<bool> FormatAsync() => RunAsync(
        "dotnet", "format", "whitespace", "--folder", "--exclude", ".artifacts", "--verify-no-changes");

    /// <summary>Restores against the lock files and builds everything once.</summary>
    public async Task<bool> BuildAsync()
    {
        built = await RestoreAsync()
            && await RunAsync(
                "dotnet", "build", "-c", Configuration, "--no-restore", "-v", "q", "-nologo", "-nodeReuse:false");
        buildFailed = !built;
        return built;
    }

    /// <summary>Runs one test project, or what a filter leaves of it, and adds up its results.</summary>
    public async Task<bool> TestAsync(string project, string name, string filter = "")
    {
        if (buildFailed)
        {
            await File.AppendAllTextAsync(log, "Not run: the build failed.\n");
            return false;
        }

        var file = Path.Combine(results, $"{name}.trx");
        string[] arguments =
        [
            "test", Path.Combine("tests", project), "-c", Configuration, "-v", "q", "-nologo", "-nodeReuse:false",
            "--logger", $"trx;LogFileName={file}", "--logger", "console;verbosity=minimal",
            .. filter.Length > 0 ? new[] { "--filter", filter } : [],
        ];
        var ended = await RunAsync("dotnet", built ? [.. arguments, "--no-build"] : arguments);
        var parts = File.Exists(file) ? XDocument.Load(file).Descendants().ToList() : [];
        parts.FindAll(part => part.Name.LocalName == "StdOut" && part.Value.StartsWith("seeds="))
            .ForEach(said => Console.WriteLine($"    {said.Value.Trim()}"));
        var outcomes = parts
            .Where(part => part.Name.LocalName == "UnitTestResult")
            .Select(part => (string?)part.Attribute("outcome")).ToList();
        var good = outcomes.Count(outcome => outcome == "Passed");
        var left = outcomes.Count(outcome => outcome == "NotExecuted");
        passed += good;
        skipped += left;
        failed += outcomes.Count - good - left;
        return ended && left == 0 && good > 0 && good == outcomes.Count;
    }

    /// <summary>Whether the run left the working tree as it found it: lock files, generated texts, pictures.</summary>
    public async Task<bool> LeftNoTraceAsync()
    {
        var now = await TreeAsync();
        await File.AppendAllTextAsync(log, $"Before the run:\n{treeBefore}\nAfter it:\n{now}\n");
        return now == treeBefore && now.Length > 0;
    }

    /// <summary>Counts something that is one test, and shows the last line of its output.</summary>
    public async Task<bool> CountAsync(bool isGood)
    {
        (passed, failed) = isGood ? (passed + 1, failed) : (passed, failed + 1);
        Console.WriteLine($"    {(await File.ReadAllLinesAsync(log)).LastOrDefault()}");
        return isGood;
    }

    /// <summary>Builds one project unless the whole was built.</summary>
    public async Task<bool> BuildOnceAsync(string project) => built || (!buildFailed && await RunAsync(
        "dotnet", "build", project, "-c", Configuration, "-v", "q", "-nologo", "-nodeReuse:false"));

    /// <summary>Runs a program with its output on the console.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ShowAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(InRoot(program), arguments) { WorkingDirectory = Root };
        using var process = Process.Start(start)!;
        await using var stop = end.Token.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>A path in the tree.</summary>
    public string InRoot(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Runs a program to its end, its output in the log of the check.</summary>
    /// <returns>Whether it ended with 0.</returns>
    public async Task<bool> RunAsync(string program, params string[] arguments) =>
        await StartAsync(log, end.Token, program, arguments) == 0;

    /// <summary>Runs a program whatever became of the run, for tidying up.</summary>
    public Task<int> RunLastAsync(string program, params string[] arguments) =>
        StartAsync(log, CancellationToken.None, program, arguments);

    public void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        end.Cancel();
    }

    /// <summary>Prints the one line that counts.</summary>
    /// <returns>The exit code.</returns>
    public int Sum()
    {
        Console.WriteLine(Counts((passed, failed, skipped)));
        return passed > 0 && failed == 0 && skipped == 0 ? 0 : 1;
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
        {
            await postgres.StopAsync();
        }

        end.Dispose();
    }

    private static int Minutes(bool hasBudget) =>
        hasBudget && !new[] { "PORTAL_FORGERIES", "PORTAL_SEEDS" }.Any(Environment.GetEnvironmentVariables().Contains)
            ? 20
            : 360;

    private static string Counts((int Passed, int Failed, int Skipped) counts) =>
        $"{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped";

    private static void Say(string name, Stopwatch watch, string how, string what = "")
    {
        var line = $"{name,-9} {watch.Elapsed.TotalSeconds,6:0.0} s  {how}  {what}";
        Console.WriteLine(line.TrimEnd());
    }

    private async Task<bool> RestoreAsync() =>
        restored = restored || await RunAsync("dotnet", "restore", "-v", "q", "-nologo", "-nodeReuse:false");

    /// <summary>What git says of the tree, and a hash over the changes themselves.</summary>
    private async Task<string> TreeAsync()
    {
        var status = Path.Combine(results, "tree.txt");
        await StartAsync(status, end.Token, "git", ["rev-parse", "HEAD"]);
        await StartAsync(status, end.Token, "git", ["status", "--porcelain", "--untracked-files=all"]);
        var names = await File.ReadAllTextAsync(status);
        var changes = Path.Combine(results, "changes.txt");
        await StartAsync(changes, end.Token, "git", ["diff", "--binary", "HEAD"]);
        var hash = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(changes)));
        File.Delete(status);
        File.Delete(changes);
        return $"{names}changes {hash[..12]}";
    }

    private async Task<int> StartAsync(string output, CancellationToken cancel, string program, string[] arguments)
    {
        // Output goes to a file and not through a pipe: a compiler server left behind would keep a pipe open.
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", output, program },
            WorkingDirectory = Root,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }

    private void Tail()
    {
        foreach (var line in File.ReadLines(log).Where(line => line.Trim().Length > 0).TakeLast(40))
        {
            Console.WriteLine($"    {line}");
        }
    }
}
