using System.Runtime.InteropServices;

/// <summary>The kill harness: published workers that are killed, as a check and as commands with options.</summary>
internal sealed class KillHarness(Checks run)
{
    /// <summary>Commands with options of their own, which run alone and for as long as they take.</summary>
    public static readonly string[] Commands = ["kill", "mutants"];

    private static readonly string Programs = Path.Combine(".artifacts", "published", "portal");
    private static readonly string Harness = Path.Combine(".artifacts", "bin", "Harness", "release");

    /// <summary>About 25 kills on each database; a run is one passed test.</summary>
    public async Task<bool> BothAsync()
    {
        if (!await PublishAsync())
        {
            return false;
        }

        var sqlite = await run.CountAsync(await KillAsync("--database", "sqlite"));
        return await run.CountAsync(
            await KillAsync("--database", "postgres", "--connection", run.Postgres)) && sqlite;
    }

    /// <summary>Runs one command with what was put behind it, its output on the console.</summary>
    /// <returns>The harness's own exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        // Workers with a bug live in the harness itself, so it has to start as fast as the portal does.
        var isReady = await PublishAsync() && (args[0] != "mutants"
            || (await PublishAsync("tests/Harness") && await run.BuildOnceAsync("tests/Portal.Tests")));
        return !isReady ? 1 : await run.ShowAsync(
            Path.Combine(Harness, "MerchantPortal.Harness"),
            [
                .. args, "--programs", Programs,
                .. args.Contains("postgres") && !args.Contains("--connection")
                    ? new[] { "--connection", run.Postgres }
                    : [],
            ]);
    }

    private Task<bool> KillAsync(params string[] database) => run.RunAsync(
        Path.Combine(Harness, "MerchantPortal.Harness"),
        ["kill", "--kills", "25", "--operations", "150", "--programs", Programs, .. database]);

    /// <summary>
    /// Code that is compiled beforehand, for a worker that lives a second; without where that fails. Analysers have
    /// their say in the build.
    /// </summary>
    private async Task<bool> PublishAsync() =>
        await run.BuildOnceAsync("tests/Harness") && await PublishAsync("src/Portal");

    private async Task<bool> PublishAsync(string project) =>
        await PublishAsync(project, "-p:PublishReadyToRun=true") || await PublishAsync(project, []);

    private Task<bool> PublishAsync(string project, params string[] more) => run.RunAsync(
        "dotnet",
        [
            "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
            "--self-contained", "false", $"-p:ArtifactsPath={run.InRoot(".artifacts", "published")}", "-o", Programs,
            "-v", "q", "-nologo", "-nodeReuse:false", "-p:RunAnalyzers=false", .. more,
        ]);
}
