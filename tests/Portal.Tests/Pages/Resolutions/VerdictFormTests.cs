using Bunit;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Tests.Features.Resolutions;
using MerchantPortal.Portal.Tests.Ui;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class VerdictFormTests : UiContext
{
    [Fact]
    public async Task The_button_names_the_verdict_and_waits_until_all_is_there()
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(DatabaseKind.Sqlite);
        var form = await OpenAsync(bench, bench.He);
        Act(form).HasAttribute("disabled").ShouldBeTrue();
        form.Find("#verdict-lack").TextContent.ShouldBe("Choose what you found.");
        Radio(form, Verdict.Failed).Change("Failed");
        form.Find("#verdict-lack").TextContent.ShouldBe("Add a file or write a line.");
        form.Find("#verdict-line").Input("Ticket 4711");
        form.Find("#verdict-lack").TextContent.ShouldBe("Say why.");
        form.Find("#verdict-why").Input("The provider has no trace.");
        form.FindAll("#verdict-lack").ShouldBeEmpty();
        Act(form).HasAttribute("disabled").ShouldBeFalse();
        Act(form).TextContent.ShouldBe("Propose: it did not happen");
    }

    [Fact]
    public async Task Sending_again_is_offered_only_where_the_document_allows_it()
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(DatabaseKind.Sqlite);
        var form = await OpenAsync(bench, bench.He);
        Radio(form, Verdict.ResendSame).HasAttribute("disabled").ShouldBeTrue();
        form.Markup.ShouldContain("Allinpay does not promise to take the same number twice as one.");
        Radio(form, Verdict.Succeeded).HasAttribute("disabled").ShouldBeFalse();

        bench.World.Provider.ResendSafe = true;
        Radio(await OpenAsync(bench, bench.He), Verdict.ResendSame).HasAttribute("disabled").ShouldBeFalse();
    }

    [Fact]
    public async Task Who_had_a_part_in_it_is_told_who_can_settle_it()
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(DatabaseKind.Sqlite);
        var form = await OpenAsync(bench, bench.Clerk);
        form.Find(".note").TextContent.ShouldContain("Needs the right operations.resolve");
        form.Find(".note").TextContent.ShouldContain("he or wu");
        form.Find("fieldset").HasAttribute("disabled").ShouldBeTrue();
        form.Find("#verdict-why").HasAttribute("disabled").ShouldBeTrue();
        Act(form).HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public async Task A_proposal_takes_a_code_and_is_made_once()
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(DatabaseKind.Sqlite);
        var told = 0;
        var form = await OpenAsync(bench, bench.He, () => told++);
        Radio(form, Verdict.Succeeded).Change("Succeeded");
        form.Find("#verdict-line").Input("Settlement of 2026-11-20, line 14");
        form.Find("#verdict-why").Input("It stands in the file.");
        Act(form).Click();
        form.Find("#step-up-code").Input(bench.World.Code(bench.He));
        await form.Find("form.step-up").SubmitAsync();

        told.ShouldBe(1);
        var request = await bench.World.ReadAsync(db => db.Set<ChangeRequest>().SingleAsync());
        (request.Kind, request.DocumentText, request.ProposerName)
            .ShouldBe((ResolveOperation.Word, "Settlement of 2026-11-20, line 14", "he"));
    }

    private static AngleSharp.Dom.IElement Act(IRenderedComponent<VerdictForm> form) => form.Find("button.p");

    private static AngleSharp.Dom.IElement Radio(IRenderedComponent<VerdictForm> form, Verdict verdict) =>
        form.Find($"input[type=radio][value={verdict}]");

    private async Task<IRenderedComponent<VerdictForm>> OpenAsync(
        ResolutionBench bench, Actor actor, Action? proposed = null)
    {
        if (Services.All(service => service.ServiceType != typeof(ChangeCommands)))
        {
            Services.AddScoped<OperationWords>();
            Services.AddScoped<ChangeWords>();
            Services.AddScoped<ResolutionWords>();
            Services.AddSingleton(bench.World.Get<ChangeCommands>());
            Services.AddSingleton(bench.World.Get<StepUpCommands>());
            Services.AddSingleton(new CurrentActor(new Signed(actor), bench.World.Factory, Clock));
        }

        var number = (await bench.RowAsync()).Number;
        var sheet = (await bench.World.Get<SettleQueries>().FindAsync(actor, number))!;
        return Render<VerdictForm>(parameters => parameters
            .Add(x => x.Sheet, sheet)
            .Add(x => x.Proposed, () => proposed?.Invoke()));
    }

    private sealed class Signed(Actor actor) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(CurrentActor.ToPrincipal(actor, "test")));
    }
}
