using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>The page of one batch. What is sent with a decision is what was rendered.</summary>
public sealed partial class BatchView
{
    private BatchSheet? sheet;
    private BatchSheet? fresh;
    private RefundMessage? message;
    private bool failed;
    private bool wasRead;
    private string? asked;
    private bool busy;
    private bool proving;

    [Inject] private BatchQueries Batches { get; set; } = null!;
    [Inject] private BatchDecisions Decisions { get; set; } = null!;
    [Inject] private BatchCommands Commands { get; set; } = null!;
    [Inject] private CurrentActor Current { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private BatchWords Words { get; set; } = null!;
    [Inject] private IStringLocalizer<UiTexts> UiTexts { get; set; } = null!;

    [Parameter] public string Number { get; set; } = "";

    [CascadingParameter] public TimeZoneInfo? Zone { get; set; }

    [SupplyParameterFromQuery(Name = "rows")] private string? GroupText { get; set; }
    [SupplyParameterFromQuery(Name = "after")] private int After { get; set; }

    private BatchGroup Group => Enum.TryParse<BatchGroup>(GroupText, ignoreCase: true, out var group)
        && Enum.IsDefined(group)
        ? group
        : BatchGroup.All;

    private OperationKind Kind => sheet!.Batch.Kind;

    private string Again => Kind == OperationKind.Transfer
        ? PortalUrls.TransferBatchOf(sheet!.Batch.Number)
        : PortalUrls.BatchOf(sheet!.Batch.Number);

    private int Waiting => sheet?.Counts[BatchGroup.Waiting] ?? 0;

    private bool CanAct => sheet is { Bar: DecisionBar.None } && fresh is null && !busy;

    private IReadOnlyList<StepUpSubject> Subjects => [new(sheet!.Batch.Id, sheet.SeenHash)];

    private string Who => sheet!.Approvers.Count == 0
        ? Words["decide.nobody"]
        : Words["decide.by", Words.In.Names(sheet.Approvers), Words.In.Minute(sheet.DueAt!.Value, Zone)];

    private string ApproveText => Words.Many(sheet!.Batch.Kind, "act.approve", Waiting, BatchWords.Sums(sheet.Waiting));

    private IReadOnlyList<TabLink> TabLinks =>
    [
        .. Enum.GetValues<BatchGroup>().Select(group => new TabLink(
            Words[$"group.{group}"], Href(group), BatchWords.Number(sheet!.Counts[group]),
            sheet.Counts[group] > 0 && group is BatchGroup.Unknown or BatchGroup.Waiting
                ? BatchWords.Meaning(group)
                : null)),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (asked != Number)
        {
            (message, wasRead) = (null, false);
        }

        asked = Number;

        await LoadAsync();
    }

    private IReadOnlyList<Crumb> Crumbs(string last) => [new(Words["title"], PortalUrls.Batches), new(last)];

    private string Href(BatchGroup group, int? after = null) =>
        PortalUrls.Batch(sheet!.Batch.Number, group == BatchGroup.All ? null : group.ToString(), after);

    private static bool Concerns(Change change) => change.Topic is "operation" or "batch";

    private async Task LoadAsync()
    {
        var number = Number;
        var found = await ReadAsync();
        if (number == Number)
        {
            (sheet, fresh, wasRead) = (found, null, true);
        }
    }

    private async Task<BatchSheet?> ReadAsync() =>
        await Batches.FindAsync(await Current.GetAsync(), Number, Group, After);

    // Where somebody is deciding, nothing moves under the hand; everywhere else the rows follow at once.
    private async Task HearAsync()
    {
        if (busy || sheet is null)
        {
            return;
        }

        var found = await ReadAsync();
        if (found is null || found.Batch.Number != sheet.Batch.Number)
        {
            return;
        }

        if (sheet.Bar == DecisionBar.None && found.SeenHash != sheet.SeenHash)
        {
            fresh = found;
        }
        else
        {
            sheet = found;
        }
    }

    private void ShowFresh() => (sheet, fresh, message) = (fresh, null, null);

    /// <summary>Runs once the code for exactly what is shown was right.</summary>
    private async Task ApproveAsync()
    {
        proving = false;
        if (CanAct)
        {
            await SendAsync(new(sheet!.Batch.Id, sheet.SeenHash, Decision.Approved, "") { SeenTwins = sheet.Twins });
        }
    }

    private async Task RejectAsync(Guid? only)
    {
        if (!CanAct)
        {
            return;
        }

        var seen = sheet!;
        var act = Words.Many(seen.Batch.Kind, "act.reject", only is null ? Waiting : 1);
        var question = new ConfirmQuestion(act, act, Words.Of(seen.Batch.Kind, "confirm.reject"))
        {
            Facts = Facts(seen),
            Undoes = true,
            ReasonLabel = Words["confirm.reason"],
        };
        if (await Dialogs.ConfirmAsync(question, UiTexts) is { } answer)
        {
            await SendAsync(new(seen.Batch.Id, seen.SeenHash, Decision.Rejected, answer.Reason)
            {
                Only = only is { } one ? [one] : null,
            });
        }
    }

    private async Task SendAsync(BatchDecisionForm form)
    {
        if (busy)
        {
            return;
        }

        busy = true;
        try
        {
            var result = await Decisions.DecideAsync(await Current.GetAsync(), form);
            failed = result is not BatchDecided.Done;
            message = Ended(result, form.Decision);
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private async Task WithdrawAsync()
    {
        if (busy)
        {
            return;
        }

        busy = true;
        try
        {
            var act = Words.Many(sheet!.Batch.Kind, "act.withdraw", Waiting);
            var question = new ConfirmQuestion(act, act, Words.Of(sheet.Batch.Kind, "confirm.withdraw"))
            {
                Facts = Facts(sheet!),
                Undoes = true,
            };
            if (await Dialogs.ConfirmAsync(question, UiTexts) is null)
            {
                return;
            }

            var taken = await Commands.WithdrawAsync(await Current.GetAsync(), sheet!.Batch.Id);
            failed = taken == 0;
            message = failed
                ? new(Words["withdrawn.not"], Words["withdrawn.not.next"])
                : new(Words.Many(sheet.Batch.Kind, "withdrawn", taken), Words["withdrawn.next"]);
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private RefundMessage Ended(BatchDecided result, Decision decision) => result switch
    {
        BatchDecided.Done { Missing: > 0 } part => new(
            Words.Many(Kind, "decided.Part", part.Count), Words["decided.Part.next", part.Missing]),
        BatchDecided.Done done => new(
            Words.Many(Kind, $"decided.Done.{decision}", done.Count),
            Words.Of(Kind, $"decided.Done.{decision}.next")),
        BatchDecided.RowRefused no => new(
            Words["decided.RowRefused", no.Number], Words[$"why.{no.Why.GetType().Name}"]),
        _ => new(Words[$"decided.{result.GetType().Name}"], Words[$"decided.{result.GetType().Name}.next"]),
    };

    private IReadOnlyList<(string Term, string Value)> Facts(BatchSheet seen) =>
    [
        (Words["confirm.batch"], $"{seen.Batch.Number} · {seen.Batch.Name}"),
        (Words["confirm.totals"], BatchWords.Sums(seen.Waiting)),
        (Words["confirm.maker"], seen.Batch.RequesterName),
    ];
}
