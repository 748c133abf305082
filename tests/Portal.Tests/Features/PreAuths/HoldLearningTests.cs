using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features.PreAuths;

/// <summary>How held orders come in, and what the provider's later words change about them.</summary>
public sealed class HoldLearningTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_provider_says_that_an_amount_is_held(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        var at = world.Clock.GetUtcNow().AddDays(-3);

        var order = await Held.OrderAsync(world, account, at: at);
        var visa = await Held.OrderAsync(world, account, at: at, method: "30 visa");

        (order.State, order.PaidAt).ShouldBe((OrderState.Held, null));
        (await world.BalanceAsync(order)).Paid.ShouldBe(0);
        var hold = await Held.HoldAsync(world, order);
        (hold.AuthorisedAt, hold.EndsAt).ShouldBe((at, at.AddDays(29)));
        (await Held.HoldAsync(world, visa)).EndsAt.ShouldBe(at.AddDays(6));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Where_no_question_tells_of_holds_the_shop_does(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        world.Provider.CanQuery = false;
        var account = await world.AccountAsync();

        await ImportAsync(world, account, "H1,2026-11-19 10:00:00,80.00,CNY,Visa,packing,U-9,2026-11-19 10:01:00\n");

        var order = await world.ReadAsync(db => db.Set<Order>().SingleAsync());
        (order.State, order.NextQuestionAt).ShouldBe((OrderState.Held, null));
        var hold = await Held.HoldAsync(world, order);
        (hold.PayerId, hold.AuthorisedAt).ShouldBe(("U-9", new DateTimeOffset(2026, 11, 19, 2, 1, 0, TimeSpan.Zero)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Where_a_question_tells_of_holds_it_alone_decides(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        await ImportAsync(world, account, "H1,2026-11-19 10:00:00,80.00,CNY,D,packing,,2026-11-19 10:01:00\n");
        (await OrderAsync(world)).State.ShouldBe(OrderState.AwaitingPayment);

        world.Provider.OnHoldQuery = (r, t) => ScriptedProvider.Told(r, t, PreAuthState.Open, "2003");
        await world.Get<OrderAsker>().AskNextAsync(default);
        (await OrderAsync(world)).State.ShouldBe(OrderState.Processing);

        world.Provider.OnHoldQuery = (r, t) => ScriptedProvider.Told(r, t, PreAuthState.Held, "PR07");
        world.Clock.Advance(TimeSpan.FromHours(6));
        await world.Get<OrderAsker>().AskNextAsync(default);
        var held = await OrderAsync(world);
        (held.State, held.RawState).ShouldBe((OrderState.Held, "PR07"));

        // Nobody notifies that it ran out, so the question is put again.
        world.Provider.OnHoldQuery = (r, t) => ScriptedProvider.Told(r, t, PreAuthState.Expired, "2006");
        world.Clock.Advance(TimeSpan.FromHours(6));
        await world.Get<OrderAsker>().AskNextAsync(default);
        var ended = await OrderAsync(world);
        (ended.State, ended.NextQuestionAt).ShouldBe((OrderState.Closed, null));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_later_file_tells_the_payer_number_and_never_changes_one(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        const string line = "H1,2026-11-19 10:00:00,80.00,CNY,D,packing,";

        await ImportAsync(world, account, $"{line},2026-11-19 10:01:00\n");
        await ImportAsync(world, account, $"{line}U-1,2026-11-19 10:01:00\n");
        await ImportAsync(world, account, $"{line}U-2,2026-11-19 10:01:00\n");

        (await Held.HoldAsync(world, await OrderAsync(world))).PayerId.ShouldBe("U-1");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task News_of_our_partial_capture_agrees_with_the_books(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        var order = await Held.OrderAsync(world, account);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        await Held.ReadyAsync(world, clerk, reviewer, Held.Capture(order, "60.00"));
        await world.Get<OperationSender>().SendNextAsync(default);

        (await TellPaidAsync(world, account, order, 6000)).ShouldBe(Learnt.NothingNew);
        (await TellPaidAsync(world, account, order, 10_000)).ShouldBe(Learnt.Differs);
        (await TellPaidAsync(world, account, order, 5999)).ShouldBe(Learnt.Differs);

        (await world.BalanceAsync(order)).Paid.ShouldBe(6000);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task News_of_a_capture_that_came_first_is_not_booked_twice(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        var order = await Held.OrderAsync(world, account);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        await Held.ReadyAsync(world, clerk, reviewer, Held.Capture(order, "60.00"));
        world.Provider.WhileSending = async () =>
            (await TellPaidAsync(world, account, order, 6000)).ShouldBe(Learnt.Changed);

        await world.Get<OperationSender>().SendNextAsync(default);

        (await world.ReadAsync(db => db.Set<Operation>().SingleAsync())).State.ShouldBe(OperationState.Succeeded);
        (await world.BalanceAsync(order)).Paid.ShouldBe(6000);
        (await Held.OrderAsync(world, order.Id)).State.ShouldBe(OrderState.Paid);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task More_than_was_held_or_a_part_of_a_plain_order_is_never_believed(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        var order = await Held.OrderAsync(world, account);
        var plain = await world.PaidOrderAsync(account);

        (await TellPaidAsync(world, account, order, 10_001)).ShouldBe(Learnt.Differs);
        (await TellPaidAsync(world, account, plain, 6000)).ShouldBe(Learnt.Differs);

        (await world.BalanceAsync(order)).Paid.ShouldBe(0);
    }

    private static async Task<Learnt> TellPaidAsync(World world, Account account, Order order, long minor) =>
        (await Held.LearnAsync(
            world, account,
            Held.Facts(world, account, order.MerchantNumber, order.AmountMinor) with
            {
                OrderedAt = order.OrderedAt,
                ProviderNumber = order.ProviderNumber!,
                Paid = new Money(minor, order.Amount.Currency),
                PaidAt = world.Clock.GetUtcNow(),
            },
            OrderSource.Notification)).Learnt;

    private static Task<Order> OrderAsync(World world) =>
        world.ReadAsync(db => db.Set<Order>().AsNoTracking().SingleAsync());

    private static async Task ImportAsync(World world, Account account, string lines)
    {
        var clerk = await world.PersonAsync($"clerk{Guid.CreateVersion7():N}", Role.Clerk);
        var file = "order_no,time,amount,currency,method,shop_state,payer_id,held_at\n" + lines;
        var done = await world.Get<OrderImport>()
            .ImportAsync(clerk, account.Id, "holds.csv", Encoding.UTF8.GetBytes(file));
        done.ShouldBeOfType<Imported.Done>().Quarantined.ShouldBe(0);
    }
}
