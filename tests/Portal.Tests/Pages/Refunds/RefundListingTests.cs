using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class RefundListingTests
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task Pages_follow_each_other_without_gap_or_repeat(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var numbers = new List<string>();
        var order = await world.PaidOrderAsync(account);
        for (var i = 0; i < OperationListing.PageSize + 3; i++)
        {
            numbers.Insert(0, (await world.AskedAsync(clerk, order, "1.00")).Number);

            // Some lie on the same instant, where only the second key tells them apart.
            if (i % 3 == 0)
            {
                world.Clock.Advance(TimeSpan.FromMilliseconds(3));
            }
        }

        var listing = world.Get<OperationListing>();
        var first = await listing.ReadAsync(clerk, new OperationFilter(OperationKind.Refund));
        first.Lines.Count.ShouldBe(OperationListing.PageSize);
        (first.HasNewer, first.HasOlder).ShouldBe((false, true));
        first.Counts[OperationTab.All].ShouldBe(OperationListing.PageSize + 3);
        var second = await listing.ReadAsync(clerk, new(OperationKind.Refund, After: first.Lines[^1].Operation.Number));
        (second.HasNewer, second.HasOlder).ShouldBe((true, false));
        first.Lines.Concat(second.Lines).Select(line => line.Operation.Number).ShouldBe(numbers, ignoreOrder: true);
        first.Lines.Concat(second.Lines).Select(line => line.Operation.RequestedAt)
            .ShouldBeInOrder(SortDirection.Descending);
        var back = await listing.ReadAsync(clerk, new(OperationKind.Refund, Before: second.Lines[0].Operation.Number));
        back.Lines.Select(line => line.Operation.Number).ShouldBe(first.Lines.Select(line => line.Operation.Number));
        (back.HasNewer, back.HasOlder).ShouldBe((false, true));
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task Tabs_count_by_state_and_a_search_finds_every_number(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        var order = await world.PaidOrderAsync(account);
        var ready = await world.ReadyAsync(clerk, reviewer, order);
        var waiting = await world.AskedAsync(clerk, await world.PaidOrderAsync(account), "3.00");
        var listing = world.Get<OperationListing>();
        var page = await listing.ReadAsync(clerk, new OperationFilter(OperationKind.Refund, OperationTab.Waiting));
        page.Lines.Single().Operation.Number.ShouldBe(waiting.Number);
        (page.Counts[OperationTab.All], page.Counts[OperationTab.Waiting], page.Counts[OperationTab.OnTheWay],
            page.Counts[OperationTab.Unknown]).ShouldBe((2, 1, 1, 0));
        foreach (var text in new[] { ready.Number, order.Number, order.MerchantNumber, order.ProviderNumber! })
        {
            var found = await listing.ReadAsync(clerk, new OperationFilter(OperationKind.Refund, Find: text));
            found.Lines.Single().Operation.Number.ShouldBe(ready.Number, text);
            found.Lines[0].Reviewer.ShouldBe("li");
        }

        (await listing.ReadAsync(clerk, new OperationFilter(OperationKind.Refund, Find: "%"))).Lines.ShouldBeEmpty();
    }
}
