using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.PreAuths;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Features.PreAuths;

public sealed class HoldSendingTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_partial_capture_that_is_done_is_what_was_paid(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world, order => Held.Capture(order, "60.00"));

        await SendAsync(world);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
        (await Held.OrderAsync(world, order.Id)).State.ShouldBe(OrderState.Paid);
        var balance = await world.BalanceAsync(order);
        (balance.Paid, balance.Reserved, balance.Refundable).ShouldBe((6000, 0, 6000));
        var (isVoid, request) = world.Provider.Ended.ShouldHaveSingleItem();
        (isVoid, request.Amount.Minor, request.Authorised.Minor).ShouldBe((false, 6000, 10_000));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_void_that_is_done_closes_the_order(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world, Held.Void);

        await SendAsync(world);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
        (await Held.OrderAsync(world, order.Id)).State.ShouldBe(OrderState.Closed);
        (await world.BalanceAsync(order)).Paid.ShouldBe(0);
        world.Provider.Ended.ShouldHaveSingleItem().IsVoid.ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_definite_no_leaves_the_amount_held_and_makes_room_for_another_request(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world, Held.Void);
        world.Provider.OnEnd = (_, t) => new ProviderOutcome.Refused(t, ProviderError.Declined);

        await SendAsync(world);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Failed);
        (await Held.OrderAsync(world, order.Id)).State.ShouldBe(OrderState.Held);
        var clerk = await world.PersonAsync("sun", Role.Clerk);
        (await Held.RequestAsync(world, clerk, Held.Capture(order, "1.00"))).ShouldBeOfType<HoldRequested.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_questions_an_unknown_capture_goes_to_people_and_is_never_sent_again(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        world.Provider.CanQuery = false;
        world.Provider.SettleTime = TimeSpan.FromMinutes(30);
        world.Provider.OnHoldQuery = (_, _) => throw new InvalidOperationException("nobody may ask");
        var (operation, order) = await ReadyAsync(world, order => Held.Capture(order, "60.00"));
        world.Provider.OnEnd = (_, t) => new ProviderOutcome.Unknown(t, ProviderError.TimedOut);

        await SendAsync(world);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Unknown);
        for (var minute = 0; minute < 31; minute++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            await world.Get<OperationResolver>().AskNextAsync(default);
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
        }

        var row = await world.OperationAsync(operation.Id);
        (row.State, row.NextQuestionAt).ShouldBe((OperationState.NeedsPerson, null));
        (await Held.OrderAsync(world, order.Id)).State.ShouldBe(OrderState.Held);
        world.Provider.Ended.ShouldHaveSingleItem();
        var clerk = await world.PersonAsync("sun", Role.Clerk);
        (await Held.RequestAsync(world, clerk, Held.Void(order))).ShouldBeOfType<HoldRequested.AnotherIsOpen>();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, PreAuthState.Captured, OperationState.Succeeded, OrderState.Paid)]
    [InlineData(DatabaseKind.Postgres, PreAuthState.Captured, OperationState.Succeeded, OrderState.Paid)]
    [InlineData(DatabaseKind.Sqlite, PreAuthState.CaptureFailed, OperationState.Failed, OrderState.Held)]
    [InlineData(DatabaseKind.Sqlite, PreAuthState.Capturing, OperationState.Accepted, OrderState.Held)]
    [InlineData(DatabaseKind.Sqlite, PreAuthState.Held, OperationState.Unknown, OrderState.Held)]
    [InlineData(DatabaseKind.Sqlite, PreAuthState.Cancelled, OperationState.NeedsPerson, OrderState.Held)]
    public async Task A_question_settles_an_unknown_capture_as_far_as_it_tells(
        DatabaseKind kind, PreAuthState told, OperationState ends, OrderState orderEnds)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world, order => Held.Capture(order, "60.00"));
        world.Provider.OnEnd = (_, t) => new ProviderOutcome.Unknown(t, ProviderError.TimedOut);
        world.Provider.OnHoldQuery = (r, t) => ScriptedProvider.Told(r, t, told, "PR");

        await SendAsync(world);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();

        (await world.OperationAsync(operation.Id)).State.ShouldBe(ends);
        (await Held.OrderAsync(world, order.Id)).State.ShouldBe(orderEnds);
        (await world.BalanceAsync(order)).Paid.ShouldBe(orderEnds == OrderState.Paid ? 6000 : 0);
        world.Provider.Ended.ShouldHaveSingleItem();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Four_senders_over_two_processes_send_a_capture_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await ReadyAsync(world, order => Held.Capture(order, "60.00"));
        await using var second = world.SecondNode();
        var senders = new[] { world.Get<OperationSender>(), second.Services.GetRequiredService<OperationSender>() };

        await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(i => Task.Run(() => senders[i % 2].SendNextAsync(default))));

        world.Provider.Ended.ShouldHaveSingleItem();
        (await world.ReadAsync(db => db.Set<Attempt>().CountAsync())).ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_is_no_longer_held_is_refused_here_before_any_byte_leaves(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world, order => Held.Capture(order, "60.00"));
        await Held.LearnAsync(
            world, await world.TheAccountAsync(),
            Held.Facts(world, await world.TheAccountAsync(), order.MerchantNumber, order.AmountMinor) with
            {
                OrderedAt = order.OrderedAt,
                ProviderNumber = order.ProviderNumber!,
                Event = OrderEvent.PaymentClosed,
                RawState = "2006",
            },
            OrderSource.Notification);

        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();

        var row = await world.OperationAsync(operation.Id);
        (row.State, row.Problem, row.Attempts)
            .ShouldBe((OperationState.Rejected, OperationProblem.HoldEnded, 0));
        OperationStandings.Of(row).ShouldBe(OperationStanding.HoldEnded);
        world.Provider.Ended.ShouldBeEmpty();
        (await world.ReadAsync(db => db.Set<Attempt>().CountAsync())).ShouldBe(0);
        (await world.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry =>
            entry.Subject == row.Subject && entry.Details.Contains("HoldEnded")))).ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_claim_itself_refuses_what_stopped_being_held_after_it_was_looked_at(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world, order => Held.Capture(order, "60.00"));
        await using var db = await world.Factory.CreateDbContextAsync();

        var won = await db.CommitAsync(Actor.Job("test"), "test.claim", async commit =>
        {
            await db.Set<Order>().Where(row => row.Id == order.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, OrderState.Closed));
            return await commit.MoveAsync(operation, OperationEvent.Claim, change => change.WhileHeld = true);
        });

        won.ShouldBeFalse();
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Ready);
    }

    private static async Task SendAsync(World world) =>
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();

    private static async Task<(Operation Operation, Order Order)> ReadyAsync(
        World world, Func<Order, HoldForm> form)
    {
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await Held.OrderAsync(world, await world.AccountAsync());
        return (await Held.ReadyAsync(world, clerk, reviewer, form(order)), order);
    }
}
