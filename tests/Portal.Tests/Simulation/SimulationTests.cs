using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// Thousands of chosen orders of events, each checked after every step. PORTAL_SEEDS says how many,
/// PORTAL_FIRST_SEED from which number on.
/// </summary>
[Trait("Category", "Simulation")]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Usual = 2000;
    private const int MostToFind = 200;
    private static readonly string[] Ends =
        ["Expired", "Failed", "NeedsPerson", "Ready", "Rejected", "ResolvedFailed", "ResolvedSucceeded", "Succeeded"];

    [Fact]
    public async Task Every_order_of_events_keeps_the_money_whole()
    {
        var first = Number("PORTAL_FIRST_SEED") ?? 1;
        var count = Number("PORTAL_SEEDS") ?? (Number("PORTAL_FIRST_SEED") is null ? Usual : 1);
        using var ground = await SimulationGround.MakeAsync();
        var watch = Stopwatch.StartNew();

        var reports = await RunAsync(ground, null, first, count);

        var seconds = watch.Elapsed.TotalSeconds;
        var ends = reports.SelectMany(report => report.Ends).GroupBy(end => end.Key, end => end.Value)
            .OrderBy(all => all.Key, StringComparer.Ordinal).Select(all => $"{all.Key}={all.Sum()}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seeds={reports.Count} transactions={reports.Sum(report => report.Transactions)} "
            + $"seeds/s={reports.Count / seconds:0.0} {string.Join(' ', ends)}"));
        if (reports.Where(report => report.Fault is not null).MinBy(report => report.Seed) is { } broken)
        {
            Assert.Fail(broken.ToString());
        }

        reports.Count.ShouldBe((int)count);
        if (count >= Usual)
        {
            // A simulation in which nothing happens would hold every rule.
            var reached = reports.SelectMany(report => report.Ends.Keys).ToHashSet();
            reached.ShouldBeSubsetOf(Ends);
            Ends.ShouldBeSubsetOf(reached);
        }
    }

    public static TheoryData<string> Planted => [.. Plants.All.Select(plant => plant.Name)];

    [Theory, MemberData(nameof(Planted))]
    public async Task A_planted_bug_is_found_and_its_number_makes_it_again(string bug)
    {
        var plant = Plants.All.Single(one => one.Name == bug);
        using var ground = await SimulationGround.MakeAsync();
        var found = await Task.Run(() => FindAsync(ground, plant));

        found.Fault.ShouldNotBeNull();
        output.WriteLine(found.ToString());
        var again = await Task.Run(() => RunOneAsync(ground, plant, found.Seed));
        again.Trace.ShouldBe(found.Trace);
        again.Fault.ShouldBe(found.Fault);
        var healthy = await Task.Run(() => RunOneAsync(ground, null, found.Seed));
        healthy.Fault.ShouldBeNull();
    }

    /// <summary>The first seed that finds it.</summary>
    private static async Task<SeedReport> FindAsync(SimulationGround ground, Plant plant)
    {
        await using var lane = new SimulationLane(ground, plant);
        var report = await SimulatedRun.RunAsync(lane, plant.From);
        for (var seed = plant.From + 1; seed < plant.From + MostToFind && report.Fault is null; seed++)
        {
            report = await SimulatedRun.RunAsync(lane, seed);
        }

        return report;
    }

    private static async Task<SeedReport> RunOneAsync(SimulationGround ground, Plant? plant, long seed)
    {
        await using var lane = new SimulationLane(ground, plant);
        return await SimulatedRun.RunAsync(lane, seed);
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
