using Bunit;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Tests.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class InboxQueueTests : UiContext
{
    private readonly HashSet<Guid> selected = [];

    public InboxQueueTests()
    {
        Services.AddScoped<OperationWords>();
        Services.AddScoped<RefundWords>();
        Services.AddScoped<ApprovalWords>();
    }

    [Theory]
    [InlineData(OperationKind.Refund, "Refund to A. Lindqvist")]
    [InlineData(OperationKind.Capture, "Take the hold of A. Lindqvist")]
    [InlineData(OperationKind.Void, "Cancel the hold of A. Lindqvist")]
    [InlineData(OperationKind.Transfer, "Transfer to A. Lindqvist")]
    [InlineData(OperationKind.Unbind, "Remove the card ICBC ···4242")]
    public void Every_kind_says_what_is_asked_for(OperationKind kind, string title)
    {
        var queue = Open(Item(kind, new(DecisionBar.None)));
        queue.Find(".item .t").TextContent.ShouldBe(title);
        queue.FindAll(".item .money").Count.ShouldBe(kind == OperationKind.Unbind ? 0 : 1);
    }

    [Fact]
    public void Only_what_the_person_can_decide_on_can_be_selected()
    {
        var open = Item(OperationKind.Refund, new(DecisionBar.None));
        var queue = Open(open, Item(OperationKind.Refund, new(DecisionBar.OwnRequest)));
        queue.FindAll("input[type=checkbox]").Count.ShouldBe(1);
        queue.Find("input[type=checkbox]").Change(true);
        selected.ShouldBe([open.Line.Operation.Id]);
    }

    [Theory]
    [InlineData(DecisionBar.OwnRequest, "You asked for it yourself")]
    [InlineData(DecisionBar.NoRight, "Needs the right operations.approve for HK store")]
    [InlineData(DecisionBar.FreshGrant, "Your right to approve counts from 08:10")]
    [InlineData(DecisionBar.NotOnList, "The policy names other people for it")]
    [InlineData(DecisionBar.AlreadyYou, "You have approved it; another person is next")]
    [InlineData(DecisionBar.AlreadyDelegate, "Li Jing has approved; the two of you count as one")]
    public void What_the_person_cannot_decide_on_says_why(DecisionBar bar, string why)
    {
        var queue = Open(Item(
            OperationKind.Refund, new(bar, Who: "Li Jing", From: Clock.GetUtcNow().AddHours(1))));
        queue.Find(".item .b").TextContent.ShouldBe(why);
        queue.Find(".grp").TextContent.ShouldContain("You cannot decide");
    }

    [Fact]
    public void What_too_few_people_can_approve_says_so()
    {
        var item = Item(OperationKind.Refund, new(DecisionBar.None), needed: 3) with { Given = 1, Most = 2 };
        var line = Open(item).Find(".item .b.ink.fail").TextContent;
        line.ShouldContain("1 of 3 approved");
        line.ShouldContain("needs 3, only 2 can approve");
    }

    [Fact]
    public void Sums_are_per_currency_and_leave_out_what_moves_no_money()
    {
        var items = new[]
        {
            Item(OperationKind.Refund, new(DecisionBar.None)), Item(OperationKind.Transfer, new(DecisionBar.None)),
            Item(OperationKind.Unbind, new(DecisionBar.None)),
            Item(OperationKind.Refund, new(DecisionBar.None), currency: "USD"),
        };
        BulkPane.Totals(items).ShouldBe(
            [new Money(2_480, CurrencyTable.Get("CNY")), new Money(1_240, CurrencyTable.Get("USD"))]);
    }

    private IRenderedComponent<InboxQueue> Open(params InboxItem[] items) => Render<InboxQueue>(queue => queue
        .Add(part => part.Items, items)
        .Add(part => part.Tab, ApprovalTab.All)
        .Add(part => part.Toggled, EventCallback.Factory.Create<Guid>(this, id => selected.Add(id))));

    private InboxItem Item(OperationKind kind, Seat seat, int needed = 1, string currency = "CNY") => new(
        new OperationLine(
            OperationFacts.From(new Operation
            {
                Id = Guid.CreateVersion7(),
                Number = $"{kind.Letter()}261120M5KQ7",
                Kind = kind,
                Provider = "allinpay",
                AmountMinor = kind == OperationKind.Unbind ? 0 : 1_240,
                Currency = currency,
                Payee = "A. Lindqvist",
                Needed = needed,
                Details = kind == OperationKind.Unbind
                    ? OperationDetails.Write(new UnbindDetails("U1", "ICBC", "4242"))
                    : "",
                RequesterName = "Wang Lei",
                RequestedAt = Clock.GetUtcNow().AddMinutes(-6),
                DueAt = Clock.GetUtcNow().AddHours(3),
                State = OperationState.PendingApproval,
            }),
            "", "", null, "HK store", null),
        seat, "Allinpay")
    {
        Most = needed,
    };
}
