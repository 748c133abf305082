using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Cases;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features;

public sealed class CaseTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_refund_that_nobody_asked_for_here_opens_one_case_and_holds_further_refunds_back(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var order = await world.PaidOrderAsync(account);
        await TellAsync(world, account, order, OrderEvent.PartWasRefunded);
        await TellAsync(world, account, order, OrderEvent.PartWasRefunded);
        var line = (await world.Get<CaseQueries>().ListAsync(clerk, CaseState.Open)).Lines.ShouldHaveSingleItem();
        line.Case.Kind.ShouldBe(CaseKind.Refund);
        line.Case.OursMinor.ShouldBe(0);
        (await world.Get<RefundCommands>().RequestAsync(clerk, World.Form(order, "10.00", 10_000)))
            .ShouldBe(new RefundRequested.CaseOpen(line.Case.Number));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Our_own_refund_in_the_providers_word_opens_nothing(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        var order = await world.PaidOrderAsync(account);
        await world.ReadyAsync(clerk, reviewer, order, "40.00");
        await world.Get<OperationSender>().SendNextAsync(default);
        await TellAsync(world, account, order, OrderEvent.PartWasRefunded);
        (await world.Get<CaseQueries>().ListAsync(clerk, CaseState.Open)).Lines.ShouldBeEmpty();

        // All of it, while only a part of it is ours, is more than we did.
        await TellAsync(world, account, order, OrderEvent.AllWasRefunded);
        var line = (await world.Get<CaseQueries>().ListAsync(clerk, CaseState.Open)).Lines.ShouldHaveSingleItem();
        line.Case.OursMinor.ShouldBe(4_000);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_only_waits_for_approval_explains_nothing(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var order = await world.PaidOrderAsync(account);
        await world.AskedAsync(clerk, order, "40.00");
        await TellAsync(world, account, order, OrderEvent.PartWasRefunded);
        (await world.Get<CaseQueries>().ListAsync(clerk, CaseState.Open)).Lines.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Closing_books_what_went_back_outside_and_happens_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var order = await world.PaidOrderAsync(account);
        await TellAsync(world, account, order, OrderEvent.PartWasRefunded);
        var found = (await world.Get<CaseQueries>().ListAsync(clerk, CaseState.Open)).Lines[0].Case;
        var commands = world.Get<CaseCommands>();
        var form = new CaseAnswer
        {
            CaseId = found.Id, SeenVersion = found.Version, Explanation = "Station", Comment = "ticket 4711",
            OutsideText = "25.00",
        };
        (await commands.CloseAsync(clerk, form with { OutsideText = "1e3" }))
            .ShouldBeOfType<CaseClosed.AmountUnreadable>();
        (await commands.CloseAsync(clerk, form with { OutsideText = "100.01" }))
            .ShouldBe(new CaseClosed.TooMuch(new(10_000, CurrencyTable.Get("CNY"))));
        (await commands.CloseAsync(clerk, form with { Comment = " " })).ShouldBeOfType<CaseClosed.CommentMissing>();
        (await commands.CloseAsync(clerk, form with { Explanation = "x" }))
            .ShouldBeOfType<CaseClosed.ExplanationMissing>();
        var auditor = await world.PersonAsync("sun", Role.Auditor);
        (await commands.CloseAsync(auditor, form)).ShouldBeOfType<CaseClosed.NoRight>();
        var ends = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => Task.Run(() => commands.CloseAsync(clerk, form))));
        ends.OfType<CaseClosed.Done>().Count().ShouldBe(1);
        ends.OfType<CaseClosed.PageIsStale>().Count().ShouldBe(3);
        (await world.BalanceAsync(order)).Refundable.ShouldBe(7_500);
        await TellAsync(world, account, order, OrderEvent.PartWasRefunded);
        (await world.Get<CaseQueries>().ListAsync(clerk, CaseState.Open)).Lines.ShouldBeEmpty("it is explained");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_case_has_a_page_of_its_own_and_its_order_takes_refunds_again_once_it_is_closed(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var order = await world.PaidOrderAsync(account);
        await TellAsync(world, account, order, OrderEvent.PartWasRefunded);
        var line = (await world.Get<CaseQueries>().ListAsync(clerk, CaseState.Open)).Lines.ShouldHaveSingleItem();
        var sheet = (await world.Get<CaseQueries>().FindAsync(clerk, line.Case.Number))!;
        (sheet.OrderState, sheet.Paid.Minor, sheet.Line.MayClose).ShouldBe((OrderState.PartRefunded, 10_000L, true));
        sheet.Ours.ShouldBeEmpty();
        (await world.Get<RefundQueries>().OfferAsync(clerk, order.Id))!.Bar.ShouldBe(RefundBar.CaseOpen);
        (await world.Get<CaseCommands>().CloseAsync(clerk, new CaseAnswer
        {
            CaseId = line.Case.Id, SeenVersion = line.Case.Version, Explanation = "Station", Comment = "line 7",
            OutsideText = "25.00",
        })).ShouldBeOfType<CaseClosed.Done>();
        var offer = (await world.Get<RefundQueries>().OfferAsync(clerk, order.Id))!;
        (offer.Bar, offer.Refundable.Minor).ShouldBe((RefundBar.None, 7_500L));
        var admin = await world.PersonAsync("wang", Role.Admin);
        (await world.Get<CaseQueries>().FindAsync(admin, line.Case.Number)).ShouldBeNull();
    }

    [Theory]
    [InlineData(CaseKind.Refund, "RanOut", "Dispute")]
    [InlineData(CaseKind.Capture, "RanOut", "Mistake")]
    [InlineData(CaseKind.Void, "Dispute", "RanOut")]
    public void An_explanation_must_be_able_to_be_so(CaseKind kind, string not, string may)
    {
        CaseExplanations.Of(kind).ShouldNotContain(not);
        CaseExplanations.Of(kind).ShouldContain(may);
    }

    private static async Task TellAsync(World world, Account account, Order order, OrderEvent happened)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.tell", commit => commit.LearnAsync(
            account,
            new OrderFacts
            {
                MerchantId = account.MerchantId,
                MerchantNumber = order.MerchantNumber,
                ProviderNumber = order.ProviderNumber!,
                OrderedAt = order.OrderedAt,
                Amount = order.Amount,
                Event = happened,
                RawState = happened.ToString(),
            },
            OrderSource.Notification));
    }
}
