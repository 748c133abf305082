using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Home;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features.Resolutions;

public sealed class AttentionTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Unknown_outcomes_show_at_once_and_slow_ones_after_ten_minutes(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        var slow = await world.ReadyAsync(clerk, reviewer, await world.PaidOrderAsync(account));
        await world.Get<OperationSender>().SendNextAsync(default);
        var undecided = await world.AskedAsync(clerk, await world.PaidOrderAsync(account), "5.00");
        (await NumbersAsync(world, clerk, AttentionTab.Open)).ShouldBeEmpty();
        (await NumbersAsync(world, clerk, AttentionTab.Undecided)).ShouldBeEmpty();

        var lost = await world.ReadyAsync(clerk, reviewer, await world.PaidOrderAsync(account));
        world.Provider.OnSend = (_, exchange) => new ProviderOutcome.Unknown(exchange, ProviderError.ConnectionLost);
        await world.Get<OperationSender>().SendNextAsync(default);
        (await NumbersAsync(world, clerk, AttentionTab.Open)).ShouldBe([lost.Number]);

        world.Clock.Advance(AttentionQueries.Patience + TimeSpan.FromSeconds(1));
        (await NumbersAsync(world, clerk, AttentionTab.Open)).ShouldBe([slow.Number, lost.Number], ignoreOrder: true);
        (await NumbersAsync(world, clerk, AttentionTab.Undecided)).ShouldBe([undecided.Number]);
        (await NumbersAsync(world, Actor.Nobody, AttentionTab.Open)).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_operation_that_has_not_ended_after_ten_minutes_stands_on_a_tab(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.StartAsync(kind);
        foreach (var state in Enum.GetValues<OperationState>().Where(state => state != OperationState.Draft))
        {
            await bench.World.SqlAsync($"UPDATE operations SET \"State\" = '{state}'");
            bench.World.Clock.Advance(TimeSpan.FromMinutes(11));
            var shown = (await NumbersAsync(bench.World, bench.Clerk, AttentionTab.Open)).Count
                + (await NumbersAsync(bench.World, bench.Clerk, AttentionTab.Undecided)).Count;
            shown.ShouldBe(state.IsFinal() ? 0 : 1, state.ToString());
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_unknown_outcome_alarms_after_a_day_escalates_after_three_and_must_be_decided_by_day_25(
        DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var sent = await bench.World.ReadAsync(db => db.Set<Attempt>().Select(row => row.StartedAt).SingleAsync());
        foreach (var (days, level) in new[]
        {
            (0.9, AttentionLevel.None), (1, AttentionLevel.Alarm), (3, AttentionLevel.Escalated),
            (25, AttentionLevel.MustDecide),
        })
        {
            bench.World.Clock.Advance(sent.AddDays(days) - bench.World.Clock.GetUtcNow());
            var line = (await bench.World.Get<AttentionQueries>().ReadAsync(bench.He, AttentionTab.People))
                .Lines.Single();
            (line.Level, line.Since).ShouldBe((level, sent));
            var home = await bench.World.Get<HomeQueries>().ReadAsync(bench.He, TimeZoneInfo.Utc);
            (home.Aged ?? 0).ShouldBe(level == AttentionLevel.None ? 0 : 1);
            var counters = (await bench.World.Get<FrameQueries>().ReadAsync(bench.He)).Counters;
            (counters["unknown"], counters["unknown.aged"]).ShouldBe((1, home.Aged ?? 0));
            (await bench.World.Get<OpenFigures>().ReadAsync())
                .ShouldContain($"portal_operations_unclear{{older_than=\"1d\"}} {home.Aged ?? 0}\n");
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_is_on_it_and_what_waits_for_its_proof_is_said(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var request = await bench.ProposedAsync(bench.He);
        var queries = bench.World.Get<AttentionQueries>();

        var waiting = (await queries.ReadAsync(bench.Wu, AttentionTab.People)).Lines.Single().Waiting!;
        (waiting.Number, waiting.ProposerName).ShouldBe((request.Number, "he"));
        (await bench.ConfirmAsync(bench.Wu, request)).ShouldBeOfType<Answered.Done>();

        (await queries.ReadAsync(bench.Wu, AttentionTab.People)).Lines.ShouldBeEmpty();
        var proof = (await queries.ReadAsync(bench.Wu, AttentionTab.Proof)).Lines.Single();
        proof.ProvenAt.ShouldBe(bench.World.Get<VerdictWatch>().ProvenAt(await bench.RowAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pages_follow_each_other_without_a_gap_in_both_directions(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        for (var i = 0; i < AttentionQueries.PageSize + 3; i++)
        {
            await world.AskedAsync(clerk, await world.PaidOrderAsync(account), "5.00");
        }

        world.Clock.Advance(TimeSpan.FromMinutes(11));
        var queries = world.Get<AttentionQueries>();
        var first = await queries.ReadAsync(clerk, AttentionTab.Undecided);
        (first.Lines.Count, first.HasEarlier, first.HasLater).ShouldBe((AttentionQueries.PageSize, false, true));
        var second = await queries.ReadAsync(clerk, AttentionTab.Undecided, after: Number(first.Lines[^1]));
        (second.Lines.Count, second.HasEarlier, second.HasLater).ShouldBe((3, true, false));
        var back = await queries.ReadAsync(clerk, AttentionTab.Undecided, before: Number(second.Lines[0]));
        back.Lines.Select(Number).ShouldBe(first.Lines.Select(Number));
        first.Lines.Concat(second.Lines).Select(Number).Distinct().Count().ShouldBe(AttentionQueries.PageSize + 3);
        first.Counts[AttentionTab.Undecided].ShouldBe(AttentionQueries.PageSize + 3);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_page_of_one_operation_says_who_may_settle_it_and_why_not(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var number = (await bench.RowAsync()).Number;
        var queries = bench.World.Get<SettleQueries>();

        var he = (await queries.FindAsync(bench.He, number))!;
        (he.Bar, he.MustAsk, he.ResendSafe, he.Needed).ShouldBe((SettleBar.None, false, false, 1));
        he.Resolvers.ShouldBe(["wu"]);
        he.Evidence.Count.ShouldBe(2);
        (await queries.FindAsync(bench.Clerk, number))!.Bar.ShouldBe(SettleBar.NoRight);
        var reviewerToo = await bench.World.SecondUserOfAsync(bench.Reviewer, Role.Resolver);
        (await queries.FindAsync(reviewerToo, number))!.Bar.ShouldBe(SettleBar.Involved);
        bench.World.Clock.Advance(TimeSpan.FromMinutes(11));
        (await queries.FindAsync(bench.He, number))!.MustAsk.ShouldBeTrue();

        await bench.SettleAsync(Verdict.Failed);
        var settled = (await queries.FindAsync(bench.He, number))!;
        (settled.Bar, settled.MayOpen).ShouldBe((SettleBar.NotWithPeople, true));
        (await queries.FindAsync(bench.Clerk, number))!.MayOpen.ShouldBeFalse();
    }

    private static string Number(AttentionLine line) => line.Line.Operation.Number;

    private static async Task<List<string>> NumbersAsync(World world, Actor actor, AttentionTab tab) =>
        [.. (await world.Get<AttentionQueries>().ReadAsync(actor, tab)).Lines.Select(Number)];
}
