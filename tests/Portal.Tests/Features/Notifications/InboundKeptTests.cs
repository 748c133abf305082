using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features;

public sealed class InboundKeptTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_was_signed_beside_the_body_is_kept_and_shown_without_its_signature(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var message = SpokenNotifications.Message("NO-1 1.00 PaymentSucceeded", query: "app_id=9&SIGN=5f4dcc3b&x=%41");

        await TakeAsync(world, account, message);

        var row = await world.ReadAsync(db => db.Set<Inbound>().AsNoTracking().SingleAsync());
        (row.Query, row.NamedOrder).ShouldBe((message.Query, "NO-1"));
        row.ToMessage().Headers.ShouldBe(message.Headers, ignoreOrder: true);
        row.ToMessage().Body.ToArray().ShouldBe(message.Body.ToArray());
        var detail = (await world.Get<InboundQueries>().FindAsync(clerk, row.Id))!;
        detail.Query.ShouldBe([("app_id", "9"), ("SIGN", "••• (8)"), ("x", "A")]);
        detail.Headers.ShouldBe([("signature", "••• (4)"), ("timestamp", "20261120120000")]);
        detail.Answer!.Body.ShouldBe("taken");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_news_twice_in_one_instant_is_applied_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        await OrderAsync(world, account);
        var message = SpokenNotifications.Message("NO-1 123.00 PaymentSucceeded");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => Task.Run(() => TakeAsync(world, account, message))));

        answers.ShouldAllBe(answer => answer.Status == 200);
        var effects = await world.ReadAsync(db => db.Set<Inbound>().Select(row => row.Effect).ToListAsync());
        effects.Count(effect => effect == InboundEffect.Applied).ShouldBe(1);
        effects.Count(effect => effect == InboundEffect.Repeat).ShouldBe(3);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Success_absorbs_a_failure_that_comes_later(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        await OrderAsync(world, account);

        await TakeAsync(world, account, SpokenNotifications.Message("NO-1 123.00 PaymentFailed"));
        (await StateAsync(world)).ShouldBe(OrderState.Declined);
        await TakeAsync(world, account, SpokenNotifications.Message("NO-1 123.00 PaymentSucceeded"));
        await TakeAsync(world, account, SpokenNotifications.Message("NO-1 123.00 PaymentProcessing"));

        (await StateAsync(world)).ShouldBe(OrderState.Paid);
        (await world.ReadAsync(db => db.Set<OrderBalance>().SingleAsync())).Paid.ShouldBe(12300);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_orders_of_one_number_are_not_told_apart_by_a_message_without_a_time(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        await OrderAsync(world, account);
        await OrderAsync(world, account, "2026-11-20 10:00:00");

        await TakeAsync(world, account, SpokenNotifications.Message("NO-1 123.00 PaymentSucceeded"));

        var row = await world.ReadAsync(db => db.Set<Inbound>().AsNoTracking().SingleAsync());
        row.Effect.ShouldBe(InboundEffect.Quarantined);
        (await world.ReadAsync(db => db.Set<Order>().CountAsync(order => order.State == OrderState.Paid)))
            .ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_list_narrows_down_by_provider_and_order_number_and_counts_the_tries(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        await OrderAsync(world, account);
        await TakeAsync(world, account, SpokenNotifications.Message("NO-1 123.00 PaymentSucceeded"));
        await TakeAsync(world, account, SpokenNotifications.Message("OTHER 1.00 PaymentSucceeded"));
        await TakeAsync(world, account, SpokenNotifications.Message("NO-1 123.00 PaymentSucceeded", signature: "bad"));
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        var ours = await world.ReadAsync(db => db.Set<Order>().Select(row => row.Number).SingleAsync());

        (await PageAsync(world, clerk, new() { Search = "OTH" })).Lines.ShouldHaveSingleItem()
            .NamedOrder.ShouldBe("OTHER");
        (await PageAsync(world, clerk, new() { Search = ours.ToLowerInvariant() })).Lines.ShouldHaveSingleItem()
            .OrderNumber.ShouldBe(ours);
        (await PageAsync(world, clerk, new() { Provider = "allinpay" })).All.ShouldBe(3);
        (await PageAsync(world, clerk, new() { Provider = "bgcpay" })).All.ShouldBe(0);
        var all = await PageAsync(world, clerk, new());
        all.Providers.ShouldHaveSingleItem().Key.ShouldBe("allinpay");
        var refused = all.Lines.Single(line => line.Verdict == InboundVerdict.Forged).Retries!;
        (refused.Left, refused.All, refused.IsOver).ShouldBe((4, 6, false));
        all.Lines.Where(line => line.Verdict == InboundVerdict.Genuine).ShouldAllBe(line => line.Retries == null);
    }

    [Fact]
    public void Only_headers_that_a_protocol_may_sign_are_kept_and_none_that_comes_twice()
    {
        var headers = new HeaderDictionary
        {
            ["Signature"] = "abc", ["Timestamp"] = new(["1", "2"]), ["Cookie"] = "session", ["sign-type"] = "RSA",
            ["timezone"] = new string('x', 5000),
        };

        InboundHeaders.Of(headers).ShouldBe(
            new Dictionary<string, string> { ["signature"] = "abc", ["sign-type"] = "RSA" }, ignoreOrder: true);
    }

    [Fact]
    public void A_dump_shows_place_bytes_and_what_can_be_printed()
    {
        HexDump.Of("{\"a\":\"Ä\"}0123456789").ShouldBe(
            "000000  7b 22 61 22 3a 22 c3 84  22 7d 30 31 32 33 34 35  {\"a\":\"..\"}012345\n"
            + "000010  36 37 38 39                                       6789");
        HexDump.Of("").ShouldBeEmpty();
    }

    private static Task<Acknowledgement> TakeAsync(World world, Account account, InboundMessage message) =>
        world.Get<InboundCommands>().TakeAsync(account, world.Provider.Notifications!, message, "203.0.113.24");

    private static async Task<InboundPage> PageAsync(World world, Actor reader, InboundFilter filter) =>
        (await world.Get<InboundQueries>().PageAsync(reader, filter, TimeZoneInfo.Utc, null, null))!;

    private static Task<OrderState> StateAsync(World world) =>
        world.ReadAsync(db => db.Set<Order>().Select(row => row.State).SingleAsync());

    private static Task<Imported> OrderAsync(World world, Account account, string at = "2026-11-20 09:00:00") =>
        world.Get<OrderImport>().ImportAsync(Actor.Job("test"), account.Id, "orders.csv", System.Text.Encoding.UTF8
            .GetBytes($"order_no,time,amount,currency,method,shop_state\nNO-1,{at},123.00,CNY,card,new\n"));
}
