using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Safety;

public sealed class RefundRequestTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_request_reserves_the_money_and_waits_for_a_second_person(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 10_000);

        var operation = await world.AskedAsync(clerk, order, "12.30");

        operation.State.ShouldBe(OperationState.PendingApproval);
        operation.AmountMinor.ShouldBe(1230);
        var balance = await world.BalanceAsync(order);
        (balance.Paid, balance.Reserved, balance.Refunded).ShouldBe((10_000, 1230, 0));
        world.Provider.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0", typeof(RefundRequested.AmountUnreadable))]
    [InlineData("-1", typeof(RefundRequested.AmountUnreadable))]
    [InlineData("1.005", typeof(RefundRequested.AmountUnreadable))]
    [InlineData("1e3", typeof(RefundRequested.AmountUnreadable))]
    [InlineData("１００", typeof(RefundRequested.AmountUnreadable))]
    [InlineData("1,000.00", typeof(RefundRequested.AmountUnreadable))]
    [InlineData("", typeof(RefundRequested.AmountUnreadable))]
    [InlineData("100.01", typeof(RefundRequested.TooMuch))]
    public async Task A_wrong_amount_is_refused_and_nothing_is_reserved(string amount, Type refusal)
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 10_000);

        var result = await world.Get<RefundCommands>().RequestAsync(clerk, World.Form(order, amount, 10_000));

        result.ShouldBeOfType(refusal);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(0);
        (await world.ReadAsync(db => db.Set<Operation>().CountAsync())).ShouldBe(0);
        var audit = await world.ReadAsync(db => db.Set<AuditEntry>().OrderBy(row => row.Seq).LastAsync());
        (audit.Action, audit.Outcome, audit.Actor).ShouldBe(("refund.request", AuditOutcome.Refused, "chen"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Fifty_clicks_on_one_dialog_make_one_request(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 10_000);
        var form = World.Form(order, "12.30", 10_000);

        var results = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(_ => Task.Run(() => world.Get<RefundCommands>().RequestAsync(clerk, form))));

        (await world.ReadAsync(db => db.Set<Operation>().CountAsync())).ShouldBe(1);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(1230);
        results.ShouldAllBe(result => result == results[0]);
        results[0].ShouldBeOfType<RefundRequested.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Parallel_parts_never_exceed_what_was_paid(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 10_000);

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            var seen = await world.BalanceAsync(order);
            return await world.Get<RefundCommands>().RequestAsync(clerk, World.Form(order, "30.00", seen.Refundable));
        })));

        var asked = results.OfType<RefundRequested.Asked>().Count();
        asked.ShouldBeInRange(1, 3);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(asked * 3000);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_page_that_showed_another_rest_is_stale(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 10_000);
        await world.AskedAsync(clerk, order, "40.00");

        var result = await world.Get<RefundCommands>().RequestAsync(clerk, World.Form(order, "60.00", 10_000));

        result.ShouldBeOfType<RefundRequested.PageIsStale>().Refundable.Minor.ShouldBe(6000);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Another_open_refund_of_the_order_is_pointed_out_before_one_more(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 10_000);
        var first = await world.AskedAsync(clerk, order, "40.00");
        var second = World.Form(order, "40.00", 6000) with { MeansAnother = false };

        var warned = await world.Get<RefundCommands>().RequestAsync(clerk, second);
        var meant = await world.Get<RefundCommands>().RequestAsync(clerk, second with { MeansAnother = true });

        warned.ShouldBeOfType<RefundRequested.AnotherIsOpen>().Number.ShouldBe(first.Number);
        meant.ShouldBeOfType<RefundRequested.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_the_right_nothing_happens_and_the_audit_says_who_tried(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 10_000);

        var result = await world.Get<RefundCommands>().RequestAsync(reviewer, World.Form(order, "1.00", 10_000));

        result.ShouldBe(new RefundRequested.NoRight(Permission.RefundsRequest));
        (await world.BalanceAsync(order)).Reserved.ShouldBe(0);
        var audit = await world.ReadAsync(db => db.Set<AuditEntry>().OrderBy(row => row.Seq).LastAsync());
        audit.Details.ShouldContain(Permission.RefundsRequest);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_request_can_be_taken_back_until_somebody_decided(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var other = await world.PersonAsync("wang", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 10_000);
        var first = await world.AskedAsync(clerk, order, "40.00");
        var second = await world.ReadyAsync(clerk, reviewer, order, "10.00");

        (await world.Get<OperationCommands>().WithdrawAsync(other, first.Id)).ShouldBeFalse();
        (await world.Get<OperationCommands>().WithdrawAsync(clerk, first.Id)).ShouldBeTrue();
        (await world.Get<OperationCommands>().WithdrawAsync(clerk, second.Id)).ShouldBeFalse();

        (await world.OperationAsync(first.Id)).State.ShouldBe(OperationState.Rejected);
        (await world.OperationAsync(second.Id)).State.ShouldBe(OperationState.Ready);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(1000);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nothing_can_be_refunded_of_an_order_that_nobody_paid(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        await world.Get<Portal.Features.Orders.OrderImport>().ImportAsync(
            Actor.Job("test"), account.Id, "orders.csv",
            "order_no,time,amount,currency,method,shop_state\nNO1,2026-11-19 10:00:00,12.00,CNY,card,new\n"u8
                .ToArray());
        var order = await world.ReadAsync(db => db.Set<Portal.Features.Orders.Order>().SingleAsync());

        var result = await world.Get<RefundCommands>().RequestAsync(clerk, World.Form(order, "12.00", 0));

        result.ShouldBe(new RefundRequested.NotRefundable(OrderState.AwaitingPayment));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_database_itself_refuses_to_promise_more_than_was_paid(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await world.PaidOrderAsync(await world.AccountAsync(), 10_000);

        var fault = await Should.ThrowAsync<System.Data.Common.DbException>(
            () => world.SqlAsync("UPDATE order_balances SET \"Reserved\" = 10001"));

        fault.Message.ShouldContain("ck_order_balances_not_over", Case.Insensitive);
    }
}
