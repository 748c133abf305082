using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.PreAuths;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features.PreAuths;

/// <summary>Held orders and requests about them.</summary>
internal static class Held
{
    private static int numbers;

    /// <summary>An order whose amount its provider says is held.</summary>
    public static async Task<Order> OrderAsync(
        World world, Account account, long minor = 10_000, DateTimeOffset? at = null, string method = "")
    {
        var number = $"HO{Interlocked.Increment(ref numbers):D6}";
        var id = await LearnAsync(world, account, Facts(world, account, number, minor) with
        {
            Event = OrderEvent.PaymentAuthorised,
            PaidAt = at ?? world.Clock.GetUtcNow().AddHours(-1),
            Method = method,
        }, OrderSource.Statement);
        return await OrderAsync(world, id.OrderId!.Value);
    }

    public static Task<Order> OrderAsync(World world, Guid id) =>
        world.ReadAsync(db => db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == id));

    public static Task<Hold> HoldAsync(World world, Order order) =>
        world.ReadAsync(db => db.Set<Hold>().AsNoTracking().SingleAsync(row => row.OrderId == order.Id));

    public static OrderFacts Facts(World world, Account account, string number, long minor) => new()
    {
        MerchantId = account.MerchantId,
        MerchantNumber = number,
        ProviderNumber = $"9{number}",
        OrderedAt = world.Clock.GetUtcNow().AddHours(-1),
        Amount = new Money(minor, account.CurrencyList[0]),
        Event = OrderEvent.PaymentSucceeded,
        RawState = "1",
    };

    public static async Task<(Learnt Learnt, Guid? OrderId)> LearnAsync(
        World world, Account account, OrderFacts facts, OrderSource source)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        return await db.CommitAsync(
            Actor.Job("test"), "test.hold", commit => commit.LearnAsync(account, facts, source));
    }

    public static HoldForm Capture(Order order, string amount) => new()
    {
        CommandId = Guid.CreateVersion7(),
        OrderId = order.Id,
        Kind = OperationKind.Capture,
        AmountText = amount,
        SeenState = OrderState.Held,
        SeenAuthorised = order.AmountMinor,
        SeenVersion = 0,
        Comment = "two of three were shipped",
    };

    public static HoldForm Void(Order order) =>
        Capture(order, "") with { Kind = OperationKind.Void, Reason = "Cancelled" };

    public static Task<HoldRequested> RequestAsync(World world, Actor actor, HoldForm form) =>
        world.Get<PreAuthCommands>().RequestAsync(actor, form);

    /// <summary>A capture or void that is approved and waits for its sender.</summary>
    public static async Task<Operation> ReadyAsync(World world, Actor clerk, Actor reviewer, HoldForm form)
    {
        var asked = (await RequestAsync(world, clerk, form)).ShouldBeOfType<HoldRequested.Asked>();
        (await world.DecideAsync(reviewer, await world.OperationAsync(asked.Id))).ShouldBeOfType<Decided.Done>();
        return await world.OperationAsync(asked.Id);
    }
}
