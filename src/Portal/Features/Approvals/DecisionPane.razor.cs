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
    private bool approving;
    private bool compared;

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

    private OperationFacts Asked => sheet!.Operation;

    private bool CanAct => sheet is { CanDecide: true } && fresh is null && !deciding;

    private bool HasComparedTwins => compared || sheet!.Twins.Count == 0;

    private string ApproveText => HideAmounts && Asked.Kind != OperationKind.Unbind
        ? Words["act.approve-bare"]
        : Words["act.approve", Words.Thing(Asked)];

    private string ChangedLead => fresh!.Operation.Standing == Asked.Standing
        && fresh.Decisions.Count == sheet!.Decisions.Count
            ? Words["changed.order"]
            : fresh.Decisions is [.., var decision]
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
            approving = false;
            compared = false;
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
        && a.Seat == b.Seat && a.Twins.Count == b.Twins.Count && a.Order == b.Order;

    private void ShowFresh()
    {
        sheet = fresh;
        fresh = null;
        message = null;
        approving = false;
        compared = false;
    }

    private Task ApproveAsync() => DecideAsync(sheet!, Decision.Approved, "");

    private async Task RejectAsync()
    {
        if (CanAct && await Dialogs.ConfirmAsync(Question(sheet!), UiTexts) is { } answer)
        {
            await DecideAsync(sheet!, Decision.Rejected, answer.Reason);
        }
    }

    private async Task DecideAsync(DecisionSheet seen, Decision decision, string comment)
    {
        if (!CanAct)
        {
            return;
        }

        deciding = true;
        try
        {
            var form = new DecisionForm(
                seen.Operation.Id, seen.Operation.Version, seen.Operation.TermsHash, decision, comment)
            {
                SeenTwins = compared ? [.. seen.Twins.Select(twin => twin.Id)] : [],
            };
            var result = await Commands.DecideAsync(await Current.GetAsync(), form);
            var told = Words.Ended(result, decision, Words.Thing(seen.Operation), seen.AccountName, Zone);
            approving = false;
            compared = false;
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

    private ConfirmQuestion Question(DecisionSheet seen)
    {
        var asked = seen.Operation;
        var thing = Words.Thing(asked);
        var payee = Words.Payee(asked);
        return new(
            Words["confirm.reject.title", Words.Title(asked)],
            Words["confirm.reject.act", thing],
            Words["confirm.reject.consequence", seen.Provider.Name, payee, thing])
        {
            Facts =
            [
                seen.Order is { } order
                    ? (Words["confirm.order"], $"{order.Number} · {order.ShopNumber}")
                    : (Words["confirm.account"], seen.AccountName),
                (Words["confirm.amount"], thing),
                (Words["confirm.payee"], payee),
                (Words["confirm.maker"], asked.RequesterName),
            ],
            Undoes = true,
            ReasonLabel = Words["confirm.reason"],
        };
    }
}
