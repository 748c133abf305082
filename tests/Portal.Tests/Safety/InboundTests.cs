using System.Security.Cryptography;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;
using static MerchantPortal.Portal.Tests.PaidNews;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>Allinpay's payment notification as it arrives; the messages are signed here, not by our own code.</summary>
public sealed class InboundTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_genuine_notification_pays_the_order_once_however_often_it_comes(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var order = await UnpaidAsync(world, account);
        var message = Signed(account, order, "12300");

        for (var i = 0; i < 20; i++)
        {
            (await TakeAsync(world, account, message)).Status.ShouldBe(200);
            world.Clock.Advance(TimeSpan.FromDays(2));
        }

        var effects = await world.ReadAsync(
            db => db.Set<Inbound>().OrderBy(row => row.At).Select(row => row.Effect).ToListAsync());
        effects.Count(effect => effect == InboundEffect.Applied).ShouldBe(1);
        effects.Count(effect => effect == InboundEffect.Repeat).ShouldBe(19);
        (await OrderAsync(world)).State.ShouldBe(OrderState.Paid);
        (await world.BalanceAsync(order)).Paid.ShouldBe(12300);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_forged_notification_changes_nothing_and_is_kept_with_its_reason(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var order = await UnpaidAsync(world, account);
        var forged = Signed(
            account, order, "12300", sign: text => Convert.ToBase64String(RandomNumberGenerator.GetBytes(256)));

        (await TakeAsync(world, account, forged)).Status.ShouldBe(401);

        (await OrderAsync(world)).State.ShouldBe(OrderState.AwaitingPayment);
        var row = await world.ReadAsync(db => db.Set<Inbound>().SingleAsync());
        (row.Verdict, row.Effect, row.KeyVersion).ShouldBe((InboundVerdict.Forged, InboundEffect.Quarantined, 0));
        row.Why.ShouldNotBeEmpty();
        row.Body.ShouldBe(forged.Body.ToArray());
        var audit = await world.ReadAsync(db => db.Set<AuditEntry>().OrderBy(entry => entry.Seq).LastAsync());
        audit.Action.ShouldBe("notification.take");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_md5_signature_is_not_taken_on_a_certificate_account(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var order = await UnpaidAsync(world, account);
        var downgraded = Signed(account, order, "12300", signType: "0", sign: Md5);

        (await TakeAsync(world, account, downgraded)).Status.ShouldBe(401);

        (await OrderAsync(world)).State.ShouldBe(OrderState.AwaitingPayment);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Md5_merchant_requires_query_before_state_change(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind);
        var account = await world.AccountAsync();
        var order = await UnpaidAsync(world, account);

        (await TakeAsync(world, account, Signed(account, order, "12300", signType: "0", sign: Md5)))
            .Status.ShouldBe(200);

        (await OrderAsync(world)).State.ShouldBe(OrderState.AwaitingPayment);
        (await OrderAsync(world)).NextQuestionAt.ShouldBe(world.Clock.GetUtcNow());
        world.Provider.OnFind = (_, t) => new QueryAnswer<OrderFacts>.Told(t, Facts(account, order));
        (await world.Get<OrderAsker>().AskNextAsync(default)).ShouldBeTrue();
        (await OrderAsync(world)).State.ShouldBe(OrderState.Paid);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Amount_or_currency_mismatch_never_confirms(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var order = await UnpaidAsync(world, account);

        foreach (var amount in new[] { "1", "12299", "12301", "1230000" })
        {
            (await TakeAsync(world, account, Signed(account, order, amount))).Status.ShouldBe(200);
        }

        (await OrderAsync(world)).State.ShouldBe(OrderState.AwaitingPayment);
        (await OrderAsync(world)).NextQuestionAt.ShouldBe(world.Clock.GetUtcNow());
        (await world.ReadAsync(db => db.Set<Inbound>().CountAsync(row => row.Effect == InboundEffect.Quarantined)))
            .ShouldBe(4);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task News_of_an_order_we_do_not_know_makes_none(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var order = await UnpaidAsync(world, account);

        await TakeAsync(world, account, Signed(account, order, "12300", orderNo: "NOBODY-KNOWS"));

        (await world.ReadAsync(db => db.Set<Order>().CountAsync())).ShouldBe(1);
        var row = await world.ReadAsync(db => db.Set<Inbound>().SingleAsync());
        (row.Effect, row.Why).ShouldBe((InboundEffect.Quarantined, "no such order"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_unknown_member_under_a_good_signature_makes_us_ask_instead(DatabaseKind kind)
    {
        await using var world = await StartAsync(kind);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var order = await UnpaidAsync(world, account);

        (await TakeAsync(world, account, Signed(account, order, "12300", more: "&surprise=1"))).Status.ShouldBe(200);

        var row = await world.ReadAsync(db => db.Set<Inbound>().SingleAsync());
        (row.Verdict, row.Effect).ShouldBe((InboundVerdict.OutsideShape, InboundEffect.Quarantined));
        (await OrderAsync(world)).State.ShouldBe(OrderState.AwaitingPayment);
        (await OrderAsync(world)).NextQuestionAt.ShouldBe(world.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Of_a_flood_of_forgeries_ten_a_minute_are_kept()
    {
        await using var world = await StartAsync(DatabaseKind.Sqlite);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var order = await UnpaidAsync(world, account);
        var forged = Signed(account, order, "12300", sign: _ => "AAAA");

        for (var i = 0; i < 50; i++)
        {
            (await TakeAsync(world, account, forged)).Status.ShouldBe(401);
        }

        (await world.ReadAsync(db => db.Set<Inbound>().CountAsync())).ShouldBe(10);
    }

    [Fact]
    public async Task A_failure_after_success_changes_nothing()
    {
        await using var world = await StartAsync(DatabaseKind.Sqlite);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var order = await UnpaidAsync(world, account);
        await TakeAsync(world, account, Signed(account, order, "12300"));

        (await TakeAsync(world, account, Signed(account, order, "12300", payResult: "0"))).Status.ShouldBe(200);

        (await OrderAsync(world)).State.ShouldBe(OrderState.Paid);
    }

    private static OrderFacts Facts(Account account, Order order) => new()
    {
        MerchantId = account.MerchantId,
        MerchantNumber = order.MerchantNumber,
        ProviderNumber = "202611200001",
        OrderedAt = order.OrderedAt,
        Amount = order.Amount,
        Paid = order.Amount,
        Event = OrderEvent.PaymentSucceeded,
        RawState = "1",
    };
}
