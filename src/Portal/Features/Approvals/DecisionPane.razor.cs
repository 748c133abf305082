using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Ui;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>The decision on one request. What is sent with a decision is what was rendered.</summary>
public partial class DecisionPane
{
    private DecisionSheet? sheet;
    private DecisionSheet? fresh;
    private RefundMessage? message;
    private string? shown;
    private bool read;
    private bool deciding;

    [Parameter, EditorRequired]
    public string Number { get; set; } = "";

    /// <summary>The queue without anything open.</summary>
    [Parameter, EditorRequired]
    public string BackHref { get; set; } = "";

    [Parameter]
    public string? PreviousHref { get; set; }

    [Parameter]
    public string? NextHref { get; set; }

    /// <summary>Called with the number once it is decided by this person.</summary>
    [Parameter]
    public EventCallback<string> Decided { get; set; }

    [CascadingParameter]
    public TimeZoneInfo? Zone { get; set; }

    [CascadingParameter(Name = "HideAmounts")]
    public bool HideAmounts { get; set; }

    private OperationFacts Refund => sheet!.Operation;

    private string Payee => Refund.Payee.Length == 0 ? Words.Refunds["the-payer"] : Refund.Payee;

    private bool CanAct => sheet is { Bar: DecisionBar.None } && fresh is null && !deciding;

    private string ApproveText => HideAmounts
        ? Words["act.approve-bare"]
        : Words["act.approve", OperationWords.Money(Refund.Amount)];

    private string ChangedLead => fresh!.Operation.Standing == Refund.Standing
        ? Words["changed.order"]
        : fresh.Decision is { } decision
            ? Words[$"changed.{decision.Decision}", decision.By, Words.In.Second(decision.At, Zone)]
            : Words["changed.other", Words.StandingWord(fresh.Operation.Standing)];

    protected override async Task OnParametersSetAsync()
    {
        if (shown != Number)
        {
            shown = Number;
            read = false;
            fresh = null;
            message = null;
            await LoadAsync();
        }
    }

    private bool Concerns(Change change) =>
        sheet is { } now && (change.Id == now.Operation.Id || change.Id == now.Operation.OrderId);

    private async Task LoadAsync()
    {
        var number = Number;
        var found = await Sheets.FindAsync(await Current.GetAsync(), number);
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

        var found = await Sheets.FindAsync(await Current.GetAsync(), now.Operation.Number);
        if (found is not null && sheet?.Operation.Id == found.Operation.Id && !deciding)
        {
            fresh = Same(found, sheet) ? null : found;
        }
    }

    private static bool Same(DecisionSheet a, DecisionSheet b) => a.Operation.Version == b.Operation.Version
        && a.Bar == b.Bar && a.OrderState == b.OrderState && a.ShopState == b.ShopState
        && a.RefundedBefore == b.RefundedBefore && a.WaitingBeside == b.WaitingBeside && a.Refundable == b.Refundable;

    private void ShowFresh()
    {
        sheet = fresh;
        fresh = null;
        message = null;
    }

    private async Task DecideAsync(Decision decision)
    {
        if (!CanAct)
        {
            return;
        }

        deciding = true;
        var seen = sheet!;
        try
        {
            if (await Dialogs.ConfirmAsync(Question(seen, decision), UiTexts) is not { } answer)
            {
                return;
            }

            var result = await Commands.DecideAsync(await Current.GetAsync(), new DecisionForm(
                seen.Operation.Id, seen.Operation.Version, seen.Operation.TermsHash, decision, answer.Reason));
            var told = Words.Ended(result, decision, seen.Operation.Amount, seen.AccountName);
            if (result is Approvals.Decided.Done)
            {
                message = null;
                Toasts.Notify(NotificationSeverity.Success, told.Lead, told.Next, 5000);
                await LoadAsync();
                await Decided.InvokeAsync(seen.Operation.Number);
                return;
            }

            message = told;
            await LoadAsync();
        }
        finally
        {
            deciding = false;
        }
    }

    private ConfirmQuestion Question(DecisionSheet seen, Decision decision)
    {
        var refund = seen.Operation;
        var amount = OperationWords.Money(refund.Amount);
        var isYes = decision == Decision.Approved;
        return new(
            Words[isYes ? "confirm.approve.title" : "confirm.reject.title", amount],
            Words[isYes ? "act.approve" : "confirm.reject.act", amount],
            Words[
                isYes ? "confirm.approve.consequence" : "confirm.reject.consequence",
                seen.Provider.Name, amount, Payee])
        {
            Facts =
            [
                (Words["confirm.order"], $"{seen.OrderNumber} · {seen.ShopNumber}"),
                (Words["confirm.amount"], amount),
                (Words["confirm.payee"], Payee),
                (Words["confirm.maker"], refund.RequesterName),
            ],
            Undoes = !isYes,
            ReasonLabel = isYes ? null : Words["confirm.reason"],
        };
    }
}
