using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>The approval policy: which line counts, how lines and delegates change, what stays stuck.</summary>
public sealed class PolicyTests
{
    private static readonly TierTerms Plain = new(null, "", "", 0, 1, 0, 24, []);
    private static readonly Currency Cny = CurrencyTable.Get("CNY");

    [Theory]
    [InlineData(OperationKind.Refund, "allinpay", "CNY", 600_000, "refund big")]
    [InlineData(OperationKind.Refund, "allinpay", "CNY", 500_000, "refund big")]
    [InlineData(OperationKind.Refund, "allinpay", "CNY", 499_999, "refund")]
    [InlineData(OperationKind.Refund, "bgcpay", "USDT", 1, "refund")]
    [InlineData(OperationKind.Transfer, "bgcpay", "USDT", 1, "bgcpay")]
    [InlineData(OperationKind.Transfer, "allinpay", "CNY", 1, "cny")]
    [InlineData(OperationKind.Transfer, "allinpay", "USD", 1, null)]
    public void The_most_specific_line_counts_and_then_the_highest_amount(
        OperationKind kind, string provider, string currency, long minor, string? expected)
    {
        PolicyTier[] tiers =
        [
            Tier("cny", null, "", "CNY", 0), Tier("bgcpay", null, "bgcpay", "", 0),
            Tier("refund", OperationKind.Refund, "", "", 0),
            Tier("refund big", OperationKind.Refund, "", "CNY", 500_000),
            Tier("refund bigger", OperationKind.Refund, "", "CNY", 600_001),
        ];
        var amount = new Money(minor, CurrencyTable.Get(currency));
        (ApprovalPolicies.Pick(tiers, kind, provider, amount)?.AddedBy).ShouldBe(expected);
        (ApprovalPolicies.Pick(tiers.Reverse(), kind, provider, amount)?.AddedBy).ShouldBe(expected);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_line_is_proposed_by_an_admin_and_counts_once_another_confirms(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var admin = await world.PersonAsync("wang", Role.Admin);
        var lead = await world.PersonAsync("zhao", Role.FinanceLead);
        var account = await world.AccountAsync();
        var change = new PolicyChange(null, Plain with { Currency = "CNY", Needed = 2, CoolingOffMinutes = 10 });

        (await ProposeAsync(world, lead, PolicyTierChange.Word, change)).ShouldBeOfType<Proposed.NoRight>();
        var id = (await ProposeAsync(world, admin, PolicyTierChange.Word, change)).ShouldBeOfType<Proposed.Done>().Id;
        (await RuleAsync(world, account)).ShouldBe(ApprovalRule.Usual);
        (await ConfirmAsync(world, admin, id)).ShouldBeOfType<Answered.OwnProposal>();
        (await ConfirmAsync(world, lead, id)).ShouldBe(new Answered.Done(ChangeState.Applied));
        (await RuleAsync(world, account)).ShouldBe(new ApprovalRule(2, 10, TimeSpan.FromHours(24)));

        var tier = await world.ReadAsync(db => db.Set<PolicyTier>().AsNoTracking().SingleAsync());
        var instead = new PolicyChange(tier.Id, PolicyTierChange.Terms(tier) with { Needed = 1 });
        id = (await ProposeAsync(world, admin, PolicyTierChange.Word, instead)).ShouldBeOfType<Proposed.Done>().Id;
        (await ConfirmAsync(world, lead, id)).ShouldBe(new Answered.Done(ChangeState.Applied));
        (await RuleAsync(world, account)).Needed.ShouldBe(1);
        (await ProposeAsync(world, admin, PolicyTierChange.Word, new PolicyChange(tier.Id, null)))
            .ShouldBe(new Proposed.Impossible(nameof(PolicyFault.NoSuchTier)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Before_asking_a_person_learns_how_many_have_to_approve_so_much_and_whether_that_can_be(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var li = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.policy", async commit =>
        {
            foreach (var terms in new[]
            {
                Plain with { Currency = "CNY", FromMinor = 10_000, Needed = 2, CoolingOffMinutes = 15 },
                Plain with { Kind = OperationKind.Transfer, HoursToDecide = 2 },
            })
            {
                (await world.Get<PolicyChanges>().ApplyAsync(commit, new(null, terms))).ShouldBeTrue();
            }

            return true;
        });

        var now = world.Clock.GetUtcNow();
        var outlook = await world.Get<ApprovalPolicies>().OutlookAsync(db, account, clerk.PersonId, now);
        var small = outlook.For(OperationKind.Refund, new(9_999, Cny));
        (small.Rule.Needed, small.IsPossible, small.DecideBy).ShouldBe((1, true, now.AddHours(24)));
        small.Approvers.ShouldBe(["li"]);
        var large = outlook.For(OperationKind.Capture, new(10_000, Cny));
        (large.Rule.Needed, large.Rule.CoolingOffMinutes, large.Most, large.IsPossible).ShouldBe((2, 15, 1, false));
        outlook.For(OperationKind.Transfer, new(10_000, Cny)).DecideBy.ShouldBe(now.AddHours(2));

        // Nobody approves their own.
        var own = await world.Get<ApprovalPolicies>().OutlookAsync(db, account, li.PersonId, now);
        own.For(OperationKind.Unbind, new(0, Cny)).Approvers.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_a_line_must_not_say_is_refused(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var li = await world.PersonAsync("li", Role.Reviewer);
        var somebody = li.PersonId!.Value;
        (TierTerms Terms, PolicyFault Fault)[] cases =
        [
            (Plain with { Provider = "nobody" }, PolicyFault.UnknownProvider),
            (Plain with { Currency = "QQQ" }, PolicyFault.UnknownCurrency),
            (Plain with { FromMinor = 1 }, PolicyFault.AmountWithoutCurrency),
            (Plain with { Currency = "CNY", FromMinor = -1 }, PolicyFault.NegativeAmount),
            (Plain with { Needed = 0 }, PolicyFault.NeededOutOfRange),
            (Plain with { Needed = PolicyChanges.MostNeeded + 1 }, PolicyFault.NeededOutOfRange),
            (Plain with { CoolingOffMinutes = -1 }, PolicyFault.CoolingOutOfRange),
            (Plain with { CoolingOffMinutes = 1441 }, PolicyFault.CoolingOutOfRange),
            (Plain with { HoursToDecide = 0 }, PolicyFault.HoursOutOfRange),
            (Plain with { HoursToDecide = 169 }, PolicyFault.HoursOutOfRange),
            (Plain with { Needed = 2, Approvers = [somebody, somebody] }, PolicyFault.TooFewNamed),
            (Plain with { Approvers = [Guid.CreateVersion7()] }, PolicyFault.UnknownPerson),
        ];
        foreach (var (terms, fault) in cases)
        {
            (await FaultAsync(world, new(null, terms))).ShouldBe(fault, terms.ToString());
        }

        (await FaultAsync(world, new(null, null))).ShouldBe(PolicyFault.NothingToDo);
        (await ApplyAsync(world, new(null, Plain))).ShouldBeTrue();
        (await FaultAsync(world, new(null, Plain with { Needed = 3 }))).ShouldBe(PolicyFault.SameTierStands);
        (await ApplyAsync(world, new(null, Plain))).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_delegate_is_named_by_the_reviewer_alone_and_confirmed_by_another(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var li = await world.PersonAsync("li", Role.Reviewer);
        var zhou = await world.PersonAsync("zhou", Role.Reviewer);
        var admin = await world.PersonAsync("wang", Role.Admin);
        var lead = await world.PersonAsync("zhao", Role.FinanceLead);
        var now = world.Clock.GetUtcNow();
        var terms = new DelegationTerms(li.PersonId!.Value, lead.PersonId!.Value, now, now.AddDays(3));

        (await ProposeAsync(world, li, DelegateChange.Word, terms with { DelegatePersonId = admin.PersonId!.Value }))
            .ShouldBe(new Proposed.Impossible(nameof(DelegationFault.RulesOverPeople)));
        (await ProposeAsync(world, li, DelegateChange.Word, terms with { Until = now.AddDays(32) }))
            .ShouldBe(new Proposed.Impossible(nameof(DelegationFault.TooLong)));
        var forged = (await ProposeAsync(world, zhou, DelegateChange.Word, terms)).ShouldBeOfType<Proposed.Done>();
        (await ConfirmAsync(world, admin, forged.Id)).ShouldBe(new Answered.Impossible("Moved"));
        await world.Get<ChangeCommands>().WithdrawAsync(zhou, forged.Id);

        var named = (await ProposeAsync(world, li, DelegateChange.Word, terms)).ShouldBeOfType<Proposed.Done>();
        (await ConfirmAsync(world, lead, named.Id)).ShouldBeOfType<Answered.Involved>();
        (await ConfirmAsync(world, admin, named.Id)).ShouldBe(new Answered.Done(ChangeState.Applied));
        var row = await world.ReadAsync(db => db.Set<Delegation>().AsNoTracking().SingleAsync());
        (row.DelegatorName, row.DelegateName).ShouldBe(("li", "zhao"));

        (await world.Get<DelegationChanges>().RevokeAsync(zhou, row.Id)).ShouldBeFalse();
        (await world.Get<DelegationChanges>().RevokeAsync(li, row.Id)).ShouldBeTrue();
        (await world.Get<PolicyQueries>().ReadAsync(li))!.Delegations.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_check_warns_of_lines_and_requests_that_too_few_people_can_approve(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var li = await world.PersonAsync("li", Role.Reviewer);
        var zhou = await world.PersonAsync("zhou", Role.Reviewer);
        await ApplyAsync(world, new(null, Plain with { Needed = 2 }));
        await ApplyAsync(world, new(null, Plain with { Currency = "USD", Needed = 3 }));
        var asked = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "5.00");
        var queries = world.Get<PolicyQueries>();

        var view = (await queries.ReadAsync(li))!;
        view.Tiers.Select(line => (line.Rule.Needed, line.Most, line.IsStuck, line.IsTight))
            .ShouldBe([(3, 2, true, false), (2, 2, false, true), (1, 2, false, false)]);
        (view.Waiting, view.Stuck.Count).ShouldBe((1, 0));

        await using (var db = await world.Factory.CreateDbContextAsync())
        {
            await db.CommitAsync(Actor.Job("test"), "test.delegate", commit => DelegationChanges.ApplyAsync(
                commit, new(li.PersonId!.Value, zhou.PersonId!.Value, commit.Now, commit.Now.AddDays(1))));
        }

        view = (await queries.ReadAsync(li))!;
        view.Stuck.Single().ShouldBe(
            new StuckLine(OperationFacts.From(await world.OperationAsync(asked.Id)), "East", 1));
        (await world.Get<DecisionSheets>().FindAsync(li, asked.Number))!.Most.ShouldBe(1);
        (await world.Get<ApprovalQueries>().InboxAsync(li, ApprovalTab.You)).Items.Single().IsStuck.ShouldBeTrue();
        (await queries.ReadAsync(await world.PersonAsync("he", Role.Resolver))).ShouldBeNull();
    }

    private static PolicyTier Tier(string name, OperationKind? kind, string provider, string currency, long from) =>
        new()
        {
            Id = Guid.CreateVersion7(), Kind = kind, Provider = provider, Currency = currency, FromMinor = from,
            Needed = 1, HoursToDecide = 24, AddedBy = name,
        };

    private static Task<ApprovalRule> RuleAsync(World world, Portal.Features.Accounts.Account account) =>
        world.ReadAsync(db => world.Get<ApprovalPolicies>().ForAsync(
            db, OperationKind.Refund, account, new Money(100, Cny)));

    private static Task<PolicyFault?> FaultAsync(World world, PolicyChange change) =>
        world.ReadAsync(db => world.Get<PolicyChanges>().FaultAsync(db, change));

    private static async Task<bool> ApplyAsync(World world, PolicyChange change)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        return await db.CommitAsync(
            Actor.Job("test"), "test.policy", commit => world.Get<PolicyChanges>().ApplyAsync(commit, change));
    }

    private static Task<Proposed> ProposeAsync<T>(World world, Actor actor, string kind, T terms) =>
        world.Get<ChangeCommands>().ProposeAsync(
            actor, new(Guid.CreateVersion7(), kind, ChangeJson.Write(terms), "As the board decided."));

    private static async Task<Answered> ConfirmAsync(World world, Actor actor, Guid id)
    {
        var row = await world.ReadAsync(db => db.Set<ChangeRequest>().AsNoTracking().SingleAsync(one => one.Id == id));
        await World.ProvenAsync(world.Services, actor, id, row.TermsHash);
        return await world.Get<ChangeCommands>().DecideAsync(
            actor, new(id, row.Version, row.TermsHash, ChangeAnswer.Confirmed, ""));
    }
}
