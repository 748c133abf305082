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

public sealed class PreAuthCommandTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_partial_capture_waits_for_a_second_person_with_its_exact_terms(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, order) = await StartAsync(world);

        var asked = (await Held.RequestAsync(world, clerk, Held.Capture(order, "60.05")))
            .ShouldBeOfType<HoldRequested.Asked>();

        var operation = await world.OperationAsync(asked.Id);
        (operation.Kind, operation.AmountMinor, operation.State)
            .ShouldBe((OperationKind.Capture, 6005, OperationState.PendingApproval));
        operation.Number.ShouldStartWith("C");
        OperationDetails.Read<HoldDetails>(operation.Details).PayerId.ShouldBeEmpty();
        (await world.BalanceAsync(order)).ShouldSatisfyAllConditions(
            balance => balance.Paid.ShouldBe(0), balance => balance.Reserved.ShouldBe(0));
        (await Held.OrderAsync(world, order.Id)).State.ShouldBe(OrderState.Held);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_void_is_always_whole_and_has_a_managed_reason(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, order) = await StartAsync(world);

        (await Held.RequestAsync(world, clerk, Held.Void(order) with { Reason = "" }))
            .ShouldBe(new HoldRequested.ReasonMissing());
        (await Held.RequestAsync(world, clerk, Held.Void(order) with { Reason = "made up" }))
            .ShouldBe(new HoldRequested.ReasonMissing());
        var asked = (await Held.RequestAsync(world, clerk, Held.Void(order) with { AmountText = "1.00" }))
            .ShouldBeOfType<HoldRequested.Asked>();

        (await world.OperationAsync(asked.Id)).AmountMinor.ShouldBe(order.AmountMinor);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("12.345")]
    [InlineData("1e3")]
    [InlineData("")]
    public async Task An_amount_that_is_not_one_is_refused(string amount)
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var (clerk, order) = await StartAsync(world);

        (await Held.RequestAsync(world, clerk, Held.Capture(order, amount)))
            .ShouldBe(new HoldRequested.AmountUnreadable(order.Amount.Currency));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task More_than_is_held_is_refused_and_the_refusal_is_in_the_audit(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, order) = await StartAsync(world);

        (await Held.RequestAsync(world, clerk, Held.Capture(order, "100.01")))
            .ShouldBe(new HoldRequested.TooMuch(order.Amount));
        (await Held.RequestAsync(world, clerk, Held.Capture(order, "100.00"))).ShouldBeOfType<HoldRequested.Asked>();

        var refused = await world.ReadAsync(db => db.Set<AuditEntry>()
            .Where(row => row.Action == "preauth.capture" && row.Outcome == AuditOutcome.Refused).CountAsync());
        refused.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Only_who_may_and_only_while_it_is_held(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, order) = await StartAsync(world);
        var account = await world.AccountAsync("100020091218002");
        var paid = await world.PaidOrderAsync(account);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);

        (await Held.RequestAsync(world, reviewer, Held.Capture(order, "1.00")))
            .ShouldBe(new HoldRequested.NoRight(Permission.PreAuthsRequest));
        (await Held.RequestAsync(world, clerk, Held.Capture(paid, "1.00"))).ShouldBe(new HoldRequested.NoSuchHold());

        await world.SqlAsync("UPDATE orders SET \"State\" = 'Closed' WHERE \"Id\" = (SELECT \"OrderId\" FROM holds)");
        (await Held.RequestAsync(world, clerk, Held.Capture(order, "1.00")))
            .ShouldBe(new HoldRequested.NotHeld(OrderState.Closed));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_page_that_is_older_than_the_plan_is_refused(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, order) = await StartAsync(world);
        var form = Held.Capture(order, "60.00");

        (await world.Get<PlanCommands>().PlanAsync(clerk, new(order.Id, "80.00", null, 0)))
            .ShouldBe(PlanResult.Planned);
        (await Held.RequestAsync(world, clerk, form)).ShouldBe(new HoldRequested.PageIsStale());
        (await Held.RequestAsync(world, clerk, form with { SeenVersion = 1, SeenAuthorised = 1 }))
            .ShouldBe(new HoldRequested.PageIsStale());
        (await Held.RequestAsync(world, clerk, form with { SeenVersion = 1 })).ShouldBeOfType<HoldRequested.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_intention_twice_is_one_request_and_another_one_is_named(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, order) = await StartAsync(world);
        var form = Held.Capture(order, "60.00");

        var asked = await Held.RequestAsync(world, clerk, form);
        (await Held.RequestAsync(world, clerk, form)).ShouldBe(asked);
        var other = (await Held.RequestAsync(world, clerk, Held.Void(order)))
            .ShouldBeOfType<HoldRequested.AnotherIsOpen>();

        (other.Number, other.Kind).ShouldBe((((HoldRequested.Asked)asked).Number, OperationKind.Capture));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_request_taken_back_makes_room_for_another(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, order) = await StartAsync(world);
        var other = await world.PersonAsync("zhou", Role.Clerk);
        var asked = (HoldRequested.Asked)await Held.RequestAsync(world, clerk, Held.Capture(order, "60.00"));

        (await world.Get<OperationCommands>().WithdrawAsync(other, asked.Id)).ShouldBeFalse();
        (await world.Get<OperationCommands>().WithdrawAsync(clerk, asked.Id)).ShouldBeTrue();
        (await world.Get<OperationCommands>().WithdrawAsync(clerk, asked.Id)).ShouldBeFalse();

        (await world.OperationAsync(asked.Id)).State.ShouldBe(OperationState.Rejected);
        (await Held.RequestAsync(world, clerk, Held.Void(order))).ShouldBeOfType<HoldRequested.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_captures_and_a_void_at_once_over_two_processes_give_one(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, _) = await StartAsync(world);
        var account = await world.AccountAsync("100020091218002");
        await using var second = world.SecondNode();
        await using var scope = second.Services.CreateAsyncScope();
        PreAuthCommands[] commands =
            [world.Get<PreAuthCommands>(), scope.ServiceProvider.GetRequiredService<PreAuthCommands>()];
        for (var round = 0; round < 4; round++)
        {
            var order = await Held.OrderAsync(world, account);
            HoldForm[] forms = [Held.Capture(order, "60.00"), Held.Capture(order, "100.00"), Held.Void(order)];
            using var barrier = new Barrier(forms.Length);

            var results = await Task.WhenAll(forms.Select((form, i) => Task.Factory.StartNew(
                () =>
                {
                    barrier.SignalAndWait();
                    return commands[i % 2].RequestAsync(clerk, form);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            results.Count(result => result is HoldRequested.Asked).ShouldBe(1);
            results.Count(result => result is HoldRequested.AnotherIsOpen).ShouldBe(2);
            (await world.ReadAsync(db => db.Set<Operation>().CountAsync(row => row.OrderId == order.Id))).ShouldBe(1);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_payer_number_comes_from_the_shop_or_is_typed_and_is_kept_with_the_terms(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        world.Provider.NeedsPayer = true;
        var (clerk, order) = await StartAsync(world);

        (await Held.RequestAsync(world, clerk, Held.Capture(order, "60.00")))
            .ShouldBe(new HoldRequested.PayerMissing());
        (await Held.RequestAsync(world, clerk, Held.Capture(order, "60.00") with { PayerId = "a b" }))
            .ShouldBe(new HoldRequested.PayerMissing());
        var typed = await Held.RequestAsync(world, clerk, Held.Capture(order, "60.00") with { PayerId = " U-77 " });
        (await PayerAsync(world, typed)).ShouldBe("U-77");

        var told = await Held.OrderAsync(world, await world.AccountAsync("100020091218002"));
        await world.SqlAsync($"UPDATE holds SET \"PayerId\" = 'U-1' WHERE \"PayerId\" = ''");
        var fromFile = await Held.RequestAsync(world, clerk, Held.Capture(told, "60.00") with { PayerId = "U-2" });
        (await PayerAsync(world, fromFile)).ShouldBe("U-1");
    }

    [Fact]
    public async Task An_unconfirmed_interface_is_refused_until_it_is_switched_on()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite, clock => new ScriptedProvider(clock)
        {
            Unconfirmed = [ProviderInterface.PreAuthorisations],
        });
        var (clerk, order) = await StartAsync(world);

        await world.SqlAsync("UPDATE accounts SET \"Mode\" = 'Live'");

        // Another process has not read the account before.
        await using var second = world.SecondNode();
        await using var scope = second.Services.CreateAsyncScope();
        var commands = scope.ServiceProvider.GetRequiredService<PreAuthCommands>();
        (await commands.RequestAsync(clerk, Held.Void(order))).ShouldBe(new HoldRequested.SwitchedOff());
    }

    private static async Task<string> PayerAsync(World world, HoldRequested result)
    {
        var operation = await world.OperationAsync(result.ShouldBeOfType<HoldRequested.Asked>().Id);
        return OperationDetails.Read<HoldDetails>(operation.Details).PayerId;
    }

    private static async Task<(Actor Clerk, Order Order)> StartAsync(World world) =>
        (await world.PersonAsync("chen", Role.Clerk), await Held.OrderAsync(world, await world.AccountAsync()));
}
