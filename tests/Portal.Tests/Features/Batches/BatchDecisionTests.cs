using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using static MerchantPortal.Portal.Tests.Features.Batches.BatchBench;

namespace MerchantPortal.Portal.Tests.Features.Batches;

public sealed class BatchDecisionTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Approving_the_batch_gives_every_row_an_approval_of_its_own_terms(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, reviewer) = await PeopleAsync(world);
        var asked = await AskedAsync(world, clerk, 3);

        (await world.DecideBatchAsync(reviewer, asked.Number)).ShouldBe(new BatchDecided.Done(3));

        var members = await world.MembersAsync(asked.Id);
        members.ShouldAllBe(row => row.State == OperationState.Ready);
        var approvals = await world.ReadAsync(db => db.Set<Approval>().AsNoTracking().ToListAsync());
        approvals.Select(row => (row.OperationId, row.TermsHash)).ShouldBe(
            members.Select(row => (row.Id, row.TermsHash)), ignoreOrder: true);
        foreach (var row in members)
        {
            world.Get<OperationSeal>().Fits(row, approvals.Where(a => a.OperationId == row.Id)).ShouldBeTrue();
        }

        (await world.DecideBatchAsync(reviewer, asked.Number)).ShouldBeOfType<BatchDecided.NothingWaits>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_batch_that_changed_since_it_was_shown_is_not_approved_at_all(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, reviewer) = await PeopleAsync(world);
        var asked = await AskedAsync(world, clerk, 3);
        var sheet = await world.SheetAsync(reviewer, asked.Number);
        var form = new BatchDecisionForm(asked.Id, sheet.SeenHash, Decision.Approved, "");
        var one = (await world.MembersAsync(asked.Id))[1];
        (await world.Get<OperationCommands>().WithdrawAsync(clerk, one.Id)).ShouldBeTrue();

        (await world.Get<BatchDecisions>().DecideAsync(reviewer, form)).ShouldBeOfType<BatchDecided.Changed>();

        (await world.ReadAsync(db => db.Set<Approval>().CountAsync())).ShouldBe(0);
        (await world.DecideBatchAsync(reviewer, asked.Number)).ShouldBe(new BatchDecided.Done(2));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Terms_changed_in_the_database_leave_the_whole_batch_undecided(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, reviewer) = await PeopleAsync(world);
        var asked = await AskedAsync(world, clerk, 2);
        var one = (await world.MembersAsync(asked.Id))[0];
        await world.SqlAsync(
            $"UPDATE operations SET \"TermsHash\" = '{new string('0', 64)}' WHERE \"Number\" = '{one.Number}'");

        (await world.DecideBatchAsync(reviewer, asked.Number)).ShouldBeOfType<BatchDecided.Changed>();

        (await world.MembersAsync(asked.Id)).ShouldAllBe(row => row.State == OperationState.PendingApproval);
    }

    [Fact]
    public async Task Without_a_fresh_code_for_exactly_this_batch_nothing_is_approved()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var (clerk, reviewer) = await PeopleAsync(world);
        var (first, second) = (await AskedAsync(world, clerk, 2), await AskedAsync(world, clerk, 1));
        var sheet = await world.SheetAsync(reviewer, first.Number);
        var form = new BatchDecisionForm(first.Id, sheet.SeenHash, Decision.Approved, "");
        await world.ProvenAsync(reviewer, await world.SheetAsync(reviewer, second.Number));

        (await world.Get<BatchDecisions>().DecideAsync(reviewer, form)).ShouldBeOfType<BatchDecided.StepUpMissing>();

        (await world.ReadAsync(db => db.Set<Approval>().CountAsync())).ShouldBe(0);
        var proven = await world.Get<StepUpCommands>().ProveAsync(
            reviewer, world.Code(reviewer), [new(first.Id, sheet.SeenHash)]);
        proven.ShouldBeOfType<SteppedUp.Done>();
        (await world.Get<BatchDecisions>().DecideAsync(reviewer, form)).ShouldBe(new BatchDecided.Done(2));
        (await world.ReadAsync(db => db.Set<Approval>().ToListAsync())).ShouldAllBe(row => row.StepUpId != null);
    }

    [Fact]
    public async Task A_row_that_repeats_another_is_pointed_out_and_has_to_be_seen()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var (clerk, reviewer) = await PeopleAsync(world);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var other = await world.AskedAsync(clerk, order, "7.00");
        var file = File(Row(order, "7.00"));
        var meant = file with { Lines = [.. file.Lines.Select(line => line with { MeansAnother = true })] };
        var asked = (await world.AskAsync(clerk, await world.FormAsync(clerk, meant)))
            .ShouldBeOfType<BatchAsked.Asked>();
        var sheet = await world.SheetAsync(reviewer, asked.Number);
        sheet.Outliers[0].ShouldBe(new("Twin", sheet.Outliers[0].Lines, other.Number));
        await world.ProvenAsync(reviewer, sheet);
        var blind = new BatchDecisionForm(asked.Id, sheet.SeenHash, Decision.Approved, "");
        (await world.Get<BatchDecisions>().DecideAsync(reviewer, blind)).ShouldBeOfType<BatchDecided.RowRefused>()
            .Why.ShouldBeOfType<Decided.TwinUnseen>();
        (await world.DecideBatchAsync(reviewer, asked.Number)).ShouldBe(new BatchDecided.Done(1));
    }

    [Fact]
    public async Task Nobody_approves_a_batch_of_their_own()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var both = await world.PersonAsync("chen", Role.Clerk, Role.Reviewer);
        var asked = await AskedAsync(world, both, 2);
        (await world.DecideBatchAsync(both, asked.Number)).ShouldBeOfType<BatchDecided.RowRefused>()
            .Why.ShouldBeOfType<Decided.OwnRequest>();
        (await world.SheetAsync(both, asked.Number)).Bar.ShouldBe(DecisionBar.OwnRequest);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Single_rows_can_be_rejected_and_the_rest_approved(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, reviewer) = await PeopleAsync(world);
        var asked = await AskedAsync(world, clerk, 3);
        var members = await world.MembersAsync(asked.Id);
        var sheet = await world.SheetAsync(reviewer, asked.Number);
        var no = new BatchDecisionForm(asked.Id, sheet.SeenHash, Decision.Rejected, "not this one")
        {
            Only = [members[0].Id],
        };

        (await world.Get<BatchDecisions>().DecideAsync(reviewer, no)).ShouldBe(new BatchDecided.Done(1));
        (await world.DecideBatchAsync(reviewer, asked.Number)).ShouldBe(new BatchDecided.Done(2));

        (await world.MembersAsync(asked.Id)).Select(row => row.State).ShouldBe(
            [OperationState.Rejected, OperationState.Ready, OperationState.Ready]);
        var after = await world.SheetAsync(reviewer, asked.Number);
        (after.Counts[BatchGroup.Dropped], after.Counts[BatchGroup.OnTheWay]).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Rejecting_the_batch_frees_all_its_money_and_needs_a_reason()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var (clerk, reviewer) = await PeopleAsync(world);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var asked = await world.AskedBatchAsync(clerk, Row(order));
        var sheet = await world.SheetAsync(reviewer, asked.Number);
        var silent = new BatchDecisionForm(asked.Id, sheet.SeenHash, Decision.Rejected, " ");
        (await world.Get<BatchDecisions>().DecideAsync(reviewer, silent)).ShouldBeOfType<BatchDecided.RowRefused>()
            .Why.ShouldBeOfType<Decided.CommentMissing>();
        (await world.DecideBatchAsync(reviewer, asked.Number, Decision.Rejected)).ShouldBe(new BatchDecided.Done(1));
        (await world.BalanceAsync(order)).Reserved.ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_requester_takes_back_what_waits(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, reviewer) = await PeopleAsync(world);
        var asked = await AskedAsync(world, clerk, 2);
        (await world.Get<BatchCommands>().WithdrawAsync(reviewer, asked.Id)).ShouldBe(0);
        (await world.Get<BatchCommands>().WithdrawAsync(clerk, asked.Id)).ShouldBe(2);
        (await world.MembersAsync(asked.Id)).ShouldAllBe(row => row.State == OperationState.Rejected);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Only_rows_proven_not_done_are_asked_for_again_never_unknown_ones(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, reviewer) = await PeopleAsync(world);
        var asked = await AskedAsync(world, clerk, 3);
        (await world.DecideBatchAsync(reviewer, asked.Number)).ShouldBeOfType<BatchDecided.Done>();
        var outcomes = new Queue<Func<Transcript, ProviderOutcome>>([
            transcript => new ProviderOutcome.Refused(transcript, ProviderError.BalanceTooLow),
            transcript => new ProviderOutcome.Unknown(transcript, ProviderError.TimedOut),
            transcript => new ProviderOutcome.Accepted(transcript),
        ]);
        world.Provider.OnSend = (_, transcript) => outcomes.Dequeue()(transcript);
        for (var i = 0; i < 3; i++)
        {
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        }

        var failed = await world.Get<BatchReading>().FailedRowsAsync(clerk, asked.Number);

        var one = failed.ShouldNotBeNull().Lines.ShouldHaveSingleItem();
        var members = await world.MembersAsync(asked.Id);
        members.Count(row => row.State == OperationState.Unknown).ShouldBe(1);
        var again = new BatchForm
        {
            CommandId = Guid.CreateVersion7(),
            Kind = OperationKind.Refund,
            Source = BatchSource.FailedRows,
            Name = "again",
            SourceSha256 = BatchFile.Digest([one]),
            Lines = [one],
            Seen = (await world.Get<BatchReading>().CheckAsync(clerk, OperationKind.Refund, [one], "")).Rows.Seen,
            RerunOf = failed.BatchId,
        };
        var rerun = (await world.AskAsync(clerk, again)).ShouldBeOfType<BatchAsked.Asked>();
        rerun.Count.ShouldBe(1);
        (await world.SheetAsync(clerk, asked.Number)).Reruns.ShouldBe([rerun.Number]);
        (await world.SheetAsync(clerk, rerun.Number)).RerunOf.ShouldBe(asked.Number);
    }

    private static async Task<(Actor Clerk, Actor Reviewer)> PeopleAsync(World world) =>
        (await world.PersonAsync("chen", Role.Clerk), await world.PersonAsync("li", Role.Reviewer));

    private static async Task<BatchAsked.Asked> AskedAsync(World world, Actor clerk, int count)
    {
        var account = await world.TheAccountAsync();
        var rows = new List<string>();
        for (var i = 1; i <= count; i++)
        {
            rows.Add(Row(await world.PaidOrderAsync(account), $"{i}.00"));
        }

        return await world.AskedBatchAsync(clerk, [.. rows]);
    }
}
