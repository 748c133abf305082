using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features;

/// <summary>The scripted protocol tries six times, ten minutes apart: its window closes after an hour.</summary>
public sealed class OrderWindowTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(60);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_open_order_is_asked_about_once_the_window_has_closed(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var order = await WaitingAsync(world);
        var windows = world.Get<OrderWindows>();

        (await windows.LookAsync(default)).ShouldBeTrue();
        (await NextAsync(world)).ShouldBeNull();
        (await windows.LookAsync(default)).ShouldBeFalse();

        world.Clock.Advance(Window - TimeSpan.FromMinutes(1));
        await windows.LookAsync(default);
        (await NextAsync(world)).ShouldBeNull();

        world.Clock.Advance(TimeSpan.FromMinutes(11));
        await windows.LookAsync(default);
        (await NextAsync(world)).ShouldBe(world.Clock.GetUtcNow());

        world.Provider.OnFind = (_, t) => new QueryAnswer<OrderFacts>.Told(t, Facts(order));
        (await world.Get<OrderAsker>().AskNextAsync(default)).ShouldBeTrue();
        var paid = await world.ReadAsync(db => db.Set<Order>().AsNoTracking().SingleAsync());
        (paid.State, paid.NextQuestionAt).ShouldBe((OrderState.Paid, (DateTimeOffset?)null));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_start_after_a_long_night_asks_at_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        await WaitingAsync(world);
        world.Clock.Advance(TimeSpan.FromHours(12));

        await using var second = world.SecondNode();
        await ((OrderWindows)second.Services.GetService(typeof(OrderWindows))!).LookAsync(default);

        (await NextAsync(world)).ShouldBe(world.Clock.GetUtcNow());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Questions_go_on_every_ten_minutes_for_a_day_and_then_every_six_hours(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var order = await WaitingAsync(world);
        world.Clock.Advance(Window + TimeSpan.FromMinutes(1));
        await world.Get<OrderWindows>().LookAsync(default);
        var asker = world.Get<OrderAsker>();

        (await asker.AskNextAsync(default)).ShouldBeTrue();
        (await NextAsync(world)).ShouldBe(world.Clock.GetUtcNow() + OrderWindows.Every);

        world.Clock.Advance(order.OrderedAt + Window + TimeSpan.FromDays(1) - world.Clock.GetUtcNow());
        (await asker.AskNextAsync(default)).ShouldBeTrue();
        (await NextAsync(world)).ShouldBe(world.Clock.GetUtcNow() + OrderWindows.Later);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Final_orders_and_young_ones_are_left_alone(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        await world.PaidOrderAsync(account);
        world.Clock.Advance(TimeSpan.FromDays(2));

        await world.Get<OrderWindows>().LookAsync(default);

        (await NextAsync(world)).ShouldBeNull();
    }

    [Fact]
    public async Task A_question_before_the_window_closes_never_jumps_over_its_end()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite, new SpokenNotifications());
        var now = world.Clock.GetUtcNow();
        var ordered = now - TimeSpan.FromMinutes(40);

        OrderWindows.NextQuestion(world.Provider, ordered, now.AddHours(6), now).ShouldBe(ordered + Window);
        OrderWindows.NextQuestion(world.Provider, ordered, now.AddMinutes(5), now).ShouldBe(now.AddMinutes(5));
        OrderWindows.NextQuestion(new ScriptedProvider(world.Clock), ordered, now.AddHours(6), now)
            .ShouldBe(now.AddHours(6));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_orders_page_tells_the_tries_and_when_the_window_closes(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var order = await WaitingAsync(world);
        world.Clock.Advance(TimeSpan.FromMinutes(25));

        var retries = (await world.Get<OrderDetailQueries>().ReadAsync(clerk, order.Id))!.Retries!;

        (retries.Left, retries.All, retries.IsOver).ShouldBe((3, 6, false));
        retries.ClosesAt.ShouldBe(order.OrderedAt + Window);
    }

    /// <summary>An order of this instant that nobody has asked about, and nobody is due to.</summary>
    private static async Task<Order> WaitingAsync(World world)
    {
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var now = world.Clock.GetUtcNow();
        await using var db = await world.Factory.CreateDbContextAsync();
        return await db.CommitAsync(Actor.Job("test"), "test.order", _ =>
        {
            var order = new Order
            {
                Id = Guid.CreateVersion7(), Number = "P1", AccountId = account.Id, Provider = account.Provider,
                MerchantNumber = "NO-1", OrderedAt = now, AmountMinor = 12300, Currency = "CNY",
                State = OrderState.AwaitingPayment, Source = OrderSource.Import, CreatedAt = now, ChangedAt = now,
            };
            db.Add(order);
            db.Add(new OrderBalance { OrderId = order.Id });
            return Task.FromResult(order);
        });
    }

    private static Task<DateTimeOffset?> NextAsync(World world) =>
        world.ReadAsync(db => db.Set<Order>().Select(row => row.NextQuestionAt).SingleAsync());

    private static OrderFacts Facts(Order order) => new()
    {
        MerchantId = "100020091218001",
        MerchantNumber = order.MerchantNumber,
        ProviderNumber = "SP-1",
        OrderedAt = null,
        Amount = order.Amount,
        Paid = order.Amount,
        Event = OrderEvent.PaymentSucceeded,
        RawState = "1",
    };
}
