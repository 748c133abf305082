using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>N of M, named people, delegates, the cooling-off time and the duplicate shield.</summary>
public sealed class ApprovalRuleTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_last_of_two_approvals_releases_and_the_seal_covers_both(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await TierAsync(world, needed: 2);
        var (clerk, li, zhou) = await PeopleAsync(world);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var asked = await world.AskedAsync(clerk, order, "12.30");
        asked.Needed.ShouldBe(2);

        (await world.DecideAsync(li, asked)).ShouldBe(new Decided.Done(1));
        var half = await world.OperationAsync(asked.Id);
        (half.State, half.Version).ShouldBe((OperationState.PendingApproval, asked.Version + 1));
        (await world.DecideAsync(zhou, asked)).ShouldBeOfType<Decided.PageIsStale>();
        (await world.DecideAsync(li, half)).ShouldBeOfType<Decided.ApprovedBefore>();
        (await world.DecideAsync(zhou, half)).ShouldBe(new Decided.Done(0, world.Clock.GetUtcNow()));

        var whole = await world.OperationAsync(asked.Id);
        whole.State.ShouldBe(OperationState.Ready);
        var approvals = await world.ReadAsync(db => db.Set<Approval>().AsNoTracking().ToListAsync());
        world.Get<OperationSeal>().Fits(whole, approvals).ShouldBeTrue();
        world.Get<OperationSeal>().Fits(whole, approvals.Take(1)).ShouldBeFalse();
        whole.CountApprovals(approvals).ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_row_edited_past_the_portal_between_two_approvals_cannot_be_approved(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await TierAsync(world, needed: 3);
        var (clerk, li, zhou) = await PeopleAsync(world);
        var asked = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "12.30");
        (await world.DecideAsync(li, asked)).ShouldBeOfType<Decided.Done>();
        await world.SqlAsync("UPDATE operations SET \"Needed\" = 2");

        (await world.DecideAsync(zhou, await world.OperationAsync(asked.Id))).ShouldBeOfType<Decided.SealBroken>();

        (await world.OperationAsync(asked.Id)).State.ShouldBe(OperationState.PendingApproval);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Only_the_persons_that_the_policy_names_can_approve(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, li, zhou) = await PeopleAsync(world);
        await TierAsync(world, named: [zhou]);
        var asked = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "12.30");

        (await world.DecideAsync(li, asked)).ShouldBeOfType<Decided.NotNamed>();
        (await Seat(world, li, asked)).Bar.ShouldBe(DecisionBar.NotOnList);
        (await world.Get<ApprovalQueries>().InboxAsync(li, ApprovalTab.You)).Items.ShouldBeEmpty();
        (await world.Get<ApprovalQueries>().InboxAsync(zhou, ApprovalTab.You)).Items.Count.ShouldBe(1);
        (await world.DecideAsync(zhou, asked)).ShouldBeOfType<Decided.Done>();

        await world.SqlAsync($"UPDATE operations SET \"ApproverIds\" = ''");
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
        (await world.OperationAsync(asked.Id)).Problem.ShouldBe(OperationProblem.Tampered);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_delegate_takes_the_delegators_place_and_both_count_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await TierAsync(world, needed: 2);
        var (clerk, li, zhou) = await PeopleAsync(world);
        var wu = await world.PersonAsync("wu", Role.Auditor);
        await DelegateAsync(world, li, wu);
        var asked = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "12.30");
        (await Seat(world, wu, asked)).ShouldBe(new Seat(DecisionBar.None, li.PersonId, "li"));
        (await world.Get<ApprovalQueries>().InboxAsync(wu, ApprovalTab.You)).Total.ShouldBe(1);

        (await world.DecideAsync(wu, asked)).ShouldBe(new Decided.Done(1));
        var half = await world.OperationAsync(asked.Id);
        (await world.DecideAsync(li, half)).ShouldBe(new Decided.PairApproved("wu"));
        (await Seat(world, li, half)).Bar.ShouldBe(DecisionBar.AlreadyDelegate);
        (await world.Get<ApprovalQueries>().InboxAsync(li, ApprovalTab.You)).Items.ShouldBeEmpty();
        (await world.DecideAsync(zhou, half)).ShouldBeOfType<Decided.Done>();

        var row = await world.ReadAsync(db => db.Set<Approval>().AsNoTracking()
            .SingleAsync(approval => approval.PersonId == wu.PersonId));
        (row.PlaceOfPersonId, row.OnBehalfOf).ShouldBe((li.PersonId!.Value, "li"));
        (await world.Get<DecisionSheets>().FindAsync(zhou, asked.Number))!.Decisions[0].OnBehalfOf.ShouldBe("li");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Neither_delegator_nor_delegate_may_have_asked_and_a_delegation_ends(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, li, _) = await PeopleAsync(world);
        var both = await world.PersonAsync("sun", Role.Clerk, Role.Reviewer);
        var wu = await world.PersonAsync("wu", Role.Auditor);
        await DelegateAsync(world, both, wu);
        await DelegateAsync(world, li, clerk);
        var account = await world.AccountAsync();
        var ofSun = await world.AskedAsync(both, await world.PaidOrderAsync(account), "12.30");
        var ofClerk = await world.AskedAsync(clerk, await world.PaidOrderAsync(account), "12.30");

        (await world.DecideAsync(wu, ofSun)).ShouldBeOfType<Decided.NoRight>();
        (await world.DecideAsync(clerk, ofClerk)).ShouldBeOfType<Decided.OwnRequest>();
        (await Seat(world, wu, ofClerk)).Bar.ShouldBe(DecisionBar.None);
        world.Clock.Advance(TimeSpan.FromHours(2));
        (await world.DecideAsync(wu, ofClerk)).ShouldBeOfType<Decided.NoRight>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_recall_within_the_cooling_off_time_ends_it_unsent_and_frees_the_money(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await TierAsync(world, cooling: 10);
        var (clerk, li, zhou) = await PeopleAsync(world);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var asked = await world.ReadyAsync(clerk, li, order);
        asked.NotBefore.ShouldBe(world.Clock.GetUtcNow().AddMinutes(10));
        OperationStandings.Of(asked).ShouldBe(OperationStanding.CoolingOff);
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
        var commands = world.Get<ApprovalCommands>();

        (await commands.RecallAsync(zhou, asked.Id)).ShouldBe(RecallResult.NotYours);
        world.Clock.Advance(TimeSpan.FromMinutes(9));
        (await commands.RecallAsync(li, asked.Id)).ShouldBe(RecallResult.Done);

        var ended = await world.OperationAsync(asked.Id);
        (ended.State, ended.Problem).ShouldBe((OperationState.Rejected, OperationProblem.Recalled));
        (await world.BalanceAsync(order)).Reserved.ShouldBe(0);
        (await commands.RecallAsync(clerk, asked.Id)).ShouldBe(RecallResult.TooLate);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task After_the_cooling_off_time_nothing_is_recalled(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await TierAsync(world, cooling: 10);
        var (clerk, li, _) = await PeopleAsync(world);
        var asked = await world.ReadyAsync(clerk, li, await world.PaidOrderAsync(await world.AccountAsync()));
        world.Clock.Advance(TimeSpan.FromMinutes(10));

        (await world.Get<ApprovalCommands>().RecallAsync(clerk, asked.Id)).ShouldBe(RecallResult.TooLate);

        (await world.OperationAsync(asked.Id)).State.ShouldBe(OperationState.Ready);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_amount_of_the_same_order_has_to_be_compared_before_it_is_approved(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, li, _) = await PeopleAsync(world);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var first = await world.ReadyAsync(clerk, li, order, "12.30");
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        var again = await world.AskedAsync(clerk, order, "12.30");

        (await world.DecideAsync(li, again)).ShouldBe(
            new Decided.TwinUnseen(first.Number, "chen", first.RequestedAt, first.Amount));
        (await world.Get<DecisionSheets>().FindAsync(li, again.Number))!.Twins.Single().Id.ShouldBe(first.Id);
        var seen = new DecisionForm(again.Id, again.Version, again.TermsHash, Decision.Approved, "")
        {
            SeenTwins = [first.Id],
        };
        (await world.Get<ApprovalCommands>().DecideAsync(li, seen)).ShouldBeOfType<Decided.Done>();

        world.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        var later = await world.AskedAsync(clerk, order, "12.30");
        (await world.DecideAsync(li, later)).ShouldBeOfType<Decided.Done>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_of_sixteen_at_once_are_never_more_than_two(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await TierAsync(world, needed: 2);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewers = new List<Actor>();
        for (var i = 0; i < 16; i++)
        {
            reviewers.Add(await world.PersonAsync($"reviewer{i}", Role.Reviewer));
        }

        var asked = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "12.30");
        for (var round = 0; round < 2; round++)
        {
            var row = await world.OperationAsync(asked.Id);
            var results = await Task.WhenAll(reviewers.Select(reviewer =>
                Task.Run(() => world.DecideAsync(reviewer, row))));
            results.Count(result => result is Decided.Done).ShouldBe(1);
        }

        (await world.OperationAsync(asked.Id)).State.ShouldBe(OperationState.Ready);
        (await world.ReadAsync(db => db.Set<Approval>().CountAsync())).ShouldBe(2);
    }

    private static async Task<(Actor Clerk, Actor Li, Actor Zhou)> PeopleAsync(World world) => (
        await world.PersonAsync("chen", Role.Clerk), await world.PersonAsync("li", Role.Reviewer),
        await world.PersonAsync("zhou", Role.Reviewer));

    private static async Task<Seat> Seat(World world, Actor actor, Operation operation) =>
        (await world.Get<DecisionSheets>().FindAsync(actor, operation.Number))!.Seat;

    private static async Task TierAsync(World world, int needed = 1, int cooling = 0, Actor[]? named = null)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.tier", commit =>
        {
            db.Add(new PolicyTier
            {
                Id = Guid.CreateVersion7(), Needed = needed, CoolingOffMinutes = cooling, HoursToDecide = 24,
                ApproverIds = string.Join(',', (named ?? []).Select(actor => actor.PersonId!.Value.ToString("N"))),
                AddedAt = commit.Now,
            });
            return Task.FromResult(true);
        });
    }

    private static async Task DelegateAsync(World world, Actor from, Actor to)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.delegate", commit =>
        {
            db.Add(new Delegation
            {
                Id = Guid.CreateVersion7(), DelegatorPersonId = from.PersonId!.Value, DelegatorName = from.Name,
                DelegatePersonId = to.PersonId!.Value, DelegateName = to.Name, From = commit.Now,
                Until = commit.Now.AddHours(2), AddedAt = commit.Now,
            });
            return Task.FromResult(true);
        });
    }
}
