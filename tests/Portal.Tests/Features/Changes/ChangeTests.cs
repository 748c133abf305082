using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Features.Changes;

public sealed class ChangeTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_unconfirmed_interface_is_switched_on_and_off_by_two_people_only(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        (await bench.IsOnAsync()).ShouldBeFalse();

        var request = await bench.WaitingAsync();
        (await bench.IsOnAsync()).ShouldBeFalse();
        (await bench.AnswerAsync(bench.Lead, request)).ShouldBe(new Answered.Done(ChangeState.Applied));
        (await bench.IsOnAsync()).ShouldBeTrue();

        var off = await bench.WaitingAsync(on: false);
        (await bench.AnswerAsync(bench.Lead, off)).ShouldBe(new Answered.Done(ChangeState.Applied));
        (await bench.IsOnAsync()).ShouldBeFalse();
        (await bench.RowAsync(off.Id)).State.ShouldBe(ChangeState.Applied);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_audit_tells_before_and_after_at_the_proposal_and_at_the_confirmation(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        await bench.AnswerAsync(bench.Lead, await bench.WaitingAsync());

        var entries = await bench.World.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking()
            .Where(row => row.Action.StartsWith("change.")).OrderBy(row => row.Seq).ToListAsync());
        entries.Select(row => row.Action).ShouldBe(["change.propose", "change.confirm"]);
        entries.ShouldAllBe(row => row.Subject == $"account {bench.Account.MerchantId}"
            && row.Details.Contains("\"switch\":\"off\"") && row.Details.Contains("\"switch\":\"on\""));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Confirming_ones_own_proposal_is_refused_by_command_update_and_constraint(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var request = await bench.WaitingAsync();

        (await bench.AnswerAsync(bench.Admin, request)).ShouldBeOfType<Answered.OwnProposal>();
        await using (var db = await bench.World.Factory.CreateDbContextAsync())
        {
            (await db.CommitAsync(bench.Admin, "test", commit =>
                commit.EndAsync(request, ChangeState.Applied, bench.Admin.PersonId))).ShouldBeFalse();
        }

        foreach (var claimed in new[] { request.ProposerPersonId, Guid.CreateVersion7() })
        {
            await using var db = await bench.World.Factory.CreateDbContextAsync();
            await Should.ThrowAsync<DbUpdateException>(() => db.CommitAsync(bench.Admin, "test", commit =>
            {
                db.Add(new ChangeVote
                {
                    Id = Guid.CreateVersion7(), ChangeId = request.Id, ProposerPersonId = claimed,
                    PersonId = bench.Admin.PersonId!.Value, UserId = bench.Admin.UserId!.Value,
                });
                return Task.FromResult(true);
            }));
        }

        (await bench.IsOnAsync()).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_second_sign_in_of_the_proposer_confirms_nothing(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var second = await bench.World.SecondUserOfAsync(bench.Admin, Role.FinanceLead);

        (await bench.AnswerAsync(second, await bench.WaitingAsync())).ShouldBeOfType<Answered.OwnProposal>();
        (await bench.IsOnAsync()).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Rights_count_at_the_moment_of_the_answer(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var request = await bench.WaitingAsync();

        (await bench.ProposeAsync(bench.Lead, AccountSwitch.Word, bench.SwitchTerms()))
            .ShouldBe(new Proposed.NoRight(Permission.AccountsManage));
        (await bench.AnswerAsync(bench.Clerk, request)).ShouldBeOfType<Answered.NoSuchChange>();
        await bench.World.SqlAsync($"UPDATE role_grants SET \"RevokedAt\" = 1 WHERE \"Role\" = 'FinanceLead'");
        (await bench.AnswerAsync(bench.Lead, request)).ShouldBeOfType<Answered.NoSuchChange>();
        (await bench.IsOnAsync()).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_the_page_showed_is_what_is_confirmed(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var request = await bench.WaitingAsync();
        var commands = bench.World.Get<ChangeCommands>();

        (await commands.DecideAsync(bench.Lead, new(
            request.Id, request.Version, new string('0', 64), ChangeAnswer.Confirmed, "")))
            .ShouldBeOfType<Answered.PageIsStale>();
        (await commands.DecideAsync(bench.Lead, new(
            request.Id, request.Version + 1, request.TermsHash, ChangeAnswer.Confirmed, "")))
            .ShouldBeOfType<Answered.PageIsStale>();
        (await bench.IsOnAsync()).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_confirmation_needs_a_fresh_proof_for_exactly_this_change(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var request = await bench.WaitingAsync();
        var proposed = await bench.ProposeAsync(
            bench.Admin, RoleGrantChange.Word, ChangeBench.GrantTerms(bench.Clerk, Role.Reviewer));
        var other = await bench.RowAsync(proposed.ShouldBeOfType<Proposed.Done>().Id);
        await bench.ProvenAsync(bench.Lead, other);
        var form = new ChangeForm(request.Id, request.Version, request.TermsHash, ChangeAnswer.Confirmed, "");
        var commands = bench.World.Get<ChangeCommands>();

        (await commands.DecideAsync(bench.Lead, form)).ShouldBeOfType<Answered.StepUpMissing>();
        await bench.ProvenAsync(bench.Lead, request);
        bench.World.Clock.Advance(StepUps.Length + TimeSpan.FromSeconds(1));
        (await commands.DecideAsync(bench.Lead, form)).ShouldBeOfType<Answered.StepUpMissing>();
        (await bench.IsOnAsync()).ShouldBeFalse();
        await bench.ProvenAsync(bench.Lead, request);
        (await commands.DecideAsync(bench.Lead, form)).ShouldBe(new Answered.Done(ChangeState.Applied));
        (await bench.World.ReadAsync(db => db.Set<ChangeVote>().SingleAsync())).StepUpId.ShouldNotBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Terms_edited_in_sql_are_not_carried_out(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var zhou = await bench.World.PersonAsync("zhou", Role.Auditor);
        var proposed = await bench.ProposeAsync(
            bench.Admin, RoleGrantChange.Word, ChangeBench.GrantTerms(bench.Clerk, Role.Reviewer));
        var request = await bench.RowAsync(proposed.ShouldBeOfType<Proposed.Done>().Id);
        await bench.World.SqlAsync(
            $"UPDATE changes SET \"Terms\" = '{ChangeBench.GrantTerms(zhou, Role.Reviewer)}'");

        (await bench.AnswerAsync(bench.Lead, request)).ShouldBe(new Answered.Impossible("Moved"));
        (await RolesAsync(bench.World, zhou)).ShouldBe([Role.Auditor]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_it_starts_from_must_still_be_so(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var request = await bench.WaitingAsync();
        await bench.World.SqlAsync("UPDATE accounts SET \"SwitchedOn\" = 'Refunds'");

        (await bench.AnswerAsync(bench.Lead, request)).ShouldBe(new Answered.Impossible("AlreadySo"));
        (await bench.RowAsync(request.Id)).State.ShouldBe(ChangeState.Waiting);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task One_change_of_a_thing_waits_at_a_time_and_one_intention_is_one_proposal(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var proposal = new ChangeProposal(
            Guid.CreateVersion7(), AccountSwitch.Word, bench.SwitchTerms(), "Confirmed by mail.");
        var commands = bench.World.Get<ChangeCommands>();

        var first = (await commands.ProposeAsync(bench.Admin, proposal)).ShouldBeOfType<Proposed.Done>();
        (await commands.ProposeAsync(bench.Admin, proposal)).ShouldBeOfType<Proposed.Done>().Number
            .ShouldBe(first.Number);
        (await commands.ProposeAsync(bench.Admin, proposal with { CommandId = Guid.CreateVersion7() }))
            .ShouldBe(new Proposed.AnotherWaits(first.Number));
        (await bench.World.ReadAsync(db => db.Set<ChangeRequest>().CountAsync())).ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Eight_proposals_of_the_same_thing_at_once_leave_one(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var results = await AtOnceAsync(8, bench.World, (commands, _) => commands.ProposeAsync(
            bench.Admin, new(Guid.CreateVersion7(), AccountSwitch.Word, bench.SwitchTerms(), "by mail")));

        results.Count(result => result is Proposed.Done).ShouldBe(1);
        results.Count(result => result is Proposed.AnotherWaits).ShouldBe(7);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Eight_confirmations_at_once_over_two_processes_do_it_once(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var request = await bench.WaitingAsync();
        var leads = new List<Actor>();
        for (var i = 0; i < 8; i++)
        {
            leads.Add(await bench.World.PersonAsync($"lead{i}", Role.FinanceLead));
            await bench.ProvenAsync(leads[i], request);
        }

        var results = await AtOnceAsync(8, bench.World, (commands, i) => commands.DecideAsync(
            leads[i], new(request.Id, request.Version, request.TermsHash, ChangeAnswer.Confirmed, "")));

        results.Count(result => result is Answered.Done).ShouldBe(1);
        results.ShouldAllBe(result => result is Answered.Done || result is Answered.NotWaiting
            || result is Answered.PageIsStale || result is Answered.Impossible);
        (await bench.World.ReadAsync(db => db.Set<ChangeVote>().CountAsync())).ShouldBe(1);
        (await bench.IsOnAsync()).ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_rejection_needs_its_reason_and_ends_it(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var request = await bench.WaitingAsync();

        (await bench.AnswerAsync(bench.Lead, request, ChangeAnswer.Rejected, " "))
            .ShouldBeOfType<Answered.CommentMissing>();
        (await bench.AnswerAsync(bench.Lead, request, ChangeAnswer.Rejected))
            .ShouldBe(new Answered.Done(ChangeState.Rejected));
        (await bench.AnswerAsync(bench.Lead, await bench.RowAsync(request.Id)))
            .ShouldBe(new Answered.NotWaiting(ChangeState.Rejected));
        (await bench.IsOnAsync()).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_proposer_alone_takes_it_back(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var request = await bench.WaitingAsync();
        var commands = bench.World.Get<ChangeCommands>();

        (await commands.WithdrawAsync(bench.Lead, request.Id)).ShouldBeOfType<Answered.NoSuchChange>();
        (await commands.WithdrawAsync(bench.Admin, request.Id)).ShouldBe(new Answered.Done(ChangeState.Withdrawn));
        (await bench.AnswerAsync(bench.Lead, await bench.RowAsync(request.Id)))
            .ShouldBe(new Answered.NotWaiting(ChangeState.Withdrawn));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task After_a_day_it_is_dead_even_before_the_job_has_come(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var request = await bench.WaitingAsync();
        var expiry = bench.World.Get<ChangeExpiry>();
        bench.World.Clock.Advance(ChangeCommands.Life - TimeSpan.FromSeconds(1));
        (await expiry.ExpireNextAsync()).ShouldBeFalse();

        bench.World.Clock.Advance(TimeSpan.FromSeconds(1));
        (await bench.AnswerAsync(bench.Lead, request)).ShouldBe(new Answered.NotWaiting(ChangeState.Expired));
        (await expiry.ExpireNextAsync()).ShouldBeTrue();
        (await expiry.ExpireNextAsync()).ShouldBeFalse();

        (await bench.RowAsync(request.Id)).State.ShouldBe(ChangeState.Expired);
        (await bench.IsOnAsync()).ShouldBeFalse();
        (await bench.WaitingAsync()).Number.ShouldNotBe(request.Number);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_role_given_by_two_people_moves_money_a_day_later(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var proposed = await bench.ProposeAsync(
            bench.Admin, RoleGrantChange.Word, ChangeBench.GrantTerms(bench.Clerk, Role.Reviewer));
        var request = await bench.RowAsync(proposed.ShouldBeOfType<Proposed.Done>().Id);
        (await RolesAsync(bench.World, bench.Clerk)).ShouldBe([Role.Clerk]);

        (await bench.AnswerAsync(bench.Lead, request)).ShouldBe(new Answered.Done(ChangeState.Applied));

        (await RolesAsync(bench.World, bench.Clerk)).ShouldBe([Role.Clerk, Role.Reviewer]);
        (await MayApproveAsync(bench)).ShouldBeFalse();
        bench.World.Clock.Advance(TimeSpan.FromHours(24));
        (await MayApproveAsync(bench)).ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_gives_themselves_a_role_alone_or_by_confirming(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        (await bench.ProposeAsync(
            bench.Admin, RoleGrantChange.Word, ChangeBench.GrantTerms(bench.Admin, Role.Auditor)))
            .ShouldBeOfType<Proposed.Involved>();
        (await bench.ProposeAsync(
            bench.Admin, RoleGrantChange.Word, ChangeBench.GrantTerms(bench.Admin, Role.Reviewer)))
            .ShouldBe(new Proposed.Impossible("AdminMovesNoMoney"));
        var proposed = await bench.ProposeAsync(
            bench.Admin, RoleGrantChange.Word, ChangeBench.GrantTerms(bench.Lead, Role.Reviewer));
        var request = await bench.RowAsync(proposed.ShouldBeOfType<Proposed.Done>().Id);

        (await bench.AnswerAsync(bench.Lead, request)).ShouldBeOfType<Answered.Involved>();
        (await RolesAsync(bench.World, bench.Lead)).ShouldBe([Role.FinanceLead]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Lists_and_counters_hold_what_waits_on_the_reader(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var request = await bench.WaitingAsync();
        var queries = bench.World.Get<ChangeQueries>();

        (await queries.WaitingOnAsync(bench.Lead)).ShouldBe(1);
        (await queries.WaitingOnAsync(bench.Admin)).ShouldBe(0);
        (await queries.WaitingOnAsync(bench.Clerk)).ShouldBe(0);
        (await queries.ListAsync(bench.Admin, ChangeTab.Yours)).Lines.Single().Bar.ShouldBe(ChangeBar.OwnProposal);
        (await queries.ListAsync(bench.Clerk, ChangeTab.All)).Lines.ShouldBeEmpty();
        (await queries.FindAsync(bench.Clerk, request.Number)).ShouldBeNull();
        var sheet = (await queries.FindAsync(bench.Lead, request.Number))!;
        sheet.Line.Bar.ShouldBe(ChangeBar.None);
        sheet.Facts.ShouldContain(new ChangedFact("switch", "off", "on"));
        (await bench.AnswerAsync(bench.Lead, request)).ShouldBeOfType<Answered.Done>();
        (await queries.WaitingOnAsync(bench.Lead)).ShouldBe(0);
        (await queries.ListAsync(bench.Lead, ChangeTab.Decided)).Lines.Single().State.ShouldBe(ChangeState.Applied);
    }

    private static async Task<bool> MayApproveAsync(ChangeBench bench) => await bench.World.ReadAsync(async db =>
        (await Rights.ReadAsync(db, bench.Clerk, bench.World.Clock.GetUtcNow()))
            .Allows(Permission.OperationsApprove));

    private static Task<List<Role>> RolesAsync(World world, Actor actor) => world.ReadAsync(db =>
        db.Set<RoleGrant>().Where(row => row.UserId == actor.UserId && row.RevokedAt == null)
            .OrderBy(row => row.GrantedAt).Select(row => row.Role).ToListAsync());

    private static async Task<T[]> AtOnceAsync<T>(int count, World world, Func<ChangeCommands, int, Task<T>> act)
    {
        await using var second = world.SecondNode();
        await using var scope = second.Services.CreateAsyncScope();
        ChangeCommands[] commands =
            [world.Get<ChangeCommands>(), scope.ServiceProvider.GetRequiredService<ChangeCommands>()];
        using var barrier = new Barrier(count);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return act(commands[i % 2], i);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }
}
