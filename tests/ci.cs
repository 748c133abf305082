#!/usr/bin/env dotnet
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// The one list of checks. `dotnet run tests/ci.cs` runs all of them; names after `--` choose some.
// The last line is "N passed, N failed, N skipped"; the exit code is 0 only when something ran and all of it passed.
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Xml.Linq;

var steps = new Dictionary<string, Func<Checks, Task<bool>>>
{
    ["format"] = checks => checks.FormatAsync(),
    ["build"] = checks => checks.BuildAsync(),
    ["unit"] = checks => checks.TestAsync("Payments.Tests", "unit", "Category!=Forgeries&Category!=Generated"),
    ["forgeries"] = checks => checks.TestAsync("Payments.Tests", "forgeries", "Category=Forgeries|Category=Generated"),
    ["portal"] = checks => checks.TestAsync("Portal.Tests", "portal", "Category!=Simulation"),
    ["simulate"] = checks => checks.TestAsync("Portal.Tests", "simulate", "Category=Simulation"),
    ["browser"] = checks => checks.TestAsync("Portal.Browser", "browser"),
    ["diff"] = checks => checks.LeftNoTraceAsync(),
};

var names = args.ToList();
foreach (var at in new[] { names.IndexOf("--seeds"), names.IndexOf("--seed") }.OrderDescending())
{
    if (at >= 0 && at + 1 < names.Count)
    {
        Environment.SetEnvironmentVariable(names[at] == "--seeds" ? "PORTAL_SEEDS" : "PORTAL_SEED", names[at + 1]);
        names.RemoveRange(at, 2);
    }
}

if (names.Except(steps.Keys).ToList() is { Count: > 0 } unknown)
{
    Console.Error.WriteLine($"Not a check: {string.Join(' ', unknown)}. Choose from {string.Join(' ', steps.Keys)}.");
    return 2;
}

var chosen = names.Count == 0 ? [.. steps.Keys] : steps.Keys.Where(names.Contains).ToList();
await using var run = new Checks();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, run.Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, run.Stop);
await run.PrepareAsync(chosen);
foreach (var name in chosen)
{
    await run.StepAsync(name, steps[name]);
}

return run.Sum();

/// <summary>One run: its programs, its database server, its counts.</summary>
internal sealed class Checks : IAsyncDisposable
{
    private const string Configuration = "Release";
    // More forgeries or seeds than usual are somebody's own wish, and take as long as they take.
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(
        new[] { "PORTAL_FORGERIES", "PORTAL_SEEDS" }.Any(Environment.GetEnvironmentVariables().Contains) ? 360 : 15);

    private static readonly string Root =
        Path.GetDirectoryName((string)AppContext.GetData("EntryPointFileDirectoryPath")!)!;

    private readonly CancellationTokenSource end = new(Budget);
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
        if (chosen.Contains("portal") && PostgresServer.Folder() is { } programs)
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
                log, $"\nStopped, or the {Budget.TotalMinutes:0} minutes of the run are over.\n");
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

    /// <summary>Whitespace and style as .editorconfig has them. `dotnet format` mends both.</summary>
    public async Task<bool> FormatAsync() =>
        await RestoreAsync()
        && await RunAsync("dotnet", "format", "whitespace", "--verify-no-changes", "--no-restore")
        && await RunAsync("dotnet", "format", "style", "--verify-no-changes", "--no-restore");

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

/// <summary>What the machine has to have, and the Debian package that brings it.</summary>
internal static class Needs
{
    private static readonly (string Package, string[] Checks, Func<bool> Present)[] All =
    [
        ("libsqlite3-0", ["portal", "simulate", "browser"], () => Found("/usr/lib", "libsqlite3.so.0")),
        ("openssl", ["portal"], () => OnPath("openssl")),
        ("curl", ["portal"], () => OnPath("curl")),
        ("postgresql", ["portal"], () => PostgresServer.Folder() is not null),
        ("chromium", ["browser"],
            () => File.Exists(Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium")),
        ("fonts-noto-cjk", ["browser"], () => Found("/usr/share/fonts", "NotoSansCJK*")),
    ];

    /// <summary>Installs what is missing where that is allowed, and names what stays missing.</summary>
    public static async Task InstallAsync(Checks run, IReadOnlyList<string> chosen)
    {
        var needed = All.Where(need => need.Checks.Intersect(chosen).Any()).ToList();
        var missing = needed.Where(need => !need.Present()).Select(need => need.Package).ToArray();
        if (missing.Length > 0 && Environment.UserName == "root" && OnPath("apt-get"))
        {
            const string quiet = "DEBIAN_FRONTEND=noninteractive";
            _ = await run.RunAsync("env", quiet, "apt-get", "update", "-q")
                && await run.RunAsync(
                    "env", [quiet, "apt-get", "install", "-q", "-y", "--no-install-recommends", .. missing]);
        }

        foreach (var (package, _, _) in needed.Where(need => !need.Present()))
        {
            Console.WriteLine($"missing: {package}");
        }
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool Found(string folder, string file) => Directory.Exists(folder)
        && Directory.EnumerateFiles(folder, file, new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true,
        }).Any();
}

/// <summary>A PostgreSQL of this run alone, in a temporary folder on a free port of loopback.</summary>
internal sealed class PostgresServer(Checks run, string programs)
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-postgres-").FullName;
    private readonly int port = FreePort();

    private string Data => Path.Combine(folder, "data");

    public string Connection => $"Host=127.0.0.1;Port={port};Username=postgres";

    /// <summary>The newest installed server's programs, or null.</summary>
    public static string? Folder() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .MaxBy(bin => int.TryParse(Path.GetFileName(Path.GetDirectoryName(bin)), out var version) ? version : 0)
        : null;

    public async Task<bool> StartAsync() =>
        (Environment.UserName != "root" || await run.RunAsync("chown", "postgres", folder))
        && await AsServerAsync("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        && await AsServerAsync(
            "pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", Path.Combine(folder, "server.log"),
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
                + "-c max_connections=200 -c fsync=on");

    public async Task StopAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            var (program, arguments) = Command("pg_ctl", "stop", "-w", "-m", "fast", "-D", Data);
            await run.RunLastAsync(program, arguments);
        }

        Directory.Delete(folder, recursive: true);
    }

    private Task<bool> AsServerAsync(string program, params string[] arguments)
    {
        var (first, rest) = Command(program, arguments);
        return run.RunAsync(first, rest);
    }

    // The server refuses to run as root.
    private (string Program, string[] Arguments) Command(string program, params string[] arguments)
    {
        var path = Path.Combine(programs, program);
        return Environment.UserName == "root"
            ? ("runuser", ["-u", "postgres", "--", path, .. arguments])
            : (path, arguments);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
