using System.Security.Cryptography;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Features.Resolutions;

public sealed class ResolutionTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_resolvers_find_that_it_happened_and_the_order_says_so(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);

        await bench.SettleAsync(Verdict.Succeeded);

        var balance = await bench.World.BalanceAsync(bench.Order);
        (balance.Refunded, balance.Reserved).ShouldBe((1230, 0));
        bench.World.Provider.Sent.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nothing_is_settled_by_hand_while_questions_still_go_on(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.StartAsync(kind);

        (await bench.ProposeAsync(bench.He)).ShouldBe(new Proposed.Impossible("NotWithPeople"));
        (await bench.RowAsync()).State.ShouldBe(OperationState.Unknown);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_definite_answer_at_the_last_moment_settles_it_without_people(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        bench.Tell(RefundState.Succeeded, "TKSUCC0006");

        (await bench.ProposeAsync(bench.He)).ShouldBe(new Proposed.Impossible("NotWithPeople"));

        (await bench.RowAsync()).State.ShouldBe(OperationState.Succeeded);
        (await bench.World.ReadAsync(db => db.Set<ChangeRequest>().CountAsync())).ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_provider_is_asked_again_at_the_confirmation_and_its_answer_wins(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var request = await bench.ProposedAsync(bench.He, Verdict.Failed);
        bench.Tell(RefundState.Succeeded, "TKSUCC0006");

        (await bench.ConfirmAsync(bench.Wu, request)).ShouldBe(new Answered.Impossible("NotWithPeople"));

        (await bench.RowAsync()).State.ShouldBe(OperationState.Succeeded);
        (await bench.World.BalanceAsync(bench.Order)).Refunded.ShouldBe(1230);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_verdict_rests_on_a_document_whose_digest_the_audit_keeps(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        (await bench.ProposeAsync(bench.He, document: "")).ShouldBeOfType<Proposed.DocumentMissing>();
        var proposed = await bench.ProposeAsync(
            bench.He, Verdict.Failed, new ChangeDocument("settlement.pdf", ResolutionBench.Pdf));
        var request = await bench.ChangeAsync(proposed.ShouldBeOfType<Proposed.Done>().Id);
        (await bench.ConfirmAsync(bench.Wu, request)).ShouldBeOfType<Answered.Done>();

        var digest = Convert.ToHexStringLower(SHA256.HashData(ResolutionBench.Pdf));
        (request.DocumentSha256, request.DocumentSize).ShouldBe((digest, ResolutionBench.Pdf.Length));
        var file = await bench.World.Get<ChangeQueries>().FileAsync(bench.Wu, request.Number);
        file!.Value.Content.ShouldBe(ResolutionBench.Pdf);
        (await bench.World.Get<ChangeQueries>().FileAsync(bench.Clerk, request.Number)).ShouldBeNull();
        var entries = await bench.World.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking()
            .Where(row => row.Action.StartsWith("change.")).ToListAsync());
        entries.Count(row => row.Details.Contains(digest, StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Requester_approvers_and_the_proposer_settle_nothing(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var clerkToo = await bench.World.SecondUserOfAsync(bench.Clerk, Role.Resolver);
        var reviewerToo = await bench.World.SecondUserOfAsync(bench.Reviewer, Role.Resolver);

        (await bench.ProposeAsync(clerkToo)).ShouldBeOfType<Proposed.Involved>();
        (await bench.ProposeAsync(reviewerToo)).ShouldBeOfType<Proposed.Involved>();
        (await bench.ProposeAsync(bench.Clerk)).ShouldBe(new Proposed.NoRight(Permission.OperationsResolve));
        var request = await bench.ProposedAsync(bench.He);
        (await bench.ConfirmAsync(bench.He, request)).ShouldBeOfType<Answered.OwnProposal>();
        (await bench.ConfirmAsync(clerkToo, request)).ShouldBeOfType<Answered.Involved>();
        (await bench.ConfirmAsync(reviewerToo, request)).ShouldBeOfType<Answered.Involved>();
        (await bench.ConfirmAsync(bench.Clerk, request)).ShouldBeOfType<Answered.NoSuchChange>();
        (await bench.RowAsync()).State.ShouldBe(OperationState.NeedsPerson);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Proposing_a_verdict_needs_a_fresh_proof_too(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var proposal = new ChangeProposal(
            Guid.CreateVersion7(), ResolveOperation.Word,
            ChangeJson.Write(new ResolveTerms(bench.Id, Verdict.Failed)), "see the ticket")
        {
            Document = ChangeDocument.OfText("Ticket 4711"),
        };
        var commands = bench.World.Get<ChangeCommands>();
        await bench.World.ProvenAsync(bench.He, proposal.Proof);

        var other = proposal with { Terms = ChangeJson.Write(new ResolveTerms(bench.Id, Verdict.Succeeded)) };
        (await commands.ProposeAsync(bench.He, other)).ShouldBeOfType<Proposed.StepUpMissing>();
        (await commands.ProposeAsync(bench.He, proposal)).ShouldBeOfType<Proposed.Done>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_resolver_of_today_settles_nothing_today(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var fresh = await bench.World.PersonAsync("fresh", Role.Resolver);
        var tomorrow = (bench.World.Clock.GetUtcNow().AddDays(1) - DateTimeOffset.UnixEpoch).Ticks / 10;
        await bench.World.SqlAsync(
            $"UPDATE role_grants SET \"MoneyFrom\" = {tomorrow} WHERE \"UserId\" = '{Id(kind, fresh.UserId!.Value)}'");
        var request = await bench.ProposedAsync(bench.He);

        (await bench.ConfirmAsync(fresh, request)).ShouldBeOfType<Answered.NoSuchChange>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task From_a_large_amount_on_a_third_person_confirms(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind, "50000.00", 6_000_000);
        var third = await bench.World.PersonAsync("third", Role.Resolver);
        var request = await bench.ProposedAsync(bench.He, Verdict.Succeeded);
        request.Needed.ShouldBe(2);

        (await bench.ConfirmAsync(bench.Wu, request)).ShouldBe(new Answered.Done(ChangeState.Waiting));
        (await bench.RowAsync()).State.ShouldBe(OperationState.NeedsPerson);
        var again = await bench.ChangeAsync(request.Id);
        (await bench.ConfirmAsync(bench.Wu, again)).ShouldBeOfType<Answered.AnsweredBefore>();
        (await bench.ConfirmAsync(third, again)).ShouldBe(new Answered.Done(ChangeState.Applied));
        (await bench.RowAsync()).State.ShouldBe(OperationState.ResolvedSucceeded);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task From_which_amount_on_three_settle_is_changed_by_two_people(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var admin = await bench.World.PersonAsync("wang", Role.Admin);
        var lead = await bench.World.PersonAsync("zhao", Role.FinanceLead);
        (await bench.World.Get<ResolutionPolicy>().ReadAsync(admin)).ShouldBe(new ThirdPersonRule(50_000, true));
        (await ProposeAsync(lead, 10)).ShouldBeOfType<Proposed.NoRight>();
        (await ProposeAsync(admin, 50_000)).ShouldBe(new Proposed.Impossible("AlreadySo"));
        (await ProposeAsync(admin, 0)).ShouldBe(new Proposed.Impossible("ThirdPersonOutside"));

        foreach (var from in new[] { 13L, 12 })
        {
            var done = (await ProposeAsync(admin, from)).ShouldBeOfType<Proposed.Done>();
            var change = await bench.ChangeAsync(done.Id);
            (await bench.ConfirmAsync(admin, change)).ShouldBeOfType<Answered.OwnProposal>();
            (await bench.ConfirmAsync(lead, change)).ShouldBe(new Answered.Done(ChangeState.Applied));
            (await bench.World.Get<ResolutionPolicy>().ReadAsync(lead)).ShouldBe(new ThirdPersonRule(from, false));

            // The refund is of 12.30.
            var row = await bench.RowAsync();
            (await bench.World.ReadAsync(db => ResolutionPolicy.NeededAsync(db, row))).ShouldBe(from == 13 ? 1 : 2);
        }

        (await bench.ProposedAsync(bench.He)).Needed.ShouldBe(2);

        Task<Proposed> ProposeAsync(Actor actor, long from) => bench.World.Get<ChangeCommands>().ProposeAsync(
            actor, new(Guid.CreateVersion7(), ThirdPersonChange.Word, ChangeJson.Write(new ThirdPersonTerms(from)),
            "Agreed with the auditors."));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_verdict_that_nobody_confirms_within_a_day_is_none(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var request = await bench.ProposedAsync(bench.He);
        bench.World.Clock.Advance(TimeSpan.FromHours(24));

        (await bench.ConfirmAsync(bench.Wu, request)).ShouldBe(new Answered.NotWaiting(ChangeState.Expired));
        (await bench.World.Get<ChangeExpiry>().ExpireNextAsync()).ShouldBeTrue();
        (await bench.RowAsync()).State.ShouldBe(OperationState.NeedsPerson);
        await bench.SettleAsync(Verdict.Failed);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_number_is_sent_again_only_where_the_document_allows_it(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        (await bench.ProposeAsync(bench.He, Verdict.ResendSame)).ShouldBe(new Proposed.Impossible("NotResendSafe"));

        bench.World.Provider.ResendSafe = true;
        await bench.SettleAsync(Verdict.ResendSame);
        (await bench.World.BalanceAsync(bench.Order)).Reserved.ShouldBe(1230);
        bench.World.Provider.OnSend = (_, t) => new MerchantPortal.Payments.Providers.ProviderOutcome.Done(t);
        (await bench.World.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();

        (await bench.RowAsync()).State.ShouldBe(OperationState.Succeeded);
        bench.World.Provider.Sent.Select(sent => sent.RefundNumber).Distinct().Count().ShouldBe(1);
        (await bench.World.ReadAsync(db => db.Set<Attempt>().CountAsync())).ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_verdict_on_an_earlier_attempt_does_not_settle_a_later_one(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var request = await bench.ProposedAsync(bench.He, Verdict.Succeeded);
        await bench.World.SqlAsync("UPDATE operations SET \"Attempts\" = 2");

        (await bench.ConfirmAsync(bench.Wu, request)).ShouldBe(new Answered.Impossible("Moved"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_resolvers_at_once_settle_it_once(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var others = new List<Actor> { bench.Wu };
        for (var i = 0; i < 7; i++)
        {
            others.Add(await bench.World.PersonAsync($"resolver{i}", Role.Resolver));
        }

        var request = await bench.ProposedAsync(bench.He, Verdict.Succeeded);
        foreach (var other in others)
        {
            await bench.ProvenAsync(other, request);
        }

        await using var second = bench.World.SecondNode();
        await using var scope = second.Services.CreateAsyncScope();
        ChangeCommands[] commands =
            [bench.World.Get<ChangeCommands>(), scope.ServiceProvider.GetRequiredService<ChangeCommands>()];
        using var barrier = new Barrier(8);
        var results = await Task.WhenAll(others.Select((other, i) => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return commands[i % 2].DecideAsync(
                    other, new(request.Id, request.Version, request.TermsHash, ChangeAnswer.Confirmed, ""));
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        results.Count(result => result is Answered.Done).ShouldBe(1);
        results.ShouldAllBe(result => result is Answered.Done || result is Answered.NotWaiting
            || result is Answered.PageIsStale || result is Answered.Impossible);
        (await bench.World.BalanceAsync(bench.Order)).Refunded.ShouldBe(1230);
        (await bench.World.ReadAsync(db => db.Set<ChangeVote>().CountAsync())).ShouldBe(1);
    }

    private static string Id(DatabaseKind kind, Guid id) =>
        kind == DatabaseKind.Sqlite ? id.ToString().ToUpperInvariant() : id.ToString();
}
