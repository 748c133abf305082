using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.PreAuths;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Tests.Features.PreAuths;

public sealed class PlanTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_plan_is_set_changed_and_taken_away_by_who_may(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await Held.OrderAsync(world, await world.AccountAsync());
        var plans = world.Get<PlanCommands>();
        var at = world.Clock.GetUtcNow().AddDays(2);

        (await plans.PlanAsync(reviewer, new(order.Id, "60.00", at, 0))).ShouldBe(PlanResult.NoRight);
        (await plans.PlanAsync(clerk, new(order.Id, "60.00", at, 0))).ShouldBe(PlanResult.Planned);
        var hold = await Held.HoldAsync(world, order);
        (hold.PlannedMinor, hold.PlannedAt, hold.PlannedBy, hold.Version).ShouldBe((6000, at, "chen", 1));

        (await plans.PlanAsync(clerk, new(order.Id, "70.00", at, 0))).ShouldBe(PlanResult.PageIsStale);
        (await plans.PlanAsync(clerk, new(order.Id, "100.01", at, 1))).ShouldBe(PlanResult.TooMuch);
        (await plans.PlanAsync(clerk, new(order.Id, "seven", at, 1))).ShouldBe(PlanResult.AmountUnreadable);
        (await plans.PlanAsync(clerk, new(order.Id, "70.00", hold.EndsAt.AddSeconds(1), 1)))
            .ShouldBe(PlanResult.TimeOutside);
        (await plans.PlanAsync(clerk, new(order.Id, "70.00", world.Clock.GetUtcNow().AddSeconds(-1), 1)))
            .ShouldBe(PlanResult.TimeOutside);
        (await plans.PlanAsync(clerk, new(order.Id, " ", at, 1))).ShouldBe(PlanResult.Planned);
        hold = await Held.HoldAsync(world, order);
        (hold.PlannedMinor, hold.PlannedAt, hold.PlannedBy).ShouldBe(((long?)null, (DateTimeOffset?)null, ""));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nothing_is_planned_for_what_is_not_held_any_more(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await Held.OrderAsync(world, await world.AccountAsync());

        await world.SqlAsync("UPDATE orders SET \"State\" = 'Closed'");
        (await world.Get<PlanCommands>().PlanAsync(clerk, new(order.Id, "60.00", null, 0)))
            .ShouldBe(PlanResult.NotHeld);
        (await world.Get<PlanCommands>().PlanAsync(clerk, new(Guid.CreateVersion7(), "60.00", null, 0)))
            .ShouldBe(PlanResult.NoSuchHold);
    }
}
