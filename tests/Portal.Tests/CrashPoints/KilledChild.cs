using System.Diagnostics;
using System.Text.Json;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Tests.Simulation;

namespace MerchantPortal.Portal.Tests.CrashPoints;

/// <summary>
/// A process that walks an operation to a named point and kills itself there. It is this assembly, started as a
/// program: what holds of an exception through the stack has to hold of a process that is gone.
/// </summary>
internal static class KilledChild
{
    private const int KilledCode = 128 + 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>One life: folder, names, point, kind, reply, command.</summary>
    public static async Task LiveAsync(
        string folder, string names, string point, string kind, string reply, string command)
    {
        var one = CrashCases.Named(point, Way.Dies, Enum.Parse<OperationKind>(kind), reply);
        await using var lane = await SimulationLane.JoinAsync(folder, JsonSerializer.Deserialize<CastNames>(names)!);
        await CrashRun.LiveAsync(lane, one, Guid.Parse(command), Kill, (sent, number) => Keep(folder, sent, number));
    }

    /// <summary>Lets one live, on the lane's folder, and die.</summary>
    /// <returns>What the provider took in from it, with our number of each.</returns>
    /// <exception cref="RuleBrokenException">It ended otherwise.</exception>
    public static async Task<IReadOnlyList<(SentMoney Sent, string Number)>> RunAsync(
        SimulationLane lane, CrashCase one, Guid command)
    {
        File.Delete(Books(lane.Folder));
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                "exec", typeof(KilledChild).Assembly.Location, lane.Folder, JsonSerializer.Serialize(lane.Cast.Names),
                one.Point.Name, one.Kind.ToString(), one.Reply.Name, command.ToString(),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // A life of a second is over before counting calls for recompilation pays.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        await using var end = patience.Token.Register(process.Kill);
        var complaint = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != KilledCode || patience.IsCancellationRequested)
        {
            throw new RuleBrokenException(
                $"The process was not killed at the point: {process.ExitCode} {await complaint}");
        }

        return !File.Exists(Books(lane.Folder)) ? [] :
        [
            .. (await File.ReadAllLinesAsync(Books(lane.Folder)))
                .Select(line => JsonSerializer.Deserialize<Kept>(line)!).Select(kept => (kept.Sent, kept.Number)),
        ];
    }

    private static string Books(string folder) => Path.Combine(folder, "provider.jsonl");

    private static void Keep(string folder, SentMoney sent, string number) =>
        File.AppendAllText(Books(folder), $"{JsonSerializer.Serialize(new Kept(sent, number))}\n");

    /// <summary>SIGKILL: nothing here runs any more.</summary>
    private static void Kill()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    private sealed record Kept(SentMoney Sent, string Number);
}
