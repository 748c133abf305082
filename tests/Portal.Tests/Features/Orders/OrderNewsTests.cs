using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Cases;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.PreAuths;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Tests.Features.PreAuths;
using MerchantPortal.Portal.Tests.Features.Resolutions;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features;

/// <summary>What a provider's word about an order does to the operations on it.</summary>
public sealed class OrderNewsTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_notification_has_an_unknown_capture_asked_about_at_once_and_the_answer_settles_it(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var (operation, order) = await UnknownCaptureAsync(world, SignatureMode.Rsa);

        (await TakeAsync(world, $"{order.MerchantNumber} 100.00 PaymentSucceeded")).Status.ShouldBe(200);

        var told = await world.OperationAsync(operation.Id);
        (told.State, told.NextQuestionAt).ShouldBe((OperationState.Unknown, world.Clock.GetUtcNow()));
        (await EvidenceAsync(world, EvidenceKind.Notification)).ShouldBe([OperationEvent.Unclear]);
        world.Provider.OnHoldQuery = (r, t) => ScriptedProvider.Told(r, t, PreAuthState.Captured, "PR11");
        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
        (await world.BalanceAsync(order)).Paid.ShouldBe(10_000);
        world.Provider.Ended.ShouldHaveSingleItem();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task News_alone_settles_nothing_and_the_same_news_asks_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var (operation, order) = await UnknownCaptureAsync(world, SignatureMode.Rsa);
        await TakeAsync(world, $"{order.MerchantNumber} 100.00 PaymentSucceeded");
        await world.Get<OperationResolver>().AskNextAsync(default);
        var asked = await world.OperationAsync(operation.Id);
        asked.State.ShouldBe(OperationState.Unknown);

        await TakeAsync(world, $"{order.MerchantNumber} 100.00 PaymentSucceeded");
        await LearnAsync(world, order, OrderEvent.PaymentSucceeded, OrderSource.Notification, order.Amount);

        (await world.OperationAsync(operation.Id)).NextQuestionAt.ShouldBe(asked.NextQuestionAt);
        (await EvidenceAsync(world, EvidenceKind.Notification)).Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task News_that_is_not_believed_asks_all_the_same(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var (operation, order) = await UnknownCaptureAsync(world, SignatureMode.Rsa);

        await TakeAsync(world, $"{order.MerchantNumber} 99.99 PaymentSucceeded");
        (await world.OperationAsync(operation.Id)).NextQuestionAt.ShouldBe(world.Clock.GetUtcNow());

        await world.Get<OperationResolver>().AskNextAsync(default);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await TakeAsync(world, $"{order.MerchantNumber} 100.00 PaymentSucceeded", "outside=1");
        (await world.OperationAsync(operation.Id)).NextQuestionAt.ShouldBe(world.Clock.GetUtcNow());
        (await Held.OrderAsync(world, order.Id)).State.ShouldBe(OrderState.Held);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Md5_news_and_a_forged_call_leave_it_to_the_question_and_to_nobody(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var (operation, order) = await UnknownCaptureAsync(world, SignatureMode.Md5);
        var before = (await world.OperationAsync(operation.Id)).NextQuestionAt;

        var words = $"{order.MerchantNumber} 100.00 PaymentSucceeded";
        (await TakeAsync(world, SpokenNotifications.Message(words, signature: "bad"))).Status.ShouldBe(401);
        (await world.OperationAsync(operation.Id)).NextQuestionAt.ShouldBe(before);

        await TakeAsync(world, words);
        (await world.OperationAsync(operation.Id)).NextQuestionAt.ShouldBe(world.Clock.GetUtcNow());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_word_about_an_order_reaches_its_refund_and_no_other(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        var (clerk, reviewer) =
            (await world.PersonAsync("chen", Role.Clerk), await world.PersonAsync("li", Role.Reviewer));
        var orders = new[] { await world.PaidOrderAsync(account), await world.PaidOrderAsync(account) };
        var refunds = new List<Operation>();
        foreach (var order in orders)
        {
            refunds.Add(await world.ReadyAsync(clerk, reviewer, order));
            await world.Get<OperationSender>().SendNextAsync(default);
        }

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await LearnAsync(world, orders[0], OrderEvent.PartWasRefunded, OrderSource.Statement);

        (await world.OperationAsync(refunds[0].Id)).NextQuestionAt.ShouldBe(world.Clock.GetUtcNow());
        (await world.OperationAsync(refunds[1].Id)).NextQuestionAt.ShouldBe(world.Clock.GetUtcNow().AddSeconds(4));
        (await EvidenceAsync(world, EvidenceKind.Statement)).ShouldBe([OperationEvent.Unclear]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_refund_that_people_found_not_done_is_disputed_by_what_the_order_tells(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        await bench.SettleAsync(Verdict.Failed);

        await LearnAsync(bench.World, bench.Order, OrderEvent.PartWasRefunded, OrderSource.Notification);

        var row = await bench.RowAsync();
        (row.State, row.DisputedAt).ShouldBe((OperationState.ResolvedFailed, bench.World.Clock.GetUtcNow()));
        (await bench.World.Get<AttentionQueries>().ReadAsync(bench.He, AttentionTab.People)).Lines
            .ShouldContain(line => line.Line.Operation.Standing == OperationStanding.Disputed);
        (await bench.World.Get<CaseQueries>().ListAsync(bench.Clerk, CaseState.Open)).Lines.Count.ShouldBe(1);
        bench.World.Clock.Advance(TimeSpan.FromDays(30));
        (await bench.World.Get<VerdictWatch>().ReleaseNextAsync()).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_another_refund_accounts_for_disputes_no_verdict(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        await bench.SettleAsync(Verdict.Succeeded);

        await LearnAsync(bench.World, bench.Order, OrderEvent.PartWasRefunded, OrderSource.Notification);

        (await bench.RowAsync()).DisputedAt.ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_void_that_was_done_is_disputed_when_the_provider_says_paid(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await SentAsync(world, await HeldAsync(world, SignatureMode.Md5), Held.Void);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);

        await LearnAsync(world, order, OrderEvent.PaymentClosed, OrderSource.Notification);
        (await world.OperationAsync(operation.Id)).DisputedAt.ShouldBeNull();
        await LearnAsync(world, order, OrderEvent.PaymentSucceeded, OrderSource.Notification, order.Amount);

        var row = await world.OperationAsync(operation.Id);
        (row.State, row.DisputedAt).ShouldBe((OperationState.Succeeded, world.Clock.GetUtcNow()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_late_yes_disputes_what_people_found_not_done(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, reviewer) =
            (await world.PersonAsync("chen", Role.Clerk), await world.PersonAsync("li", Role.Reviewer));
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var bench = new ResolutionBench(world, order, await world.ReadyAsync(clerk, reviewer, order))
        {
            Clerk = clerk,
            Reviewer = reviewer,
            He = await world.PersonAsync("he", Role.Resolver),
            Wu = await world.PersonAsync("wu", Role.Resolver),
        };
        world.Provider.OnSend = (_, t) => new ProviderOutcome.Done(t) { ProviderCode = "TKSUCC0006" };
        world.Provider.WhileSending = async () =>
        {
            world.Clock.Advance(TimeSpan.FromMinutes(2));
            (await world.Get<OperationSender>().SweepAsync()).ShouldBeTrue();
            world.Clock.Advance(TimeSpan.FromHours(3));
            await world.Get<OperationResolver>().AskNextAsync(default);
            await bench.SettleAsync(Verdict.Failed);
        };

        await world.Get<OperationSender>().SendNextAsync(default);

        var row = await bench.RowAsync();
        (row.State, row.DisputedAt).ShouldBe((OperationState.ResolvedFailed, world.Clock.GetUtcNow()));
        (await world.BalanceAsync(order)).Reserved.ShouldBe(1230);
    }

    private static async Task<(Operation Operation, Order Order)> UnknownCaptureAsync(
        World world, SignatureMode signature)
    {
        world.Provider.OnEnd = (_, t) => new ProviderOutcome.Unknown(t, ProviderError.TimedOut);
        var (operation, order) =
            await SentAsync(world, await HeldAsync(world, signature), order => Held.Capture(order, "100.00"));
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Unknown);
        return (operation, order);
    }

    /// <summary>A held order whose provider's number is the one that spoken notifications tell.</summary>
    private static async Task<Order> HeldAsync(World world, SignatureMode signature)
    {
        var account = await world.AccountAsync(signature: signature);
        var learnt = await Held.LearnAsync(
            world, account,
            Held.Facts(world, account, "HN-1", 10_000) with
            {
                ProviderNumber = "SP-HN-1",
                Event = OrderEvent.PaymentAuthorised,
            },
            OrderSource.Statement);
        return await Held.OrderAsync(world, learnt.OrderId!.Value);
    }

    private static async Task<(Operation Operation, Order Order)> SentAsync(
        World world, Order order, Func<Order, HoldForm> form)
    {
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var operation = await Held.ReadyAsync(world, clerk, reviewer, form(order));
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        return (operation, order);
    }

    private static Task<Acknowledgement> TakeAsync(World world, string words, string query = "") =>
        TakeAsync(world, SpokenNotifications.Message(words, query: query));

    private static async Task<Acknowledgement> TakeAsync(World world, InboundMessage message) =>
        await world.Get<InboundCommands>().TakeAsync(
            await world.TheAccountAsync(), world.Provider.Notifications!, message, "127.0.0.1");

    private static async Task LearnAsync(
        World world, Order order, OrderEvent happened, OrderSource source, Money? paid = null) =>
        await Held.LearnAsync(
            world, await world.TheAccountAsync(),
            Held.Facts(world, await world.TheAccountAsync(), order.MerchantNumber, order.AmountMinor) with
            {
                OrderedAt = order.OrderedAt,
                ProviderNumber = order.ProviderNumber!,
                Paid = paid,
                Event = happened,
                RawState = happened.ToString(),
            },
            source);

    private static Task<List<OperationEvent>> EvidenceAsync(World world, EvidenceKind kind) => world.ReadAsync(
        db => db.Set<Evidence>().Where(row => row.Kind == kind).Select(row => row.Proves).ToListAsync());
}
