using AngleSharp.Dom;
using Bunit;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.PreAuths;
using MerchantPortal.Portal.Tests.Ui;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class EndHoldDialogTests : UiContext
{
    private readonly List<HoldForm> asked = [];
    private HoldSheet sheet = HoldSamples.Sheet();
    private Func<HoldForm, Task<HoldRequested>> answer = form =>
        Task.FromResult<HoldRequested>(new HoldRequested.Asked(form.CommandId, "C1"));

    public EndHoldDialogTests()
    {
        Services.AddScoped<OperationWords>();
        Services.AddScoped<PreAuthWords>();
    }

    [Fact]
    public void A_capture_starts_with_what_is_planned_and_says_what_becomes_of_the_rest()
    {
        sheet = HoldSamples.Sheet(planned: 112_000);
        var dialog = Open(OperationKind.Capture);
        dialog.Find("#hold-amount").GetAttribute("value").ShouldBe("1120.00");
        Act(dialog).TextContent.ShouldBe("Ask to capture USD 1,120.00");
        dialog.Markup.ShouldContain("the rest, USD 280.00, is let go with it");
        Act(dialog).HasAttribute("disabled").ShouldBeFalse();
    }

    [Fact]
    public void Without_a_plan_all_of_it_is_offered_and_more_is_told_while_typing()
    {
        var dialog = Open(OperationKind.Capture);
        dialog.Find("#hold-amount").GetAttribute("value").ShouldBe("1400.00");
        dialog.FindAll("input[type=radio]")[0].HasAttribute("disabled").ShouldBeTrue();
        dialog.Find("#hold-amount").Input("1400.01");
        dialog.Find("#hold-amount-error").TextContent.ShouldBe("Only USD 1,400.00 is held.");
        Act(dialog).HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public async Task A_void_asks_for_a_reason_and_sends_the_whole_amount()
    {
        var dialog = Open(OperationKind.Void);
        dialog.FindAll("#hold-amount").ShouldBeEmpty();
        dialog.Find("#hold-lack").TextContent.ShouldBe("Choose a reason.");
        dialog.Find("#hold-reason").Change("Cancelled");
        Act(dialog).TextContent.ShouldBe("Ask to cancel the hold of USD 1,400.00");
        await Act(dialog).ClickAsync();
        asked.Single().ShouldSatisfyAllConditions(
            form => form.Kind.ShouldBe(OperationKind.Void),
            form => form.Reason.ShouldBe("Cancelled"),
            form => form.SeenAuthorised.ShouldBe(140_000),
            form => form.SeenVersion.ShouldBe(3));
    }

    [Fact]
    public void The_payers_number_is_asked_for_where_the_provider_wants_it()
    {
        sheet = HoldSamples.Sheet(needsPayer: true);
        var dialog = Open(OperationKind.Capture);
        dialog.Find("#hold-lack").TextContent.ShouldBe("Write the payer’s number.");
        dialog.Find("#hold-payer").Input("U-77");
        dialog.Find("#hold-lack").TextContent.ShouldBe("Nothing is sent until someone approves.");
        sheet = HoldSamples.Sheet(needsPayer: true) with { PayerId = "U-1" };
        Open(OperationKind.Capture).FindAll("#hold-payer").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_double_click_makes_one_request()
    {
        var gate = new TaskCompletionSource<HoldRequested>();
        answer = _ => gate.Task;
        var dialog = Open(OperationKind.Capture);
        var first = Act(dialog).ClickAsync();
        var second = Act(dialog).ClickAsync();
        gate.SetResult(new HoldRequested.PayerMissing());
        await Task.WhenAll(first, second);
        asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stale_page_shows_fresh_facts_and_keeps_what_was_typed()
    {
        answer = _ => Task.FromResult<HoldRequested>(new HoldRequested.PageIsStale());
        var dialog = Open(OperationKind.Capture);
        dialog.Find("#hold-amount").Input("3.00");
        dialog.Find("#hold-comment").Input("shipped");
        sheet = HoldSamples.Sheet() with { Line = HoldSamples.Sheet().Line with { Version = 4 } };
        await Act(dialog).ClickAsync();
        dialog.Find("[role=alert]").TextContent.ShouldContain("changed while this was open");
        dialog.Find("#hold-amount").GetAttribute("value").ShouldBe("3.00");
        dialog.Find("#hold-comment").GetAttribute("value").ShouldBe("shipped");
        await Act(dialog).ClickAsync();
        asked.Select(form => form.SeenVersion).ShouldBe([3, 4]);
        asked[1].CommandId.ShouldBe(asked[0].CommandId);
    }

    private static IElement Act(IRenderedComponent<EndHoldDialog> dialog) => dialog.FindAll("footer button")[^1];

    private IRenderedComponent<EndHoldDialog> Open(OperationKind kind) => Render<EndHoldDialog>(parameters => parameters
        .Add(dialog => dialog.Draft, new HoldDraft(sheet, kind))
        .Add(dialog => dialog.Ask, form =>
        {
            asked.Add(form);
            return answer(form);
        })
        .Add(dialog => dialog.Reread, () => Task.FromResult<HoldSheet?>(sheet)));
}
