using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Tests.Features.Orders;

public sealed class OrderQueriesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 19, 4, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pages_follow_each_other_without_gap_or_repeat_while_orders_arrive(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());

        // Ten orders share each second, so that pages end inside an instant.
        var first = await AddAsync(world, Many(account, 130, i => Noon.AddSeconds(-(i / 10))));
        var seen = new List<Guid>();
        OrderCursor? cursor = null;
        do
        {
            var page = await ListAsync(world, clerk, new OrderFilter { Cursor = cursor });
            page.Rows.Count.ShouldBeLessThanOrEqualTo(OrderQueries.PageSize);
            seen.AddRange(page.Rows.Select(row => row.Id));
            cursor = page.Older;
            await AddAsync(world, [Sample(account, 1000 + seen.Count) with { At = Noon.AddMinutes(seen.Count) }]);
        }
        while (cursor is not null);

        seen.Count.ShouldBe(130);
        seen.ShouldBe(first.OrderByDescending(row => row.OrderedAt).Select(row => row.Id), ignoreOrder: true);
        seen.Distinct().Count().ShouldBe(130);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Newer_leads_back_to_the_same_rows_and_at_the_end_to_the_whole_first_page(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());
        await AddAsync(world, Many(account, 120, i => Noon.AddMinutes(-i)));
        var one = await ListAsync(world, clerk, new());
        var two = await ListAsync(world, clerk, new() { Cursor = one.Older });
        var three = await ListAsync(world, clerk, new() { Cursor = two.Older });
        (one.Newer, three.Older).ShouldBe((null, null));
        three.Rows.Count.ShouldBe(20);
        var back = await ListAsync(world, clerk, new() { Cursor = three.Newer });
        back.Rows.Select(row => row.Id).ShouldBe(two.Rows.Select(row => row.Id));
        await AddAsync(world, [Sample(account, 500) with { At = Noon.AddMinutes(1) }]);
        var top = await ListAsync(world, clerk, new() { Cursor = back.Newer });
        top.Rows[0].MerchantNumber.ShouldBe("A0");
        var whole = await ListAsync(world, clerk, new() { Cursor = top.Newer });
        (whole.Rows[0].MerchantNumber, whole.Rows.Count, whole.Newer).ShouldBe(("A500", 50, null));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Oldest_first_turns_the_list_round(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());
        await AddAsync(world, Many(account, 60, i => Noon.AddMinutes(i)));
        var one = await ListAsync(world, clerk, new() { OldestFirst = true });
        one.Rows.Select(row => row.MerchantNumber).ShouldBe(Enumerable.Range(0, 50).Select(i => $"A{i}"));
        one.Older.ShouldBeNull();
        var two = await ListAsync(world, clerk, new() { OldestFirst = true, Cursor = one.Newer });
        two.Rows.Select(row => row.MerchantNumber).ShouldBe(Enumerable.Range(50, 10).Select(i => $"A{i}"));
        two.Newer.ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Each_filter_lets_through_what_it_names(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var east = await world.AccountAsync(currencies: "CNY JPY KWD");
        var west = await world.AccountAsync("100020091218002", currencies: "USD");
        await AddAsync(world,
        [
            new(east, 1) { Minor = 5_000, Method = "Visa ·· 4242", At = Noon },
            new(east, 2)
            {
                Minor = 50, Currency = "JPY", Method = "微信支付", State = OrderState.Declined, At = Noon.AddDays(-1),
            },
            new(east, 3)
            {
                Minor = 49_999, Currency = "KWD", State = OrderState.AwaitingPayment, At = Noon.AddDays(-2),
            },
            new(west, 4)
            {
                Minor = 5_001, Currency = "USD", Source = OrderSource.Import, Payer = "A. Lindqvist",
                At = Noon.AddDays(-3),
            },
        ]);
        async Task ShouldFindAsync(OrderFilter filter, params int[] numbers) =>
            (await ListAsync(world, clerk, filter)).Rows.Select(row => row.MerchantNumber)
                .ShouldBe(numbers.Select(number => $"A{number}"), filter.ToString());

        await ShouldFindAsync(new(), 1, 2, 3, 4);
        await ShouldFindAsync(new() { AccountId = west.Id }, 4);
        await ShouldFindAsync(new() { Provider = "allinpay" }, 1, 2, 3, 4);
        await ShouldFindAsync(new() { Provider = "nobody" });
        await ShouldFindAsync(new() { State = OrderState.Declined }, 2);
        await ShouldFindAsync(new() { Method = "Visa" }, 1);
        await ShouldFindAsync(new() { Method = "微信" }, 2);
        await ShouldFindAsync(new() { Currency = "KWD" }, 3);
        await ShouldFindAsync(new() { Source = OrderSource.Import }, 4);
        await ShouldFindAsync(new() { AtLeast = AmountBound.Read("50.00") }, 1, 2, 4);
        await ShouldFindAsync(new() { AtMost = AmountBound.Read("50") }, 1, 2, 3);
        await ShouldFindAsync(new() { AtLeast = AmountBound.Read("49.999"), AtMost = AmountBound.Read("49.999") }, 3);
        await ShouldFindAsync(new() { Tab = OrderTab.Waiting }, 3);
        await ShouldFindAsync(new() { Search = "A. Lind" }, 4);
        await ShouldFindAsync(new() { Search = "A2" }, 2);
        await ShouldFindAsync(new() { Search = "2" });
        await ShouldFindAsync(new() { Search = "%" });
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Days_are_those_of_the_readers_zone(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());
        var midnight = new DateTimeOffset(2026, 11, 19, 0, 0, 0, TimeSpan.FromHours(8));
        await AddAsync(world,
        [
            new(account, 1) { At = midnight.AddSeconds(-1) },
            new(account, 2) { At = midnight },
            new(account, 3) { At = midnight.AddDays(1).AddSeconds(-1) },
            new(account, 4) { At = midnight.AddDays(1) },
        ]);
        var day = new OrderFilter { From = new(2026, 11, 19), To = new(2026, 11, 19), OldestFirst = true };
        (await ListAsync(world, clerk, day)).Rows.Select(row => row.MerchantNumber).ShouldBe(["A2", "A3"]);
        var inUtc = await world.Get<OrderQueries>().ListAsync(clerk, day, TimeZoneInfo.Utc);
        inUtc.Rows.Select(row => row.MerchantNumber).ShouldBe(["A3", "A4"]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Each_of_the_three_numbers_finds_the_order(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());
        var order = await world.PaidOrderAsync(account);
        await world.PaidOrderAsync(account);
        string[] numbers =
            [order.Number, order.Number.ToLowerInvariant(), $" {order.MerchantNumber} ", order.ProviderNumber!];
        foreach (var number in numbers)
        {
            (await world.Get<OrderQueries>().FindAsync(clerk, number)).ShouldHaveSingleItem().Id.ShouldBe(order.Id);
        }

        (await world.Get<OrderQueries>().FindAsync(clerk, order.Number[..8])).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Orders_of_other_accounts_are_neither_listed_nor_counted_nor_found(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var mine = await world.AccountAsync();
        var others = await world.AccountAsync("100020091218002");
        var clerk = await ScopedClerkAsync(world, mine);
        await AddAsync(world, [new(mine, 1), new(others, 2)]);
        var listing = await ListAsync(world, clerk, new());
        listing.Rows.ShouldHaveSingleItem().MerchantNumber.ShouldBe("A1");
        listing.Counts[OrderTab.All].ShouldBe(1);
        listing.Totals.ShouldHaveSingleItem().Minor.ShouldBe(1000);
        (await ListAsync(world, clerk, new() { AccountId = others.Id })).Rows.ShouldBeEmpty();
        (await world.Get<OrderQueries>().FindAsync(clerk, "A2")).ShouldBeEmpty();
        (await world.Get<OrderQueries>().ChoicesAsync(clerk)).Accounts.ShouldHaveSingleItem().Id.ShouldBe(mine.Id);
        var auditor = await world.PersonAsync("sun", Role.Auditor);
        var hidden = (await world.Get<OrderQueries>().FindAsync(auditor, "A2")).Single();
        (await world.Get<OrderDetailQueries>().ReadAsync(clerk, hidden.Id)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Somebody_without_the_right_reads_nothing(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        var order = await world.PaidOrderAsync(account);
        foreach (var actor in new[] { await world.PersonAsync("wang", Role.Admin), Actor.Nobody })
        {
            var listing = await ListAsync(world, actor, new());
            (listing.Rows.Count, listing.Counts.Values.Sum()).ShouldBe((0, 0));
            (await world.Get<OrderQueries>().FindAsync(actor, order.Number)).ShouldBeEmpty();
            (await world.Get<OrderDetailQueries>().ReadAsync(actor, order.Id)).ShouldBeNull();
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Sums_are_per_currency_over_all_pages_behind_the_tab(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync(currencies: "CNY JPY");
        await AddAsync(world, Many(account, 60, _ => Noon)
            .Select(sample => sample with { Currency = sample.Number % 2 == 0 ? "CNY" : "JPY" }));
        await AddAsync(world, [Sample(account, 99) with { State = OrderState.Closed, Minor = 7 }]);
        (await ListAsync(world, clerk, new() { Tab = OrderTab.Paid })).Totals
            .ShouldBe([new("CNY", 30_000), new("JPY", 30_000)]);
        (await ListAsync(world, clerk, new() { Tab = OrderTab.Closed })).Totals.ShouldBe([new("CNY", 7)]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Counting_stops_after_ten_thousand_and_then_nothing_is_summed(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());
        await AddAsync(world, Many(account, OrderQueries.Most, _ => Noon));
        var whole = await ListAsync(world, clerk, new());
        (whole.Counts[OrderTab.All], whole.Totals!.Single().Minor).ShouldBe((10_000, 10_000_000));
        await AddAsync(world, [Sample(account, 10_001), Sample(account, 10_002)]);
        var more = await ListAsync(world, clerk, new());
        (more.Counts[OrderTab.All], more.Totals).ShouldBe((OrderQueries.Most + 1, null));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task All_that_match_and_have_something_left_are_found_up_to_a_bound(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());
        var left = new[] { await world.PaidOrderAsync(account), await world.PaidOrderAsync(account, 700) };
        await world.AskedAsync(clerk, left[0], "60.00");
        await world.AskedAsync(clerk, await world.PaidOrderAsync(account, 500), "5.00");
        var elsewhere = await world.PaidOrderAsync(await world.AccountAsync("100020091218002"));

        var orders = world.Get<OrderQueries>();
        var filter = new OrderFilter { AccountId = account.Id };
        var found = (await orders.RefundableAsync(clerk, filter, Shanghai, 2)).ShouldNotBeNull();

        found.Select(row => (row.Number, row.Refundable)).ShouldBe(
            [(left[0].Number, 4_000), (left[1].Number, 700)], ignoreOrder: true);
        (await orders.RefundableAsync(clerk, filter, Shanghai, 1)).ShouldBeNull();
        (await orders.RefundableAsync(Actor.Nobody, filter, Shanghai, 10)).ShouldBe([]);
        (await orders.RefundableAsync(clerk, new(), Shanghai, 10))!.ShouldContain(row =>
            row.Number == elsewhere.Number);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Orders_that_came_later_are_counted_as_new(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());
        await AddAsync(world, [Sample(account, 1)]);
        var listing = await ListAsync(world, clerk, new());
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        await AddAsync(world, [Sample(account, 2), Sample(account, 3) with { State = OrderState.Closed }]);
        var paid = new OrderFilter { Tab = OrderTab.Paid };
        (await world.Get<OrderQueries>().CountNewAsync(clerk, new(), Shanghai, listing.ReadAt)).ShouldBe(2);
        (await world.Get<OrderQueries>().CountNewAsync(clerk, paid, Shanghai, listing.ReadAt)).ShouldBe(1);
    }

    private static Task<OrderListing> ListAsync(World world, Actor actor, OrderFilter filter) =>
        world.Get<OrderQueries>().ListAsync(actor, filter, Shanghai);

    private static IEnumerable<OrderSample> Many(Account account, int count, Func<int, DateTimeOffset> at) =>
        Enumerable.Range(0, count).Select(i => new OrderSample(account, i) { At = at(i) });

    private static OrderSample Sample(Account account, int number) => new(account, number);

    private static async Task<Actor> ScopedClerkAsync(World world, Account account)
    {
        var clerk = await world.PersonAsync("zhao");
        await using var db = await world.Factory.CreateDbContextAsync();
        return await db.CommitAsync(Actor.Job("test"), "test.grant", commit =>
        {
            db.Add(new RoleGrant
            {
                Id = Guid.CreateVersion7(), UserId = clerk.UserId!.Value, Role = Role.Clerk, AccountId = account.Id,
                GrantedAt = commit.Now, GrantedBy = "test", MoneyFrom = commit.Now,
            });
            return Task.FromResult(clerk);
        });
    }

    private static async Task<IReadOnlyList<Order>> AddAsync(World world, IEnumerable<OrderSample> samples)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        return await db.CommitAsync(Actor.Job("test"), "test.orders", commit =>
        {
            var orders = samples.Select(sample => sample.ToOrder(commit.Now)).ToList();
            db.AddRange(orders);
            db.AddRange(orders.Select(order => new OrderBalance { OrderId = order.Id, Paid = order.AmountMinor }));
            return Task.FromResult<IReadOnlyList<Order>>(orders);
        });
    }

    private sealed record OrderSample(Account Account, int Number)
    {
        public DateTimeOffset At { get; init; } = Noon;
        public long Minor { get; init; } = 1000;
        public string Currency { get; init; } = "CNY";
        public string Method { get; init; } = "";
        public string Payer { get; init; } = "";
        public OrderState State { get; init; } = OrderState.Paid;
        public OrderSource Source { get; init; } = OrderSource.Statement;

        public Order ToOrder(DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(),
            Number = $"P261119{Number:D5}",
            AccountId = Account.Id,
            Provider = Account.Provider,
            MerchantNumber = $"A{Number}",
            OrderedAt = At,
            AmountMinor = Minor,
            Currency = Currency,
            Method = Method,
            Payer = Payer,
            State = State,
            Source = Source,
            CreatedAt = now,
            ChangedAt = now,
        };
    }
}
