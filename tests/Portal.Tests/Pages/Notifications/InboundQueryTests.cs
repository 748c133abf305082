using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Home;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class InboundQueryTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pages_follow_each_other_even_within_one_instant(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new Masking());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var account = await world.AccountAsync();
        await KeepAsync(world, account, 60, InboundEffect.Applied);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync(world, account, 60, InboundEffect.Repeat);
        var queries = world.Get<InboundQueries>();

        var first = (await queries.PageAsync(clerk, new(), Shanghai, null, null))!;
        var second = (await queries.PageAsync(clerk, new(), Shanghai, Place(first.Lines[^1]), null))!;
        var third = (await queries.PageAsync(clerk, new(), Shanghai, Place(second.Lines[^1]), null))!;
        var back = (await queries.PageAsync(clerk, new(), Shanghai, null, Place(second.Lines[0])))!;

        first.All.ShouldBe(120);
        first.HasNewer.ShouldBeFalse();
        third.HasOlder.ShouldBeFalse();
        first.Lines.Concat(second.Lines).Concat(third.Lines).Select(line => line.Id).Distinct().Count().ShouldBe(120);
        back.Lines.Select(line => line.Id).ShouldBe(first.Lines.Select(line => line.Id));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Tabs_count_within_the_filter_and_filters_narrow_down(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new Masking());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var east = await world.AccountAsync();
        var west = await world.AccountAsync("100020091218002");
        await KeepAsync(world, east, 3, InboundEffect.Applied);
        await KeepAsync(world, west, 2, InboundEffect.Quarantined, InboundVerdict.Forged);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await KeepAsync(world, east, 1, InboundEffect.Quarantined);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(world.Clock.GetUtcNow(), Shanghai).DateTime);

        var aside = await PageAsync(world, clerk, new() { Effect = InboundEffect.Quarantined });
        aside.Lines.Count.ShouldBe(3);
        aside.Counts[InboundEffect.Applied].ShouldBe(3);
        (await PageAsync(world, clerk, new() { Verdict = InboundVerdict.Forged })).All.ShouldBe(2);
        (await PageAsync(world, clerk, new() { AccountId = east.Id })).All.ShouldBe(4);
        (await PageAsync(world, clerk, new() { From = today })).All.ShouldBe(1);
        (await PageAsync(world, clerk, new() { To = today.AddDays(-1) })).All.ShouldBe(5);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task One_call_is_shown_masked_with_its_order(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new Masking());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var account = await world.AccountAsync();
        var order = await world.PaidOrderAsync(account);
        var id = (await KeepAsync(world, account, 1, InboundEffect.Applied, orderId: order.Id))[0];

        var detail = (await world.Get<InboundQueries>().FindAsync(clerk, id))!;

        detail.Shown.ShouldBe("masked 6");
        detail.Bytes.ShouldBe(6);
        detail.Line.OrderNumber.ShouldBe(order.Number);
        detail.Line.ProviderMark.ShouldBe("AP");
        (await world.Get<InboundQueries>().FindAsync(clerk, Guid.CreateVersion7())).ShouldBeNull();
    }

    [Fact]
    public async Task An_admin_without_the_right_sees_no_notification_and_no_figure_of_them()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite, new Masking());
        var admin = await world.PersonAsync("admin", Role.Admin);
        var account = await world.AccountAsync();
        var id = (await KeepAsync(world, account, 1, InboundEffect.Quarantined))[0];

        (await world.Get<InboundQueries>().PageAsync(admin, new(), Shanghai, null, null)).ShouldBeNull();
        (await world.Get<InboundQueries>().FindAsync(admin, id)).ShouldBeNull();
        var home = await world.Get<HomeQueries>().ReadAsync(admin, Shanghai);
        home.QuarantinedCalls.ShouldBeNull();
        home.Waiting.ShouldBeNull();
        home.FailedStatements.ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_start_page_counts_what_its_lists_hold(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new Masking());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var reviewer = await world.PersonAsync("reviewer", Role.Reviewer);
        var account = await world.AccountAsync();
        var order = await world.PaidOrderAsync(account);
        await world.AskedAsync(clerk, order, "12.30");
        await KeepAsync(world, account, 2, InboundEffect.Quarantined);

        var home = await world.Get<HomeQueries>().ReadAsync(reviewer, Shanghai);

        home.Waiting.ShouldBe(1);
        home.FirstDueAt.ShouldNotBeNull();
        home.Unknown.ShouldBe(0);
        home.NeedsPeople.ShouldBe(0);
        home.QuarantinedCalls.ShouldBe(2);
        home.QuarantinedLines.ShouldBeNull();
        home.OrdersToday!.Sum(row => row.Count).ShouldBe(1);
        (await world.Get<HomeQueries>().ReadAsync(clerk, Shanghai))
            .Acts.ShouldContain(act => act.Action == "refund.request");
        world.Clock.Advance(TimeSpan.FromDays(8));
        (await world.Get<HomeQueries>().ReadAsync(reviewer, Shanghai)).QuarantinedCalls.ShouldBe(0);
    }

    [Fact]
    public void A_filter_and_a_place_survive_their_own_address()
    {
        var filter = new InboundFilter
        {
            Effect = InboundEffect.Repeat, Verdict = InboundVerdict.NoKey, AccountId = Guid.CreateVersion7(),
            To = new(2026, 11, 20), Provider = "bgcpay", Search = "NO 1&2",
        };
        var place = new InboundCursor(new(2026, 11, 20, 2, 0, 0, 123, TimeSpan.Zero), Guid.CreateVersion7());
        var query = System.Web.HttpUtility.ParseQueryString(new Uri("http://x" + filter.Href(place.ToString())).Query);

        InboundFilter.Read(query["effect"], query["verdict"], query["account"], query["from"], query["to"],
            query["provider"], query["q"]).ShouldBe(filter);
        InboundCursor.Read(query["before"]).ShouldBe(place);
        InboundCursor.Read("99999999999999999999-x").ShouldBeNull();
        InboundCursor.Read("9223372036854775807-" + Guid.CreateVersion7().ToString("N")).ShouldBeNull();
    }

    private static InboundCursor Place(InboundLine line) => new(line.At, line.Id);

    private static async Task<InboundPage> PageAsync(World world, Actor reader, InboundFilter filter) =>
        (await world.Get<InboundQueries>().PageAsync(reader, filter, Shanghai, null, null))!;

    private static async Task<List<Guid>> KeepAsync(
        World world, Account account, int count, InboundEffect effect, InboundVerdict verdict = InboundVerdict.Genuine,
        Guid? orderId = null)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        return await db.CommitAsync(Actor.Job("test"), "test.inbound", commit =>
        {
            var rows = Enumerable.Range(0, count).Select(_ => new Inbound
            {
                Id = Guid.CreateVersion7(), AccountId = account.Id, At = commit.Now,
                Body = Encoding.UTF8.GetBytes("secret"),
                Verdict = verdict, Effect = effect, KeyVersion = 1, OrderId = orderId,
            }).ToList();
            db.AddRange(rows);
            return Task.FromResult(rows.Select(row => row.Id).ToList());
        });
    }

    private sealed class Masking : INotifications
    {
        public Acknowledgement Taken { get; } = new(200, "text/plain", "ok");

        public RetrySchedule Retries => RetrySchedule.Every(TimeSpan.FromMinutes(10), 7, TimeSpan.Zero);

        public NotificationVerdict Read(ProviderAccount account, InboundMessage message, ProviderKeys keys) =>
            new NotificationVerdict.Malformed("scripted");

        public string Show(InboundMessage message) => $"masked {message.Body.Length}";
    }
}
