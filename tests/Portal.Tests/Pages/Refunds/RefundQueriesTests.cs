using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class RefundQueriesTests
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task An_offer_tells_the_figures_and_who_could_approve(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk, Role.Reviewer);
        await world.PersonAsync("li", Role.Reviewer);
        await world.PersonAsync("zhou", Role.Reviewer);
        await world.PersonAsync("zhao", Role.FinanceLead);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var operation = await world.AskedAsync(clerk, order, "30.00");

        var offer = await world.Get<RefundQueries>().OfferAsync(clerk, order.Id);
        offer!.Bar.ShouldBe(RefundBar.None);
        offer.Paid.Minor.ShouldBe(10_000);
        offer.Waiting.Minor.ShouldBe(3_000);
        offer.Refundable.Minor.ShouldBe(7_000);
        offer.Prospect().Approvers.ShouldBe(["li", "zhou"]);
        offer.Prospect().DecideBy.ShouldBe(world.Clock.GetUtcNow() + TimeSpan.FromHours(24));
        offer.Another!.Number.ShouldBe(operation.Number);
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task An_offer_says_why_it_cannot_be_used(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var auditor = await world.PersonAsync("sun", Role.Auditor);
        var nobody = await world.PersonAsync("wang", Role.Admin);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 1_000);
        var queries = world.Get<RefundQueries>();
        (await queries.OfferAsync(auditor, order.Id))!.Bar.ShouldBe(RefundBar.NoRight);
        (await queries.OfferAsync(nobody, order.Id)).ShouldBeNull();
        (await queries.OfferAsync(clerk, order.Id))!.Prospect().Approvers.ShouldBeEmpty();
        await world.AskedAsync(clerk, order, "10.00");
        (await queries.OfferAsync(clerk, order.Id))!.Bar.ShouldBe(RefundBar.NothingLeft);
        var other = await world.PaidOrderAsync(await world.AccountAsync("100020091218002"));
        await world.SqlAsync("UPDATE orders SET \"State\" = 'ChargedBack'");
        (await queries.OfferAsync(clerk, other.Id))!.Bar.ShouldBe(RefundBar.NotRefundable);
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task A_grant_whose_money_right_does_not_count_yet_is_not_named(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        await world.ReadAsync(async db => await db.CommitAsync(Actor.Job("test"), "test", async _ => await
            db.Set<RoleGrant>().Where(grant => grant.UserId == reviewer.UserId)
            .ExecuteUpdateAsync(set => set.SetProperty(grant => grant.RevokedAt, world.Clock.GetUtcNow()))));
        (await world.Get<RefundQueries>().OfferAsync(clerk, order.Id))!.Prospect().Approvers.ShouldBeEmpty();
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task The_page_of_an_unknown_refund_tells_what_was_sent_and_asked(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var ready = await world.ReadyAsync(clerk, reviewer, order);
        world.Provider.OnSend = (_, transcript) => new ProviderOutcome.Unknown(transcript, ProviderError.TimedOut);
        await world.Get<OperationSender>().SendNextAsync(default);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await world.Get<OperationResolver>().AskNextAsync(default);

        var sheet = (await world.Get<RefundQueries>().FindAsync(clerk, ready.Number))!;
        sheet.Operation.Standing.ShouldBe(OperationStanding.Unknown);
        sheet.Operation.Problem.ShouldBe("TimedOut");
        sheet.Evidence.Select(line => line.Kind).ShouldBe([EvidenceKind.Query, EvidenceKind.Answer]);
        sheet.Evidence[1].Exchange!.Interface.ShouldBe("scripted");
        sheet.LastAttempt!.Value.Number.ShouldBe(1);
        sheet.Decisions.Single().By.ShouldBe("li");
        sheet.ResendSafe.ShouldBeFalse();
        sheet.MayAsk.ShouldBeTrue();
        sheet.MayWithdraw.ShouldBeFalse();
        OperationSteps.Of(sheet, world.Get<OperationWords>()).Select(step => (step.Key, step.State)).ShouldBe(
        [
            ("Asked", StepState.Past), ("Approved", StepState.Past), ("Sent", StepState.Past),
            ("Unknown", StepState.Now), ("Known", StepState.Ahead),
        ]);
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task The_way_of_a_refund_is_told_to_its_end(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var ready = await world.ReadyAsync(clerk, reviewer, order);
        await world.Get<OperationSender>().SendNextAsync(default);
        world.Provider.OnQuery = (refund, transcript) =>
            ScriptedProvider.Told(refund, transcript, RefundState.Succeeded, "TKSUCC0006");
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await world.Get<OperationResolver>().AskNextAsync(default);
        var sheet = (await world.Get<RefundQueries>().FindAsync(clerk, ready.Number))!;
        OperationSteps.Of(sheet, world.Get<OperationWords>()).Select(step => (step.Key, step.State)).ShouldBe(
        [
            ("Asked", StepState.Past), ("Approved", StepState.Past), ("Sent", StepState.Past),
            ("TakenOn", StepState.Past), ("Succeeded", StepState.Now),
        ]);
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task Only_the_requester_may_withdraw_and_only_while_it_waits(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var other = await world.PersonAsync("wu", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var asked = await world.AskedAsync(clerk, order, "10.00");
        var queries = world.Get<RefundQueries>();
        (await queries.FindAsync(clerk, asked.Number))!.MayWithdraw.ShouldBeTrue();
        (await queries.FindAsync(other, asked.Number))!.MayWithdraw.ShouldBeFalse();
        (await world.Get<OperationCommands>().WithdrawAsync(clerk, asked.Id)).ShouldBeTrue();
        var sheet = (await queries.FindAsync(clerk, asked.Number))!;
        sheet.MayWithdraw.ShouldBeFalse();
        sheet.Operation.Standing.ShouldBe(OperationStanding.Withdrawn);
        (await queries.OfOrderAsync(clerk, order.Id)).Single().Operation.Number.ShouldBe(asked.Number);
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task Refunds_of_accounts_that_one_may_not_see_do_not_exist(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var mine = await world.AccountAsync();
        var foreign = await world.AccountAsync("100020091218002");
        var asked = await world.AskedAsync(clerk, await world.PaidOrderAsync(foreign), "10.00");
        var scoped = await world.PersonAsync("wu", Role.Clerk);
        await world.ReadAsync(async db => await db.CommitAsync(Actor.Job("test"), "test", async _ => await
            db.Set<RoleGrant>().Where(grant => grant.UserId == scoped.UserId)
            .ExecuteUpdateAsync(set => set.SetProperty(grant => grant.AccountId, mine.Id))));
        var queries = world.Get<RefundQueries>();
        (await queries.FindAsync(scoped, asked.Number)).ShouldBeNull();
        (await queries.OfferAsync(scoped, asked.OrderId!.Value)).ShouldBeNull();
        (await queries.OfOrderAsync(scoped, asked.OrderId!.Value)).ShouldBeEmpty();
        (await world.Get<OperationListing>().ReadAsync(scoped, new(OperationKind.Refund))).Lines.ShouldBeEmpty();
        (await world.Get<OperationCommands>().AskAsync(scoped, asked.Id)).ShouldBe(AskResult.NoSuchOperation);
        (await queries.FindAsync(Actor.Nobody, asked.Number)).ShouldBeNull();
    }
}
