using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>The answer to one change. What is sent with an answer is what was rendered.</summary>
public partial class ChangePane
{
    private ChangeMessage? message;
    private bool confirming;

    /// <summary>The list without anything open.</summary>
    [Parameter, EditorRequired]
    public string BackHref { get; set; } = "";

    /// <summary>Called with the number once this person has answered.</summary>
    [Parameter]
    public EventCallback<string> Answered { get; set; }

    private bool CanAnswer => Sheet is { Line.Bar: ChangeBar.None } && Fresh is null && !IsDeciding;

    private bool CanConfirm => CanAnswer && Sheet!.Hindrance is null;

    /// <summary>Colour and icon of a state.</summary>
    public static Meaning MeaningOf(ChangeState state) => state switch
    {
        ChangeState.Waiting => Meaning.Wait,
        ChangeState.Applied => Meaning.Done,
        ChangeState.Rejected => Meaning.Fail,
        _ => Meaning.Ended,
    };

    protected override Task<ChangeSheet?> FindAsync(Actor actor, string number) => Queries.FindAsync(actor, number);

    protected override bool IsSame(ChangeSheet found, ChangeSheet shown) =>
        found.Line == shown.Line && found.Hindrance == shown.Hindrance;

    protected override void Leave()
    {
        base.Leave();
        message = null;
        confirming = false;
    }

    private Task ConfirmAsync() => CanConfirm ? DecideAsync(Sheet!, ChangeAnswer.Confirmed, "") : Task.CompletedTask;

    private async Task RejectAsync()
    {
        if (CanAnswer && await AskAsync("reject", asksWhy: true) is { } said)
        {
            await DecideAsync(Sheet!, ChangeAnswer.Rejected, said.Reason);
        }
    }

    private async Task DecideAsync(ChangeSheet seen, ChangeAnswer answer, string comment) => await DoAsync(
        seen,
        await Current.GetAsync(),
        actor => Commands.DecideAsync(
            actor, new(seen.Line.Id, seen.Line.Version, seen.TermsHash, answer, comment)));

    private async Task WithdrawAsync()
    {
        var seen = Sheet!;
        if (!IsDeciding && await AskAsync("withdraw", asksWhy: false) is not null)
        {
            await DoAsync(
                seen, await Current.GetAsync(), actor => Commands.WithdrawAsync(actor, seen.Line.Id));
        }
    }

    private Task DoAsync(ChangeSheet seen, Actor actor, Func<Actor, Task<Answered>> act) => DecideOnceAsync(async () =>
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
    });

    private Task<ConfirmAnswer?> AskAsync(string what, bool asksWhy)
    {
        var title = Words.Title(Sheet!.Line.Kind);
        return Dialogs.ConfirmAsync(
            new(Words[$"{what}.title", title], Words[$"{what}.act", Sheet.Line.Number], Words[$"{what}.consequence"])
            {
                Facts =
                [
                    .. Sheet.Facts.Select(fact => (Words.FactName(fact.Name), fact.Before == fact.After
                        ? Words.Value(fact.After)
                        : $"{Words.Value(fact.Before)} → {Words.Value(fact.After)}")),
                ],
                Undoes = true,
                ReasonLabel = asksWhy ? Words["reject.reason"] : null,
            },
            UiTexts);
    }
}
