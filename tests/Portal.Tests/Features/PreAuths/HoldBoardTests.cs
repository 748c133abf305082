using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Home;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.PreAuths;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;

namespace MerchantPortal.Portal.Tests.Features.PreAuths;

public sealed class HoldBoardTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Holds_stand_by_how_soon_they_end_and_whether_somebody_acts(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var now = world.Clock.GetUtcNow();
        var due = await Held.OrderAsync(world, account, 10_000, now.AddDays(-28).AddHours(-4));
        var over = await Held.OrderAsync(world, account, 11_000, now.AddDays(-30));
        var week = await Held.OrderAsync(world, account, 20_000, now.AddDays(-25));
        var later = await Held.OrderAsync(world, account, 30_000, now.AddDays(-1));
        var asked = await Held.OrderAsync(world, account, 40_000, now.AddDays(-28).AddHours(-5));
        await Held.RequestAsync(world, clerk, Held.Capture(asked, "1.00"));
        await world.Get<PlanCommands>().PlanAsync(clerk, new(week.Id, "120.00", null, 0));

        var board = await world.Get<HoldBoards>().ReadAsync(clerk, new());

        Numbers(board, HoldColumn.Due).ShouldBe([over.Number, due.Number]);
        Numbers(board, HoldColumn.Week).ShouldBe([week.Number]);
        Numbers(board, HoldColumn.Later).ShouldBe([later.Number]);
        Numbers(board, HoldColumn.Decided).ShouldBe([asked.Number]);
        (board.Open, board.Ended).ShouldBe((5, 0));
        board.Held.Single().Minor.ShouldBe(111_000);
        board.Planned.Single().Minor.ShouldBe(12_000);
        var line = board.Columns[HoldColumn.Decided].Lines.Single();
        (line.Bar, line.Newest!.Standing).ShouldBe((HoldBar.Another, OperationStanding.PendingApproval));
        board.Columns[HoldColumn.Due].Lines[0].Bar.ShouldBe(HoldBar.None);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_ends_within_a_day_counts_on_the_start_page_and_in_the_menu(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var auditor = await world.PersonAsync("sun", Role.Auditor);
        var account = await world.AccountAsync();
        var now = world.Clock.GetUtcNow();
        await Held.OrderAsync(world, account, at: now.AddDays(-28).AddHours(-1));
        var asked = await Held.OrderAsync(world, account, at: now.AddDays(-28).AddHours(-2));
        await Held.OrderAsync(world, account, at: now.AddDays(-3));
        await Held.RequestAsync(world, clerk, Held.Void(asked));

        (await world.Get<HomeQueries>().ReadAsync(clerk, TimeZoneInfo.Utc)).HoldsDue.ShouldBe(1);
        (await world.Get<FrameQueries>().ReadAsync(clerk)).Counters["preauths"].ShouldBe(1);
        (await world.Get<FrameQueries>().ReadAsync(auditor)).Counters.ContainsKey("preauths").ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_has_ended_is_listed_newest_first_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        var orders = new List<Order>();
        for (var i = 0; i < 3; i++)
        {
            var order = await Held.OrderAsync(world, account);
            orders.Add(order);
            await Held.ReadyAsync(world, clerk, reviewer, Held.Capture(order, "60.00"));
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var boards = world.Get<HoldBoards>();
        var page = await boards.EndedAsync(clerk, new());

        page.Lines.Select(line => line.Number).ShouldBe(orders.Select(order => order.Number).Reverse());
        (page.Total, page.HasOlder).ShouldBe((3, false));
        (page.Lines[0].Captured.Minor, page.Lines[0].State).ShouldBe((6000, OrderState.Paid));
        (await boards.EndedAsync(clerk, new(After: orders[1].Number))).Lines
            .Select(line => line.Number).ShouldBe([orders[0].Number]);
        (await boards.ReadAsync(clerk, new())).Ended.ShouldBe(3);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Filters_and_orders_of_the_cards_hold_in_every_column(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var now = world.Clock.GetUtcNow();
        var small = await Held.OrderAsync(world, account, 1_000, now.AddDays(-2));
        var large = await Held.OrderAsync(world, account, 9_000, now.AddDays(-1));
        var boards = world.Get<HoldBoards>();

        Numbers(await boards.ReadAsync(clerk, new()), HoldColumn.Later).ShouldBe([small.Number, large.Number]);
        Numbers(await boards.ReadAsync(clerk, new(Sort: HoldSort.Amount)), HoldColumn.Later)
            .ShouldBe([large.Number, small.Number]);
        Numbers(await boards.ReadAsync(clerk, new(Sort: HoldSort.Newest)), HoldColumn.Later)
            .ShouldBe([large.Number, small.Number]);
        Numbers(await boards.ReadAsync(clerk, new(small.MerchantNumber)), HoldColumn.Later).ShouldBe([small.Number]);
        (await boards.ReadAsync(clerk, new(Provider: "bgcpay"))).Open.ShouldBe(0);
        (await boards.ReadAsync(Actor.Nobody, new())).Open.ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_sheet_tells_who_could_approve_and_what_was_asked_for(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        var order = await Held.OrderAsync(world, account);
        var sheets = world.Get<HoldSheets>();

        var sheet = (await sheets.FindAsync(clerk, order.Number))!;
        (sheet.Line.Bar, sheet.Days, sheet.MayPlan).ShouldBe((HoldBar.None, 29, true));
        sheet.Prospect(OperationKind.Capture).Approvers.ShouldBe(["li"]);
        var asked = (HoldRequested.Asked)await Held.RequestAsync(world, clerk, Held.Capture(order, "60.00"));

        sheet = (await sheets.FindAsync(clerk, order.Number))!;
        sheet.Line.Bar.ShouldBe(HoldBar.Another);
        sheet.History.Single().Operation.Number.ShouldBe(asked.Number);
        (await sheets.FindAsync(Actor.Nobody, order.Number)).ShouldBeNull();
        (await sheets.FindAsync(clerk, "P000000000000")).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_page_of_a_capture_is_no_page_of_a_refund(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await Held.OrderAsync(world, await world.AccountAsync());
        var asked = (HoldRequested.Asked)await Held.RequestAsync(world, clerk, Held.Capture(order, "60.00"));

        (await world.Get<RefundQueries>().FindAsync(clerk, asked.Number)).ShouldBeNull();
        var sheet = (await world.Get<PreAuthSheets>().FindAsync(clerk, asked.Number))!;
        (sheet.OrderNumber, sheet.ResendSafe, sheet.MayWithdraw).ShouldBe((order.Number, false, true));
        sheet.Operation.Page().ShouldBe($"/preauths/{asked.Number}");
    }

    private static IEnumerable<string> Numbers(HoldBoard board, HoldColumn column) =>
        board.Columns[column].Lines.Select(line => line.Number);
}
