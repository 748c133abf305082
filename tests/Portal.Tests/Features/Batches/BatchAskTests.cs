using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using static MerchantPortal.Portal.Tests.Features.Batches.BatchBench;

namespace MerchantPortal.Portal.Tests.Features.Batches;

public sealed class BatchAskTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Good_rows_are_asked_for_with_their_money_reserved_and_bad_ones_are_kept_with_the_reason(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var first = await world.PaidOrderAsync(account);
        var second = await world.PaidOrderAsync(account);
        var file = File(
            Row(first, "12.30"), "P261121NOBODY,1,Returned,", $"{second.MerchantNumber},1E3,Returned,",
            $"{second.ProviderNumber},20.00,退货,");

        var asked = (await world.AskAsync(clerk, await world.FormAsync(clerk, file)))
            .ShouldBeOfType<BatchAsked.Asked>();

        asked.Count.ShouldBe(2);
        var members = await world.MembersAsync(asked.Id);
        members.ShouldAllBe(row => row.State == OperationState.PendingApproval && row.Reason == "Returned");
        (await world.BalanceAsync(first)).Reserved.ShouldBe(1230);
        (await world.BalanceAsync(second)).Reserved.ShouldBe(2000);
        world.Provider.Sent.ShouldBeEmpty();
        var sheet = await world.SheetAsync(clerk, asked.Number);
        sheet.Rows.Select(row => (row.Line, row.Problem?.Reason)).ShouldBe(
            [(2, null), (3, "NoSuchOrder"), (4, "AmountUnreadable"), (5, null)]);
        sheet.Batch.Totals.ShouldBe("CNY 32.30");
        (sheet.Counts[BatchGroup.Waiting], sheet.Counts[BatchGroup.NotAsked]).ShouldBe((2, 2));
        var audit = await world.ReadAsync(db => db.Set<AuditEntry>()
            .Where(row => row.Action == "batch.ask").ToListAsync());
        audit.Count.ShouldBe(3);
        audit.ShouldAllBe(row => row.Outcome == AuditOutcome.Done);
    }

    [Theory]
    [InlineData("0", "AmountUnreadable")]
    [InlineData("-1", "AmountUnreadable")]
    [InlineData("1.005", "AmountUnreadable")]
    [InlineData("1E3", "AmountUnreadable")]
    [InlineData("１００", "AmountUnreadable")]
    [InlineData("\"1,000.00\"", "AmountUnreadable")]
    [InlineData("1 000", "AmountUnreadable")]
    [InlineData("", "AmountUnreadable")]
    [InlineData("100.01", "TooMuch")]
    public async Task A_wrong_amount_makes_a_bad_row(string amount, string problem)
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var rows = await world.CheckAsync(clerk, File(Row(order, amount)));
        var row = rows.All.ShouldHaveSingleItem();
        (row.Verdict, row.Problem?.Reason).ShouldBe((RowVerdict.Bad, problem));
        (await world.AskAsync(clerk, await world.FormAsync(clerk, File(Row(order, amount)))))
            .ShouldBeOfType<BatchAsked.Nothing>();
        (await world.BalanceAsync(order)).Reserved.ShouldBe(0);
    }

    [Fact]
    public async Task Repetitions_inside_the_file_and_of_open_refunds_are_left_out_until_they_are_meant()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var (twice, open) = (await world.PaidOrderAsync(account), await world.PaidOrderAsync(account));
        var waiting = await world.AskedAsync(clerk, open, "5.00");
        var file = File(Row(twice), $"{twice.MerchantNumber},10.00,Returned,", Row(open));

        var rows = await world.CheckAsync(clerk, file);
        rows.All.Select(row => (row.Verdict, row.Problem?.Reason, row.Problem?.Value)).ShouldBe(
        [
            (RowVerdict.Good, null, null), (RowVerdict.Doubtful, "TwiceInFile", "2"),
            (RowVerdict.Doubtful, "AnotherIsOpen", waiting.Number),
        ]);
        var meant = file with { Lines = [.. file.Lines.Select(line => line with { MeansAnother = true })] };
        (await world.CheckAsync(clerk, meant)).Totals.ShouldHaveSingleItem().Minor.ShouldBe(3000);
        (await world.AskAsync(clerk, await world.FormAsync(clerk, meant)))
            .ShouldBeOfType<BatchAsked.Asked>().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Rows_of_one_order_together_never_exceed_its_rest()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 10_000);
        var file = File(Row(order, "60.00"), Row(order, "40.01"), Row(order, "40.00"));
        var meant = file with { Lines = [.. file.Lines.Select(line => line with { MeansAnother = true })] };
        var rows = await world.CheckAsync(clerk, meant);
        rows.All.Select(row => (row.Verdict, row.Problem?.Value)).ShouldBe(
            [(RowVerdict.Good, null), (RowVerdict.Bad, "CNY 40.00"), (RowVerdict.Good, null)]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task When_one_row_changed_since_it_was_shown_nothing_is_asked_for(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var (first, second) = (await world.PaidOrderAsync(account), await world.PaidOrderAsync(account));
        var form = await world.FormAsync(clerk, File(Row(first), Row(second)));
        await world.AskedAsync(clerk, second, "95.00");

        var changed = (await world.AskAsync(clerk, form)).ShouldBeOfType<BatchAsked.RowsChanged>();

        changed.Rows.All[1].Problem!.Reason.ShouldBe("TooMuch");
        (await world.BalanceAsync(first)).Reserved.ShouldBe(0);
        (await world.ReadAsync(db => db.Set<OperationBatch>().CountAsync())).ShouldBe(0);
        (await world.ReadAsync(db => db.Set<BatchRow>().CountAsync())).ShouldBe(0);
        (await world.ReadAsync(db => db.Set<Operation>().CountAsync())).ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Ten_clicks_make_one_batch_and_the_same_file_again_is_pointed_out(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var file = File(Row(order));
        var form = await world.FormAsync(clerk, file);

        var results = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(_ => Task.Run(() => world.AskAsync(clerk, form))));

        var asked = results[0].ShouldBeOfType<BatchAsked.Asked>();
        results.ShouldAllBe(result => result == results[0]);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(1000);
        var meant = file with { Lines = [.. file.Lines.Select(line => line with { MeansAnother = true })] };
        var again = await world.FormAsync(clerk, meant);
        (await world.AskAsync(clerk, again)).ShouldBeOfType<BatchAsked.AskedBefore>().Number.ShouldBe(asked.Number);
        (await world.AskAsync(clerk, again with { MeansAgain = true })).ShouldBeOfType<BatchAsked.Asked>();
    }

    [Fact]
    public async Task Without_the_right_nothing_is_asked_for_and_other_accounts_are_not_seen()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var form = await world.FormAsync(clerk, File(Row(order)));
        (await world.AskAsync(reviewer, form)).ShouldBe(new BatchAsked.NoRight(Permission.RefundsRequest));
        (await world.CheckAsync(reviewer, File(Row(order)))).All[0].Problem!.Reason.ShouldBe("NoRight");
        (await world.CheckAsync(Actor.Nobody, File(Row(order)))).All[0].Problem!.Reason.ShouldBe("NoSuchOrder");
        (await world.BalanceAsync(order)).Reserved.ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Three_hundred_rows_are_asked_for_and_approved_as_a_whole(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), 10_000_000);
        var file = File([.. Enumerable.Range(0, 300).Select(_ => Row(order, "0.01"))]);
        file = file with { Lines = [.. file.Lines.Select(line => line with { MeansAnother = true })] };
        var asked = (await world.AskAsync(clerk, await world.FormAsync(clerk, file)))
            .ShouldBeOfType<BatchAsked.Asked>();
        asked.Count.ShouldBe(300);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(300);
        (await world.DecideBatchAsync(reviewer, asked.Number)).ShouldBe(new BatchDecided.Done(300));
    }
}
