using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>The answer to one change. What is sent with an answer is what was rendered.</summary>
public partial class ChangePane
{
    private ChangeSheet? sheet;
    private ChangeSheet? fresh;
    private ChangeMessage? message;
    private string? shown;
    private bool read;
    private bool deciding;
    private bool confirming;

    [Parameter, EditorRequired]
    public string Number { get; set; } = "";

    /// <summary>The list without anything open.</summary>
    [Parameter, EditorRequired]
    public string BackHref { get; set; } = "";

    /// <summary>Called with the number once this person has answered.</summary>
    [Parameter]
    public EventCallback<string> Answered { get; set; }

    private bool CanAnswer => sheet is { Line.Bar: ChangeBar.None } && fresh is null && !deciding;

    private bool CanConfirm => CanAnswer && sheet!.Hindrance is null;

    /// <summary>Colour and icon of a state.</summary>
    public static Meaning MeaningOf(ChangeState state) => state switch
    {
        ChangeState.Waiting => Meaning.Wait,
        ChangeState.Applied => Meaning.Done,
        ChangeState.Rejected => Meaning.Fail,
        _ => Meaning.Ended,
    };

    protected override async Task OnParametersSetAsync()
    {
        if (shown != Number)
        {
            shown = Number;
            read = false;
            fresh = null;
            message = null;
            confirming = false;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var number = Number;
        var found = await Queries.FindAsync(await Current.GetAsync(), number);
        if (number == Number)
        {
            sheet = found;
            read = true;
        }
    }

    private async Task CompareAsync()
    {
        if (sheet is not { } now || deciding)
        {
            return;
        }

        var found = await Queries.FindAsync(await Current.GetAsync(), now.Line.Number);
        if (found is not null && sheet?.Line.Id == found.Line.Id && !deciding)
        {
            fresh = found.Line == sheet.Line && found.Hindrance == sheet.Hindrance ? null : found;
        }
    }

    private void ShowFresh()
    {
        sheet = fresh;
        fresh = null;
        message = null;
    }

    private Task ConfirmAsync() => CanConfirm ? DecideAsync(sheet!, ChangeAnswer.Confirmed, "") : Task.CompletedTask;

    private async Task RejectAsync()
    {
        if (CanAnswer && await AskAsync("reject", asksWhy: true) is { } said)
        {
            await DecideAsync(sheet!, ChangeAnswer.Rejected, said.Reason);
        }
    }

    private async Task DecideAsync(ChangeSheet seen, ChangeAnswer answer, string comment) => await DoAsync(
        seen,
        await Current.GetAsync(),
        actor => Commands.DecideAsync(
            actor, new(seen.Line.Id, seen.Line.Version, seen.TermsHash, answer, comment)));

    private async Task WithdrawAsync()
    {
        var seen = sheet!;
        if (!deciding && await AskAsync("withdraw", asksWhy: false) is not null)
        {
            await DoAsync(
                seen, await Current.GetAsync(), actor => Commands.WithdrawAsync(actor, seen.Line.Id));
        }
    }

    private async Task DoAsync(ChangeSheet seen, Actor actor, Func<Actor, Task<Answered>> act)
    {
        if (deciding)
        {
            return;
        }

        deciding = true;
        try
        {
            var result = await act(actor);
            var told = Words.Ended(result);
            message = result is Changes.Answered.Done ? null : told;
            confirming = false;
            await LoadAsync();
            if (result is Changes.Answered.Done)
            {
                Toasts.Notify(NotificationSeverity.Success, told.Lead, told.Next, 5000);
                await Answered.InvokeAsync(seen.Line.Number);
            }
        }
        finally
        {
            deciding = false;
        }
    }

    private Task<ConfirmAnswer?> AskAsync(string what, bool asksWhy)
    {
        var title = Words.Title(sheet!.Line.Kind);
        return Dialogs.ConfirmAsync(
            new(Words[$"{what}.title", title], Words[$"{what}.act", sheet.Line.Number], Words[$"{what}.consequence"])
            {
                Facts =
                [
                    .. sheet.Facts.Select(fact => (Words.FactName(fact.Name), fact.Before == fact.After
                        ? Words.Value(fact.After)
                        : $"{Words.Value(fact.Before)} → {Words.Value(fact.After)}")),
                ],
                Undoes = true,
                ReasonLabel = asksWhy ? Words["reject.reason"] : null,
            },
            UiTexts);
    }
}
