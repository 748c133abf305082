using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features.Resolutions;

public sealed class VerdictTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Manual_failed_verdict_keeps_reservation_until_three_working_days_prove_it(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        await bench.SettleAsync(Verdict.Failed);
        (await bench.World.BalanceAsync(bench.Order)).Reserved.ShouldBe(1230);
        var watch = bench.World.Get<VerdictWatch>();
        var proven = watch.ProvenAt(await bench.RowAsync());
        (proven - bench.World.Clock.GetUtcNow()).ShouldBeGreaterThan(TimeSpan.FromDays(3));

        bench.World.Clock.Advance(proven - bench.World.Clock.GetUtcNow() - TimeSpan.FromSeconds(1));
        (await watch.ReleaseNextAsync()).ShouldBeFalse();
        bench.World.Clock.Advance(TimeSpan.FromSeconds(1));
        (await watch.ReleaseNextAsync()).ShouldBeTrue();
        (await watch.ReleaseNextAsync()).ShouldBeFalse();

        var row = await bench.RowAsync();
        (row.State, row.ReleasedAt).ShouldBe((OperationState.ResolvedFailed, bench.World.Clock.GetUtcNow()));
        var balance = await bench.World.BalanceAsync(bench.Order);
        (balance.Reserved, balance.Refunded, balance.Refundable).ShouldBe((0, 0, 10_000));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_processes_free_the_reservation_once(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        await bench.SettleAsync(Verdict.Failed);
        bench.World.Clock.Advance(TimeSpan.FromDays(6));
        await using var second = bench.World.SecondNode();
        var watches = new[]
        {
            bench.World.Get<VerdictWatch>(),
            (VerdictWatch)second.Services.GetService(typeof(VerdictWatch))!,
        };

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(() => watches[i % 2].ReleaseNextAsync())));

        results.Count(released => released).ShouldBe(1);
        (await bench.World.BalanceAsync(bench.Order)).Reserved.ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Later_contrary_evidence_disputes_the_verdict_and_keeps_the_money_set_aside(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        await bench.SettleAsync(Verdict.Failed);
        bench.Tell(RefundState.Succeeded, "TKSUCC0006");
        var watch = bench.World.Get<VerdictWatch>();
        (await watch.AskNextAsync(default)).ShouldBeFalse();
        bench.World.Clock.Advance(Verdicts.BetweenChecks);
        (await watch.AskNextAsync(default)).ShouldBeTrue();

        var row = await bench.RowAsync();
        row.State.ShouldBe(OperationState.ResolvedFailed);
        row.DisputedAt.ShouldBe(bench.World.Clock.GetUtcNow());
        (await bench.World.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry =>
            entry.Details.Contains("\"disputed\"")))).ShouldBe(1);
        (await bench.World.Get<AttentionQueries>().ReadAsync(bench.He, AttentionTab.People)).Lines
            .ShouldContain(line => line.Line.Operation.Standing == OperationStanding.Disputed);
        bench.World.Clock.Advance(TimeSpan.FromDays(30));
        (await watch.ReleaseNextAsync()).ShouldBeFalse();
        (await bench.World.BalanceAsync(bench.Order)).Reserved.ShouldBe(1230);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_contradicted_itself_is_settled_by_the_verdict_and_disputed_anew_by_later_evidence(
        DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.DisputedAsync(kind);
        var before = await bench.RowAsync();
        (before.State, before.DisputedAt is null).ShouldBe((OperationState.NeedsPerson, false));

        await bench.SettleAsync(Verdict.Failed);
        var row = await bench.RowAsync();
        row.DisputedAt.ShouldBeNull();
        OperationStandings.Of(row).ShouldBe(OperationStanding.ResolvedFailed);
        (await bench.World.Get<AttentionQueries>().ReadAsync(bench.He, AttentionTab.People)).Lines.ShouldBeEmpty();
        (await bench.World.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry =>
            entry.Details.Contains("\"wasDisputed\":\"2")))).ShouldBe(1);

        bench.World.Provider.Paying.OnQuery = bench.World.Provider.Paying.Told;
        bench.World.Clock.Advance(Verdicts.BetweenChecks);
        (await bench.World.Get<VerdictWatch>().AskNextAsync(default)).ShouldBeTrue();
        (await bench.RowAsync()).DisputedAt.ShouldBe(bench.World.Clock.GetUtcNow());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_settled_dispute_is_released_once_time_has_proven_it(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.DisputedAsync(kind);
        await bench.SettleAsync(Verdict.Failed);
        bench.World.Clock.Advance(TimeSpan.FromDays(6));
        (await bench.World.Get<VerdictWatch>().ReleaseNextAsync()).ShouldBeTrue();
        (await bench.RowAsync()).ReleasedAt.ShouldBe(bench.World.Clock.GetUtcNow());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_verdict_of_success_is_disputed_by_a_proven_failure_and_stays(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        await bench.SettleAsync(Verdict.Succeeded);
        bench.Tell(RefundState.Failed, "TKSUCC0008");
        bench.World.Clock.Advance(Verdicts.BetweenChecks);
        await bench.World.Get<VerdictWatch>().AskNextAsync(default);

        var row = await bench.RowAsync();
        (row.State, row.DisputedAt is not null).ShouldBe((OperationState.ResolvedSucceeded, true));
        (await bench.World.BalanceAsync(bench.Order)).Refunded.ShouldBe(1230);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Silence_and_not_found_dispute_nothing_and_questions_end_after_two_weeks(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        await bench.SettleAsync(Verdict.Failed);
        var asked = 0;
        for (var hour = 0; hour < 20 * 24; hour += 6)
        {
            bench.World.Clock.Advance(Verdicts.BetweenChecks);
            asked += await bench.World.Get<VerdictWatch>().AskNextAsync(default) ? 1 : 0;
        }

        asked.ShouldBeInRange(55, 58);
        (await bench.RowAsync()).DisputedAt.ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Until_the_proof_a_new_request_on_the_order_needs_the_same_two_people(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        await bench.SettleAsync(Verdict.Failed);
        var number = (await bench.RowAsync()).Number;
        (await AskAgainAsync(bench)).ShouldBe(
            new RefundRequested.VerdictOpen(new(number, VerdictBarReason.NotProvenYet)));

        var stranger = await bench.World.PersonAsync("third", Role.Resolver);
        (await OpenAsync(bench, stranger)).ShouldBeOfType<Proposed.Involved>();
        var proposed = (await OpenAsync(bench, bench.Wu)).ShouldBeOfType<Proposed.Done>();
        var request = await bench.ChangeAsync(proposed.Id);
        (await bench.ConfirmAsync(stranger, request)).ShouldBeOfType<Answered.Involved>();
        (await bench.ConfirmAsync(bench.Wu, request)).ShouldBeOfType<Answered.OwnProposal>();
        (await bench.ConfirmAsync(bench.He, request)).ShouldBe(new Answered.Done(ChangeState.Applied));

        (await AskAgainAsync(bench)).ShouldBeOfType<RefundRequested.Asked>();
        (await bench.World.BalanceAsync(bench.Order)).Reserved.ShouldBe(1230 + 500);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task After_the_proof_a_new_request_needs_nothing_special(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        await bench.SettleAsync(Verdict.Failed);
        bench.World.Clock.Advance(TimeSpan.FromDays(6));
        await bench.World.Get<VerdictWatch>().ReleaseNextAsync();

        (await AskAgainAsync(bench)).ShouldBeOfType<RefundRequested.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Unknown_day_25_blocks_new_operation_on_order(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var number = (await bench.RowAsync()).Number;
        var sent = await bench.World.ReadAsync(db => db.Set<Attempt>().Select(row => row.StartedAt).SingleAsync());
        bench.World.Clock.Advance(sent + TimeSpan.FromDays(25) - bench.World.Clock.GetUtcNow()
            - TimeSpan.FromMinutes(2));
        (await AskAgainAsync(bench)).ShouldBeOfType<RefundRequested.Asked>();

        bench.World.Clock.Advance(TimeSpan.FromMinutes(2));
        (await AskAgainAsync(bench)).ShouldBe(
            new RefundRequested.VerdictOpen(new(number, VerdictBarReason.MustBeDecided)));
        (await bench.World.Get<RefundQueries>().OfferAsync(bench.Clerk, bench.Order.Id))!.Bar
            .ShouldBe(RefundBar.VerdictOpen);
    }

    [Theory]
    [InlineData("2026-11-20T03:00:00Z", "2026-11-25T16:00:00Z")] // Friday in Shanghai: Monday to Wednesday count
    [InlineData("2026-11-20T17:00:00Z", "2026-11-25T16:00:00Z")] // already Saturday there
    [InlineData("2026-11-16T03:00:00Z", "2026-11-19T16:00:00Z")] // Monday: Tuesday to Thursday
    [InlineData("2026-11-18T23:30:00Z", "2026-11-24T16:00:00Z")] // Thursday there: Friday, Monday, Tuesday
    public void Three_whole_working_days_of_the_providers_place_have_to_pass(string since, string over) =>
        WorkingDays.Over(
            DateTimeOffset.Parse(since, System.Globalization.CultureInfo.InvariantCulture), 3,
            TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"))
            .ShouldBe(DateTimeOffset.Parse(over, System.Globalization.CultureInfo.InvariantCulture));

    private static Task<Proposed> OpenAsync(ResolutionBench bench, Actor actor) =>
        bench.World.Get<ChangeCommands>().ProposeAsync(actor, new(
            Guid.CreateVersion7(), EarlyRequest.Word, ChangeJson.Write(new EarlyTerms(bench.Id)), "The payer waits."));

    private static async Task<RefundRequested> AskAgainAsync(ResolutionBench bench)
    {
        var balance = await bench.World.BalanceAsync(bench.Order);
        return await bench.World.Get<RefundCommands>().RequestAsync(
            bench.Clerk, World.Form(bench.Order, "5.00", balance.Refundable));
    }
}
