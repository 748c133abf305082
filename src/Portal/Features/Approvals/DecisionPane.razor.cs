using MerchantPortal.Portal.Data;
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
    private RefundMessage? message;
    private bool approving;
    private bool compared;

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

    private OperationFacts Asked => Sheet!.Operation;

    private bool CanAct => Sheet is { CanDecide: true } && Fresh is null && !IsDeciding;

    private bool HasComparedTwins => compared || Sheet!.Twins.Count == 0;

    private string ApproveText => HideAmounts && Asked.Kind != OperationKind.Unbind
        ? Words["act.approve-bare"]
        : Words["act.approve", Words.Thing(Asked)];

    private string ChangedLead => Fresh!.Operation.Standing == Asked.Standing
        && Fresh.Decisions.Count == Sheet!.Decisions.Count
            ? Words["changed.order"]
            : Fresh.Decisions is [.., var decision]
                ? Words[$"changed.{decision.Decision}", decision.By, Words.In.Second(decision.At, Zone)]
                : Words["changed.other", Words.StandingWord(Fresh.Operation.Standing)];

    protected override Task<DecisionSheet?> FindAsync(Actor actor, string number) => Sheets.FindAsync(actor, number);

    protected override bool IsSame(DecisionSheet found, DecisionSheet shown) =>
        found.Operation.Version == shown.Operation.Version && found.Seat == shown.Seat
        && found.Twins.Count == shown.Twins.Count && found.Order == shown.Order;

    protected override void Leave()
    {
        base.Leave();
        message = null;
        approving = false;
        compared = false;
    }

    private bool Concerns(Change change) =>
        Sheet is { } now && (change.Id == now.Operation.Id || change.Id == now.Operation.OrderId);

    private Task ApproveAsync() => DecideAsync(Sheet!, Decision.Approved, "");

    private async Task RejectAsync()
    {
        if (CanAct && await Dialogs.ConfirmAsync(Question(Sheet!), UiTexts) is { } answer)
        {
            await DecideAsync(Sheet!, Decision.Rejected, answer.Reason);
        }
    }

    private async Task DecideAsync(DecisionSheet seen, Decision decision, string comment)
    {
        if (CanAct)
        {
            await DecideOnceAsync(() => SendAsync(seen, decision, comment));
        }
    }

    private async Task SendAsync(DecisionSheet seen, Decision decision, string comment)
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
        message = result is Approvals.Decided.Done ? null : told;
        await LoadAsync();
        if (result is Approvals.Decided.Done)
        {
            Toasts.Notify(NotificationSeverity.Success, told.Lead, told.Next, 5000);
            await Decided.InvokeAsync(seen.Operation.Number);
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
