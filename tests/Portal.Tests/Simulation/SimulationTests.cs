using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// Thousands of chosen orders of events, each checked after every step. PORTAL_SEEDS says how many, PORTAL_SEED from
/// which number on.
/// </summary>
[Trait("Category", "Simulation")]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Usual = 2000;

    [Fact]
    public async Task Every_order_of_events_keeps_the_money_whole()
    {
        var first = Number("PORTAL_SEED") ?? 1;
        var count = Number("PORTAL_SEEDS") ?? (Number("PORTAL_SEED") is null ? Usual : 1);
        using var ground = await SimulationGround.MakeAsync();
        var watch = Stopwatch.StartNew();

        var reports = await RunAsync(ground, null, first, count);

        var seconds = watch.Elapsed.TotalSeconds;
        var ends = reports.SelectMany(report => report.Ends).GroupBy(end => end.Key, end => end.Value)
            .OrderBy(all => all.Key, StringComparer.Ordinal).Select(all => $"{all.Key}={all.Sum()}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seeds={reports.Count} transactions={reports.Sum(report => report.Transactions)} "
            + $"seeds/s={reports.Count / seconds:0.0} {string.Join(' ', ends)}"));
        if (count == 1)
        {
            output.WriteLine(string.Join('\n', reports.Single().Trace));
        }

        reports.Where(report => report.Fault is not null).OrderBy(report => report.Seed).Take(3).ShouldBeEmpty();
        reports.Count.ShouldBe((int)count);
    }

    private static async Task<IReadOnlyCollection<SeedReport>> RunAsync(
        SimulationGround ground, Plant? plant, long first, long count)
    {
        var reports = new ConcurrentBag<SeedReport>();
        var next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            await using var lane = new SimulationLane(ground, plant);
            while (Interlocked.Increment(ref next) is var seed && seed < first + count)
            {
                reports.Add(await SimulatedRun.RunAsync(lane, seed));
            }
        })));
        return reports;
    }

    private static long? Number(string name) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
