using System.CommandLine;
using System.CommandLine.Invocation;
using MerchantPortal.Harness.PlantedBugs;
using MerchantPortal.Portal;
using MerchantPortal.Portal.Data;
using Microsoft.Extensions.Hosting;

namespace MerchantPortal.Harness;

/// <summary>
/// Entry point: kill runs the workers and kills them, worker is one of them with a bug planted, mutants proves that
/// every planted bug is caught.
/// </summary>
internal static class Program
{
    private static readonly Option<int> Kills = new("--kills") { DefaultValueFactory = _ => 25 };
    private static readonly Option<int> Operations = new("--operations") { DefaultValueFactory = _ => 150 };
    private static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 7 };
    private static readonly Option<int> ClockScale = new("--clock-scale") { DefaultValueFactory = _ => 120 };

    // Slower, because these workers are compiled as they run: at 40 a claim waits 125 ms for its first byte.
    private static readonly Option<int> MutantsScale = new("--clock-scale") { DefaultValueFactory = _ => 40 };
    private static readonly Option<DatabaseKind> Database = new("--database");
    private static readonly Option<string> Connection = new("--connection") { DefaultValueFactory = _ => "" };
    private static readonly Option<string> Programs = new("--programs") { Required = true };
    private static readonly Option<string> Bug = new("--bug") { DefaultValueFactory = _ => "" };
    private static readonly Option<bool> Keep = new("--keep");
    private static readonly Option<bool> Hard = new("--hard");
    private static readonly Option<string> Tests = new("--tests") { DefaultValueFactory = _ => "tests/Portal.Tests" };
    private static readonly Option<string> Data = new("--data") { Required = true };
    private static readonly Option<string> Sandbox = new("--sandbox") { Required = true };

    public static Task<int> Main(string[] args)
    {
        var kill = new Command("kill", "Kills workers at random and compares both books.")
        {
            Kills, Operations, Seed, ClockScale, Database, Connection, Programs, Bug, Keep, Hard,
        };
        kill.SetAction(async (parsed, _) =>
        {
            var run = new KillRun(Options(parsed) with { IsHard = parsed.GetValue(Hard) }, Console.Out);
            return await run.RunAsync() is { Verdict.IsClean: true, Counts: true } ? 0 : 1;
        });
        var worker = new Command("worker", "A worker with a bug planted.")
        {
            Data, Sandbox, ClockScale, Database, Connection, Bug,
        };
        worker.SetAction(WorkAsync);
        var mutants = new Command("mutants", "Plants each bug and expects to catch it.")
        {
            Kills, Operations, Seed, MutantsScale, Database, Connection, Programs, Bug, Keep, Tests,
        };
        mutants.SetAction((parsed, _) => Mutants.RunAsync(
            Options(parsed) with
            {
                ClockScale = parsed.GetValue(MutantsScale),
                Tests = parsed.GetValue(Tests)!,
            },
            Console.Out));
        return new RootCommand("The kill harness.") { kill, worker, mutants }.Parse(args)
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = true });
    }

    private static HarnessOptions Options(ParseResult parsed) => new()
    {
        Kills = parsed.GetValue(Kills),
        Operations = parsed.GetValue(Operations),
        Seed = parsed.GetValue(Seed),
        ClockScale = parsed.GetValue(ClockScale),
        Database = parsed.GetValue(Database),
        Connection = parsed.GetValue(Connection)!,
        Programs = Path.GetFullPath(parsed.GetValue(Programs)!),
        Bug = parsed.GetValue(Bug)!,
        Keep = parsed.GetValue(Keep),
    };

    private static async Task<int> WorkAsync(ParseResult parsed, CancellationToken cancel)
    {
        var bug = PlantedBugCatalog.Get(parsed.GetValue(Bug)!);
        using var worker = await PortalStart.StartWorkerAsync(
            new PortalOptions
            {
                Data = parsed.GetValue(Data)!,
                Sandbox = parsed.GetValue(Sandbox)!,
                ClockScale = parsed.GetValue(ClockScale),
                Database = parsed.GetValue(Database),
                Connection = parsed.GetValue(Connection)!,
            },
            Console.Out, bug.Plant, cancel);
        await worker.WaitForShutdownAsync(cancel);
        return 0;
    }
}
