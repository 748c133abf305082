using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Tests.Features.Orders;

public sealed class OrderDetailTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_history_tells_a_refund_from_request_to_answer(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var operation = await world.AskedAsync(clerk, order, "12.30");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.DecideAsync(reviewer, operation);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.Get<OperationSender>().SendNextAsync(CancellationToken.None);

        var details = (await world.Get<OrderDetailQueries>().ReadAsync(clerk, order.Id))!;
        details.Moments.Select(moment => moment.Kind).ShouldBe(
        [
            OrderMomentKind.Placed, OrderMomentKind.Paid, OrderMomentKind.Received, OrderMomentKind.RefundAsked,
            OrderMomentKind.RefundApproved, OrderMomentKind.RefundSent, OrderMomentKind.RefundAccepted,
        ]);
        details.Moments.Where(moment => moment.Person.Length > 0).Select(moment => (moment.Person, moment.UserId))
            .ShouldBe([("chen", clerk.UserId), ("li", reviewer.UserId)]);
        details.Moments[^1].RawState.ShouldBe("refundResult 20");
        (details.Paid, details.Refunded, details.Reserved, details.Refundable).ShouldBe((10_000, 0, 1230, 8770));
        var exchange = details.Exchanges.ShouldHaveSingleItem();
        (exchange.RefundNumber, exchange.Kind, exchange.Transcript.Interface)
            .ShouldBe((operation.Number, EvidenceKind.Answer, "scripted"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_rejected_and_a_withdrawn_request_end_differently(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        await world.DecideAsync(reviewer, await world.AskedAsync(clerk, order, "1.00"), Decision.Rejected);
        var details = (await world.Get<OrderDetailQueries>().ReadAsync(clerk, order.Id))!;
        details.Moments.ShouldContain(moment => moment.Kind == OrderMomentKind.RefundRejected && moment.Person == "li");
        details.Moments.ShouldNotContain(moment => moment.Kind == OrderMomentKind.RefundWithdrawn);
        details.Refundable.ShouldBe(10_000);
    }

    [Fact]
    public void The_same_answer_to_question_after_question_is_one_event()
    {
        var order = new Order { Id = Guid.CreateVersion7(), Currency = "CNY" };
        var operation = new Operation { Id = Guid.CreateVersion7(), State = OperationState.Succeeded };
        Evidence Told(int minute, OperationEvent proves, string raw) => new()
        {
            Id = Guid.CreateVersion7(), OperationId = operation.Id, Kind = EvidenceKind.Query, Proves = proves,
            RawState = raw,
            At = DateTimeOffset.UnixEpoch.AddMinutes(minute),
        };
        var moments = OrderHistory.Of(new(order, 0, [], [operation], [], [],
        [
            Told(3, OperationEvent.ProvedDone, "TKSUCC0006"), Told(1, OperationEvent.ProvedAccepted, "TKSUCC0002"),
            Told(2, OperationEvent.ProvedAccepted, "TKSUCC0002"), Told(4, OperationEvent.ProvedDone, "TKSUCC0006"),
        ])).Where(moment => moment.Evidence is not null);
        moments.Select(moment => (moment.Kind, moment.Times))
            .ShouldBe([(OrderMomentKind.RefundAccepted, 2), (OrderMomentKind.RefundDone, 2)]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Asking_needs_the_right_and_makes_the_question_due(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var commands = world.Get<OrderCommands>();
        (await commands.AskAsync(await world.PersonAsync("sun", Role.Auditor), order.Id)).ShouldBeFalse();
        (await DueAsync(world, order)).ShouldBeNull();
        (await commands.AskAsync(await world.PersonAsync("li", Role.Reviewer), order.Id)).ShouldBeTrue();
        (await DueAsync(world, order)).ShouldBe(world.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    [InlineData("zh-Hant")]
    public async Task Every_word_that_the_pages_build_by_name_has_a_text(string language)
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        System.Globalization.CultureInfo.CurrentUICulture = new(language);
        try
        {
            var texts = world.Get<IStringLocalizer<OrdersTexts>>();
            Names().Where(name => texts[name].ResourceNotFound).ShouldBeEmpty();
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }

    private static IEnumerable<string> Names() =>
    [
        .. Words<OrderState>("state"), .. Words<OrderTab>("tab"), .. Words<OrderSource>("source"),
        .. Words<OrderField>("field"),
        .. Words<OrderMomentKind>("moment"), .. Words<EvidenceKind>("evidence"),
        .. Words<Portal.Features.Notifications.InboundVerdict>("verdict"),
        .. Words<Portal.Features.Notifications.InboundEffect>("effect"),
        .. new[]
        {
            "NotUtf8", "Empty", "ColumnMissing", "TooManyLines", "FieldCount", "OrderNumber", "Time", "CurrencyUnknown",
            "CurrencyNotOfAccount", "Amount", "AmountNotPositive", "TooLong", "KnownWithOtherAmount",
        }.Select(reason => $"reason.{reason}"),
    ];

    private static IEnumerable<string> Words<T>(string kind) where T : struct, Enum =>
        Enum.GetValues<T>().Select(value => $"{kind}.{OrderFilter.Word(value)}");

    private static Task<DateTimeOffset?> DueAsync(World world, Order order) => world.ReadAsync(db =>
        db.Set<Order>().Where(row => row.Id == order.Id).Select(row => row.NextQuestionAt).SingleAsync());
}
