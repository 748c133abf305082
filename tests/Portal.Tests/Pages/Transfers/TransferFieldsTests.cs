using Bunit;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Tests.Ui;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class TransferFieldsTests : UiContext
{
    private readonly TransferDraft draft = new(TransferSamples.Offer(payeeUsed: 60_00));
    private int asked;
    private Func<Task> answer = () => Task.CompletedTask;

    public TransferFieldsTests()
    {
        Services.AddScoped<OperationWords>();
        Services.AddScoped<TransferWords>();
    }

    [Fact]
    public void The_name_that_was_compared_stays_in_sight_and_the_button_says_what_is_asked_for()
    {
        var fields = Open();
        fields.Find(".payee-name").TextContent.ShouldBe("A**n C**n");
        Act(fields).HasAttribute("disabled").ShouldBeTrue();
        fields.Find("#transfer-amount").Input("12.40");
        fields.Find("#transfer-title").Input("Invoice 7");
        fields.Find("#transfer-lack").TextContent.ShouldBe("Choose a reason.");
        fields.Find("#transfer-reason").Change("Supplier");
        Act(fields).HasAttribute("disabled").ShouldBeFalse();
        Act(fields).TextContent.ShouldBe("Ask for transfer of USDT 12.40");
        fields.Markup.ShouldContain("李静 Li Jing or 周敏 Zhou Min, not you");
    }

    [Fact]
    public void What_is_left_of_the_smallest_limit_is_the_most_that_can_be_asked_for()
    {
        var fields = Open();
        fields.Find("#transfer-amount-hint").TextContent.ShouldBe("At most USDT 40.00 today");
        fields.Find("#transfer-amount").Input("40.01");
        fields.Find("#transfer-amount-error").TextContent.ShouldBe("At most USDT 40.00 is left today.");
        fields.Find("#transfer-amount").Input("40,00");
        fields.Find("#transfer-amount-error").TextContent.ShouldStartWith("Write USDT with at most 2 decimals");
        fields.Find("#transfer-amount").GetAttribute("value").ShouldBe("40,00");
        fields.Find("#transfer-amount").Input("15.00");
        fields.FindAll("#transfer-amount-error").ShouldBeEmpty();
        fields.FindAll("dd")[1].TextContent.ShouldContain("25.00");
    }

    [Fact]
    public async Task A_double_click_makes_one_request()
    {
        var gate = new TaskCompletionSource();
        answer = () => gate.Task;
        var fields = Filled();
        var first = Act(fields).ClickAsync();
        var second = Act(fields).ClickAsync();
        Act(fields).TextContent.ShouldBe("Asking…");
        gate.SetResult();
        await Task.WhenAll(first, second);
        asked.ShouldBe(1);
    }

    [Fact]
    public void A_twin_has_to_be_meant_and_is_named_in_the_form()
    {
        draft.Twin = new("T1", "王磊 Wang Lei", Spoken.Noon, new(12_40, TransferSamples.Usdt));
        var fields = Filled();
        fields.Find("[role=alert]").TextContent.ShouldContain("The same amount to this payee was asked for lately.");
        Act(fields).HasAttribute("disabled").ShouldBeTrue();
        draft.ToForm().MeansBeside.ShouldBeNull();
        fields.Find(".separate input").Change(true);
        Act(fields).HasAttribute("disabled").ShouldBeFalse();
        draft.ToForm().MeansBeside.ShouldBe("T1");
    }

    private IRenderedComponent<TransferFields> Filled()
    {
        var fields = Open();
        fields.Find("#transfer-amount").Input("12.40");
        fields.Find("#transfer-title").Input("Invoice 7");
        fields.Find("#transfer-reason").Change("Supplier");
        return fields;
    }

    private static AngleSharp.Dom.IElement Act(IRenderedComponent<TransferFields> fields) =>
        fields.FindAll("button.btn.p")[^1];

    private IRenderedComponent<TransferFields> Open() => Render<TransferFields>(parameters => parameters
        .Add(x => x.Draft, draft)
        .Add(x => x.Ask, () =>
        {
            asked++;
            return answer();
        }));
}
