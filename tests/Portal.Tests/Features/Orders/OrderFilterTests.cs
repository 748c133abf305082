using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Shell;

namespace MerchantPortal.Portal.Tests.Features.Orders;

public sealed class OrderFilterTests
{
    [Fact]
    public void Nothing_set_is_the_bare_address() =>
        PortalUrls.OrderList(new OrderFilter().Parameters()).ShouldBe("/orders");

    [Fact]
    public void Everything_that_is_set_stands_in_the_address()
    {
        var filter = new OrderFilter
        {
            Tab = OrderTab.RefundOpen,
            Provider = "allinpay",
            AccountId = Guid.Parse("0199cc2e-0000-7000-8000-000000000001"),
            State = OrderState.PartRefunded,
            Method = "快捷 & Co",
            AtLeast = AmountBound.Read("50.00"),
            AtMost = AmountBound.Read("1200"),
            From = new(2026, 11, 14),
            To = new(2026, 11, 20),
            Currency = "CNY",
            Source = OrderSource.Import,
            Search = "HP-2026",
            OldestFirst = true,
            Cursor = OrderCursor.Read("1000000-0199cc2e000070008000000000000002", newer: true),
        };
        PortalUrls.OrderList(filter.Parameters()).ShouldBe(
            "/orders?tab=refund-open&q=HP-2026&provider=allinpay&account=0199cc2e000070008000000000000001"
            + "&state=part-refunded&method=%E5%BF%AB%E6%8D%B7%20%26%20Co&min=50.00&max=1200"
            + "&from=2026-11-14&to=2026-11-20&currency=CNY&source=import&sort=oldest"
            + "&newer=1000000-0199cc2e000070008000000000000002");
    }

    [Fact]
    public void A_cursor_reads_what_it_wrote_and_nothing_else()
    {
        var at = new DateTimeOffset(2026, 11, 20, 6, 32, 8, TimeSpan.Zero).AddTicks(1230);
        var cursor = new OrderCursor(at, Guid.CreateVersion7(), true);
        OrderCursor.Read(cursor.ToString(), newer: true).ShouldBe(cursor);
        const string Id = "0199cc2e000070008000000000000002";
        foreach (var wrong in new[] { null, "", "-", "1-", "-1", $"x-{Id}", $"9223372036854775807-{Id}" })
        {
            OrderCursor.Read(wrong, newer: true).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("50", 50_000)]
    [InlineData(" 0.005 ", 5)]
    [InlineData("1250.00", 1_250_000)]
    public void Bounds_are_kept_in_thousandths(string text, long thousandths) =>
        AmountBound.Read(text)!.Thousandths.ShouldBe(thousandths);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("1,250")]
    [InlineData("0.0005")]
    public void What_is_no_amount_is_no_bound(string? text) => AmountBound.Read(text).ShouldBeNull();

    [Fact]
    public void A_day_begins_after_the_hour_that_the_clocks_skipped()
    {
        // Beirut put its clocks forward at midnight on 29 March 2026.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut");
        OrderFiltering.StartOf(new(2026, 3, 29), zone).ShouldBe(new(2026, 3, 28, 22, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Every_word_of_the_address_names_its_member_again()
    {
        foreach (var state in Enum.GetValues<OrderState>())
        {
            OrderFilter.Named<OrderState>(OrderFilter.Word(state)).ShouldBe(state);
        }

        OrderFilter.Named<OrderState>("no-such-state").ShouldBeNull();
    }
}
