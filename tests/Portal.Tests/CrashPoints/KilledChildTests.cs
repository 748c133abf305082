using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Tests.Simulation;

namespace MerchantPortal.Portal.Tests.CrashPoints;

/// <summary>Fifty of the crash points again, with a process that is killed instead of an exception.</summary>
internal static class KilledCases
{
    public const int Count = 50;

    /// <summary>Every point at least twice, every kind ten times, every reply at least three times.</summary>
    public static IReadOnlyList<CrashCase> All { get; } = [.. Enumerable.Range(0, Count).Select(Of)];

    public static TheoryData<string, OperationKind, string> Half(int which)
    {
        var rows = new TheoryData<string, OperationKind, string>();
        foreach (var one in All.Where((_, at) => at % 2 == which))
        {
            rows.Add(one.Point.Name, one.Kind, one.Reply.Name);
        }

        return rows;
    }

    private static CrashCase Of(int at)
    {
        CrashPoint[] points = [.. CrashPoint.Commits, .. CrashPoint.Wires];
        var kinds = Enum.GetValues<OperationKind>();
        var kind = kinds[at % kinds.Length];
        var replies = ReplyClass.Of(kind);
        return Enumerable.Range(at * kinds.Length, replies.Count)
            .Select(turn => new CrashCase(
                points[at % points.Length], Way.Dies, kind, replies[(turn + (at / replies.Count)) % replies.Count]))
            .First(one => one.Exists);
    }
}

[Trait("Category", "CrashPoints")]
public sealed class KilledChildTests(CrashGround ground) : IClassFixture<CrashGround>
{
    public static TheoryData<string, OperationKind, string> Cases => KilledCases.Half(0);

    [Theory, MemberData(nameof(Cases))]
    public Task A_process_that_is_killed_there_leaves_a_true_verdict_and_at_most_one_send(
        string point, OperationKind kind, string reply) =>
        Task.Run(() => CrashRun.RunWithChildAsync(ground.Lane, CrashCases.Named(point, Way.Dies, kind, reply)));

    [Fact]
    public void The_fifty_touch_every_point_every_kind_and_every_reply()
    {
        KilledCases.All.Count.ShouldBe(50);
        KilledCases.All.Distinct().Count().ShouldBe(50);
        KilledCases.All.CountBy(one => one.Point.Name).Count(same => same.Value >= 2)
            .ShouldBe(CrashPoint.Commits.Count + CrashPoint.Wires.Count);
        KilledCases.All.CountBy(one => one.Kind).ShouldAllBe(same => same.Value == 10);
        KilledCases.All.CountBy(one => one.Reply.Fate).Count(same => same.Value >= 2).ShouldBeGreaterThan(11);
    }

    [Fact]
    public async Task A_planted_bug_breaks_a_case_with_a_killed_process()
    {
        using var planted = await SimulationGround.MakeAsync();
        await using var lane = new SimulationLane(planted, Plants.LeaseRanOutIsReady);
        var one = CrashCases.Named("after the body", Way.Dies, OperationKind.Refund, "done");
        await Should.ThrowAsync<RuleBrokenException>(() => Task.Run(() => CrashRun.RunWithChildAsync(lane, one)));
    }
}

/// <summary>The other half, so that two run at a time.</summary>
[Trait("Category", "CrashPoints")]
public sealed class KilledChildTestsToo(CrashGround ground) : IClassFixture<CrashGround>
{
    public static TheoryData<string, OperationKind, string> Cases => KilledCases.Half(1);

    [Theory, MemberData(nameof(Cases))]
    public Task A_process_that_is_killed_there_leaves_a_true_verdict_and_at_most_one_send(
        string point, OperationKind kind, string reply) =>
        Task.Run(() => CrashRun.RunWithChildAsync(ground.Lane, CrashCases.Named(point, Way.Dies, kind, reply)));
}
