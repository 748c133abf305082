using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class ApprovalQueriesTests
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task The_inbox_parts_what_waits_on_the_person_from_what_does_not(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var both = await world.PersonAsync("chen", Role.Clerk, Role.Reviewer);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var auditor = await world.PersonAsync("sun", Role.Auditor);
        var account = await world.AccountAsync();
        var first = await world.AskedAsync(both, await world.PaidOrderAsync(account), "10.00");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await world.AskedAsync(both, await world.PaidOrderAsync(account), "20.00");
        var queries = world.Get<ApprovalQueries>();

        var you = await queries.InboxAsync(reviewer, ApprovalTab.You);
        you.Items.Select(item => item.Line.Operation.Number).ShouldBe([first.Number, second.Number]);
        you.Items.ShouldAllBe(item => item.Seat.Bar == DecisionBar.None);
        (you.Counts[ApprovalTab.You], you.Counts[ApprovalTab.All], you.Counts[ApprovalTab.Yours]).ShouldBe((2, 2, 0));

        (await queries.InboxAsync(both, ApprovalTab.You)).Items.ShouldBeEmpty();
        var all = await queries.InboxAsync(both, ApprovalTab.All);
        all.Items.ShouldAllBe(item => item.Seat.Bar == DecisionBar.OwnRequest);
        all.Counts[ApprovalTab.Yours].ShouldBe(2);
        (await queries.InboxAsync(auditor, ApprovalTab.All)).Items
            .ShouldAllBe(item => item.Seat.Bar == DecisionBar.NoRight);

        await world.DecideAsync(reviewer, first, Decision.Rejected);
        var decided = await queries.InboxAsync(auditor, ApprovalTab.Decided);
        decided.Items.Single().Line.Reviewer.ShouldBe("li");
        decided.Items[0].Seat.Bar.ShouldBe(DecisionBar.NotWaiting);
        (await queries.InboxAsync(reviewer, ApprovalTab.You)).Total.ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task A_sheet_tells_the_money_and_the_other_refunds(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        await world.PersonAsync("zhou", Role.Reviewer);
        var account = await world.AccountAsync();
        var order = await world.PaidOrderAsync(account);
        var before = await world.AskedAsync(clerk, order, "15.00");
        var elsewhere = await world.AskedAsync(clerk, await world.PaidOrderAsync(account), "20.00");
        var asked = await world.AskedAsync(clerk, order, "20.00");

        var sheet = (await world.Get<DecisionSheets>().FindAsync(reviewer, asked.Number))!;
        sheet.Seat.Bar.ShouldBe(DecisionBar.None);
        sheet.IsWhole.ShouldBeFalse();
        var money = sheet.Order!;
        (money.Paid.Minor, money.RefundedBefore.Minor, money.WaitingBeside.Minor, money.Refundable.Minor)
            .ShouldBe((10_000, 0, 1_500, 6_500));
        sheet.Beside.Single().Number.ShouldBe(before.Number);
        sheet.SameAmount.Single().Number.ShouldBe(elsewhere.Number);
        sheet.OfPayer.ShouldBeNull();
        sheet.Approvers.ShouldBe(["li", "zhou"]);
        money.ChangedAt.ShouldBeNull();
        (sheet.Operation.Version, sheet.Operation.TermsHash).ShouldBe((asked.Version, asked.TermsHash));
        (await world.Get<DecisionSheets>().FindAsync(clerk, asked.Number))!.Seat.Bar.ShouldBe(DecisionBar.OwnRequest);
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task A_decision_taken_from_the_sheet_is_shown_with_its_factor(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var asked = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "20.00");
        var sheets = world.Get<DecisionSheets>();
        var seen = (await sheets.FindAsync(reviewer, asked.Number))!.Operation;
        await world.ProvenAsync(reviewer, asked);
        (await sheets.FindAsync(reviewer, asked.Number))!.IsProven.ShouldBeTrue();
        var decided = await world.Get<ApprovalCommands>().DecideAsync(reviewer, new DecisionForm(
            seen.Id, seen.Version, seen.TermsHash, Decision.Approved, ""));
        decided.ShouldBeOfType<Decided.Done>();
        var sheet = (await sheets.FindAsync(reviewer, asked.Number))!;
        sheet.Operation.State.ShouldBe(OperationState.Ready);
        sheet.Seat.Bar.ShouldBe(DecisionBar.NotWaiting);
        (sheet.Decisions.Single().By, sheet.Decisions[0].Factors).ShouldBe(("li", "password+totp"));
        sheet.Order!.WaitingBeside.Minor.ShouldBe(0);
    }
}
