using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Tests.Simulation;

namespace MerchantPortal.Portal.Tests.CrashPoints;

/// <summary>A lane that the cases of one class share.</summary>
public sealed class CrashGround : IAsyncLifetime
{
    private SimulationGround? ground;

    internal SimulationLane Lane { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        ground = await SimulationGround.MakeAsync();
        Lane = new(ground);
    }

    public async Task DisposeAsync()
    {
        await Lane.DisposeAsync();
        ground!.Dispose();
    }
}

/// <summary>The rows of the theories: point by kind by reply.</summary>
internal static class CrashCases
{
    public static TheoryData<string, OperationKind, string> Of(IEnumerable<CrashPoint> points, Way way)
    {
        var rows = new TheoryData<string, OperationKind, string>();
        foreach (var one in from point in points
                            from kind in Enum.GetValues<OperationKind>()
                            from reply in ReplyClass.Of(kind)
                            select new CrashCase(point, way, kind, reply))
        {
            if (one.Exists)
            {
                rows.Add(one.Point.Name, one.Kind, one.Reply.Name);
            }
        }

        return rows;
    }

    public static CrashCase Named(string point, Way way, OperationKind kind, string reply) => new(
        CrashPoint.Commits.Concat(CrashPoint.Wires).Single(one => one.Name == point),
        way,
        kind,
        ReplyClass.Of(kind).Single(one => one.Name == reply));
}

[Trait("Category", "CrashPoints")]
public sealed class CommitCrashTests(CrashGround ground) : IClassFixture<CrashGround>
{
    public static TheoryData<string, OperationKind, string> Cases => CrashCases.Of(CrashPoint.Commits, Way.Dies);

    [Theory, MemberData(nameof(Cases))]
    public Task A_process_that_dies_at_a_commit_leaves_a_true_verdict_and_at_most_one_send(
        string point, OperationKind kind, string reply) =>
        Task.Run(() => CrashRun.RunAsync(ground.Lane, CrashCases.Named(point, Way.Dies, kind, reply)));
}

[Trait("Category", "CrashPoints")]
public sealed class WireCrashTests(CrashGround ground) : IClassFixture<CrashGround>
{
    public static TheoryData<string, OperationKind, string> Cases => CrashCases.Of(CrashPoint.Wires, Way.Dies);

    [Theory, MemberData(nameof(Cases))]
    public Task A_process_that_dies_on_the_wire_leaves_a_true_verdict_and_at_most_one_send(
        string point, OperationKind kind, string reply) =>
        Task.Run(() => CrashRun.RunAsync(ground.Lane, CrashCases.Named(point, Way.Dies, kind, reply)));
}

[Trait("Category", "CrashPoints")]
public sealed class WireDropTests(CrashGround ground) : IClassFixture<CrashGround>
{
    public static TheoryData<string, OperationKind, string> Cases => CrashCases.Of(
        CrashPoint.Wires.Where(point => point.Wire != WirePoint.BeforeSend), Way.Drops);

    [Theory, MemberData(nameof(Cases))]
    public Task A_connection_that_breaks_leaves_a_true_verdict_and_at_most_one_send(
        string point, OperationKind kind, string reply) =>
        Task.Run(() => CrashRun.RunAsync(ground.Lane, CrashCases.Named(point, Way.Drops, kind, reply)));
}

[Trait("Category", "CrashPoints")]
public sealed class PostgresCrashTests
{
    private const string Reply = "closed without an answer, done";

    public static TheoryData<string, OperationKind> Cases()
    {
        var rows = new TheoryData<string, OperationKind>();
        foreach (var (point, kind) in from point in CrashPoint.Commits
                                      from kind in Enum.GetValues<OperationKind>()
                                      select (point.Name, kind))
        {
            rows.Add(point, kind);
        }

        return rows;
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task On_PostgreSQL_a_process_that_dies_at_a_commit_leaves_a_true_verdict(
        string point, OperationKind kind)
    {
        await using var world = await World.StartAsync(DatabaseKind.Postgres);
        await using var lane = new SimulationLane(world, await Cast.MakeAsync(world));
        await Task.Run(() => CrashRun.RunAsync(lane, CrashCases.Named(point, Way.Dies, kind, Reply)));
    }
}

/// <summary>The cases see what they are there for.</summary>
[Trait("Category", "CrashPoints")]
public sealed class CrashPlantTests
{
    public static TheoryData<string, string, Way, string> Planted => new()
    {
        { Plants.RetryOnTimeout.Name, "after the answer's headers", Way.Drops, "done" },
        { Plants.NotFoundIsFailure.Name, "before the body", Way.Dies, "done" },
        { Plants.LeaseRanOutIsReady.Name, "after the body", Way.Dies, "done" },
        { Plants.FaultIsFailure.Name, "before the commit of approve", Way.Dies, "status 500, done" },
        { Plants.AcceptedIsDone.Name, "before the commit of submit", Way.Dies, "taken on or late, refused later" },
    };

    [Theory, MemberData(nameof(Planted))]
    public async Task A_planted_bug_breaks_a_case(string bug, string point, Way way, string reply)
    {
        using var ground = await SimulationGround.MakeAsync();
        await using var lane = new SimulationLane(ground, Plants.All.Single(plant => plant.Name == bug));
        var one = CrashCases.Named(point, way, OperationKind.Refund, reply);
        await Should.ThrowAsync<RuleBrokenException>(() => Task.Run(() => CrashRun.RunAsync(lane, one)));
    }
}
