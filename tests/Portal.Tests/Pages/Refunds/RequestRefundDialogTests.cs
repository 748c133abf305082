using Bunit;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Tests.Ui;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class RequestRefundDialogTests : UiContext
{
    private readonly List<RefundForm> asked = [];
    private RefundOffer offer = RefundSamples.Offer(paid: 1_240);
    private Func<RefundForm, Task<RefundRequested>> answer = form =>
        Task.FromResult<RefundRequested>(new RefundRequested.Asked(form.CommandId, "R1"));

    public RequestRefundDialogTests()
    {
        Services.AddScoped<OperationWords>();
        Services.AddScoped<RefundWords>();
    }

    [Fact]
    public void The_button_says_what_is_asked_for_and_waits_until_all_is_there()
    {
        var dialog = Open();
        Act(dialog).HasAttribute("disabled").ShouldBeTrue();
        dialog.Find("#refund-lack").TextContent.ShouldBe("Choose a reason.");
        dialog.Find("#refund-reason").Change("Returned");
        Act(dialog).HasAttribute("disabled").ShouldBeFalse();
        Act(dialog).TextContent.ShouldBe("Ask for refund of CNY 12.40");
    }

    [Fact]
    public void A_wrong_amount_is_told_while_typing_and_stays_as_typed()
    {
        var dialog = Open();
        dialog.Find("#refund-amount").Input("12,40");
        dialog.Find("#refund-amount-error").TextContent.ShouldStartWith("Write CNY with at most 2 decimals");
        dialog.Find("#refund-amount").GetAttribute("aria-invalid").ShouldBe("true");
        dialog.Find("#refund-amount").GetAttribute("value").ShouldBe("12,40");
        dialog.FindAll("input[type=radio]")[2].HasAttribute("checked").ShouldBeTrue();
        dialog.Find("#refund-amount").Input("12.41");
        dialog.Find("#refund-amount-error").TextContent.ShouldBe("At most CNY 12.40 is left.");
        dialog.Find("#refund-amount").Input("5.00");
        dialog.FindAll("#refund-amount-error").ShouldBeEmpty();
        dialog.Find(".meter").GetAttribute("aria-label").ShouldBe(
            "CNY 0.00 refunded, CNY 0.00 waiting, CNY 5.00 this one, of CNY 12.40");
    }

    [Fact]
    public async Task A_double_click_makes_one_request()
    {
        var gate = new TaskCompletionSource<RefundRequested>();
        answer = _ => gate.Task;
        var dialog = Open();
        dialog.Find("#refund-reason").Change("Returned");
        var first = Act(dialog).ClickAsync();
        var second = Act(dialog).ClickAsync();
        Act(dialog).TextContent.ShouldBe("Asking…");
        gate.SetResult(new RefundRequested.ReasonMissing());
        await Task.WhenAll(first, second);
        asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stale_page_shows_the_new_figures_and_keeps_what_was_typed()
    {
        answer = _ => Task.FromResult<RefundRequested>(new RefundRequested.PageIsStale(new(1_000, RefundSamples.Cny)));
        var dialog = Open();
        dialog.Find("#refund-amount").Input("3.00");
        dialog.Find("#refund-reason").Change("Damaged");
        dialog.Find("#refund-comment").Input("broken");
        offer = RefundSamples.Offer(paid: 1_240, refunded: 240);
        await Act(dialog).ClickAsync();
        dialog.Find("[role=alert]").TextContent.ShouldContain("CNY 10.00 is left now");
        dialog.Find("#refund-amount").GetAttribute("value").ShouldBe("3.00");
        dialog.Find("#refund-comment").GetAttribute("value").ShouldBe("broken");
        asked.Single().SeenRefundable.ShouldBe(1_240);
        await Act(dialog).ClickAsync();
        asked[1].SeenRefundable.ShouldBe(1_000);
        asked[1].CommandId.ShouldBe(asked[0].CommandId);
    }

    [Fact]
    public async Task A_refund_that_is_already_waiting_has_to_be_meant()
    {
        answer = form => Task.FromResult<RefundRequested>(form.MeansAnother
            ? new RefundRequested.Asked(form.CommandId, "R1")
            : new RefundRequested.AnotherIsOpen("R2", "王磊 Wang Lei", Spoken.Noon, new(860, RefundSamples.Cny)));
        var dialog = Open();
        dialog.Find("#refund-reason").Change("Returned");
        offer = RefundSamples.Offer(paid: 1_240, waiting: 860, another: RefundSamples.Facts(minor: 860));
        await Act(dialog).ClickAsync();
        dialog.Find(".note.wait").TextContent.ShouldContain("A refund of this order is already waiting.");
        Act(dialog).HasAttribute("disabled").ShouldBeTrue();
        dialog.Find("#refund-amount").Input("3.80");
        dialog.Find("#refund-lack").TextContent.ShouldBe("Say that yours is a separate refund.");
        dialog.Find(".separate input").Change(true);
        await Act(dialog).ClickAsync();
        asked[^1].MeansAnother.ShouldBeTrue();
    }

    [Fact]
    public void Who_decides_is_named_and_nobody_is_warned_about()
    {
        var dialog = Open();
        dialog.Markup.ShouldContain("李静 Li Jing or 周敏 Zhou Min, not you");
        dialog.Markup.ShouldContain("Until 18:00; then it expires");
        dialog.FindAll(".note.wait").ShouldBeEmpty();
        offer = RefundSamples.Offer(paid: 1_240) with { Approval = Spoken.Outlook() };
        Open().Find(".note.wait").TextContent.ShouldContain("Nobody could approve this now");
    }

    [Fact]
    public void How_many_have_to_approve_follows_the_amount_that_is_typed()
    {
        offer = RefundSamples.Offer(paid: 1_240) with
        {
            Approval = new((_, amount) => new(
                ApprovalRule.Usual with { Needed = amount.Minor > 1_000 ? 2 : 1, CoolingOffMinutes = 15 },
                ["李静 Li Jing"], Most: 1, Spoken.Noon.AddHours(6))),
        };
        var dialog = Open();
        dialog.Find(".note.wait").TextContent.ShouldContain("It needs 2 people and could get 1");
        dialog.Markup.ShouldContain("15 min after the last approval");
        dialog.Find("#refund-amount").Input("10.00");
        dialog.FindAll(".note.wait").ShouldBeEmpty();
        dialog.Markup.ShouldContain("李静 Li Jing, not you");
    }

    [Fact]
    public async Task The_dialog_closes_with_what_was_asked_for()
    {
        object? closed = null;
        Services.GetRequiredService<DialogService>().OnClose += result => closed = result;
        _ = Services.GetRequiredService<DialogService>().OpenAsync("x", _ => _ => { });
        var dialog = Open();
        dialog.Find("#refund-reason").Change("Returned");
        await Act(dialog).ClickAsync();
        ((object?)closed).ShouldBeOfType<RefundRequested.Asked>();
    }

    private static AngleSharp.Dom.IElement Act(IRenderedComponent<RequestRefundDialog> dialog) =>
        dialog.Find("footer .btn.p");

    private IRenderedComponent<RequestRefundDialog> Open() => Render<RequestRefundDialog>(parameters => parameters
        .Add(x => x.Draft, new RefundDraft(offer))
        .Add(x => x.Ask, form =>
        {
            asked.Add(form);
            return answer(form);
        })
        .Add(x => x.Reread, () => Task.FromResult<RefundOffer?>(offer)));
}
