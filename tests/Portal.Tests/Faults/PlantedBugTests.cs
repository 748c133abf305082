using MerchantPortal.Harness.PlantedBugs;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Faults;

/// <summary>The tests prove themselves: each bug that others have had is planted, and its test fails.</summary>
public sealed class PlantedBugTests
{
    private static readonly (IPlantedBug Bug, Func<Action<IServiceCollection>?, Task> CaughtBy)[] Bugs =
    [
        (new RetryOnTimeout(), BugScenarios.LostAnswer),
        (new ResendWhenLeaseRanOut(), BugScenarios.DiesBeforeRecording),
        (new NotFoundIsFailed(), BugScenarios.NotKnownYet),
        (new ClaimNotRecorded(), BugScenarios.DiesBeforeRecording),
        (new FenceIgnored(), BugScenarios.PausedBeyondTheLease),
        (new SynchronousNormal(), BugScenarios.SureCommits),
        (new ClientErrorIsFailed(), BugScenarios.BusyUnder422),
        (new ApproveOutsideWhere(), BugScenarios.OwnApproval),
        (new ReservationBySelect(), BugScenarios.OverTheBalance),
        (new RedirectsFollowed(), BugScenarios.Redirect),
        (new ClockIgnored(), BugScenarios.ClockOff),
        (new AnchorOff(), BugScenarios.SecondPlace),
        (new RepeatsAnything(), BugScenarios.NotKnownYet),
        (new AcceptedIsDone(), BugScenarios.TakenOn),
        (new ClaimOfAnyAgeIsSent(), BugScenarios.PausedSixSeconds),
        (new WaitIgnored(), BugScenarios.NeverLeft),
        (new NothingStopsAtSilence(), BugScenarios.Outage),
        (new AckBeforeCommit(), InboundScenarios.DiesBeforeTakingIn),
        (new DedupeOff(), InboundScenarios.SameNewsAgain),
        (new BodylessPost(), BugScenarios.DroppedConnection),
    ];

    public static TheoryData<string> Names() => [.. Bugs.Select(one => one.Bug.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task Every_planted_bug_is_caught_by_the_test_that_holds_without_it(string name)
    {
        var (bug, caughtBy) = Bugs.Single(one => one.Bug.Name == name);
        await caughtBy(null);

        var failure = await Record.ExceptionAsync(() => caughtBy(bug.Plant));

        failure.ShouldNotBeNull($"nobody saw {name}");
        failure.ShouldBeOfType<ShouldAssertException>($"{failure}");
    }

    [Fact]
    public void There_are_at_least_fifteen_of_them_and_each_has_a_name_of_its_own()
    {
        Bugs.Length.ShouldBeGreaterThanOrEqualTo(15);
        Bugs.Select(one => one.Bug.Name).ShouldBeUnique();
        Bugs.Select(one => one.Bug.GetType()).ShouldBe(
            typeof(IPlantedBug).Assembly.GetTypes()
                .Where(type => !type.IsInterface && typeof(IPlantedBug).IsAssignableFrom(type)),
            ignoreOrder: true);
    }
}
