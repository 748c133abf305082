using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>One operation that people settle. A fresh question is asked as soon as a resolver looks at it.</summary>
public partial class SettlePage
{
    private SettleSheet? sheet;
    private bool read;
    private bool asking;
    private string? shown;

    [Parameter]
    public string Number { get; set; } = "";

    private OperationFacts Operation => sheet!.Line.Line.Operation;

    private string? Waiting => sheet!.Line.Waiting?.Number;

    private string NextText => sheet!.Line.ProvenAt is { } proven
        ? Words["next.proof", Words.In.Minute(proven, null)]
        : Operation.State == OperationState.NeedsPerson ? Words[$"next.{sheet.Bar}", Permission.OperationsResolve]
        : Words["next.other"];

    private IReadOnlyList<Crumb> Crumbs => [new(Words["title"], PortalUrls.Unknowns), new(Number)];

    protected override async Task OnParametersSetAsync()
    {
        if (shown != Number)
        {
            shown = Number;
            read = false;
            await LoadAsync();
            if (RendererInfo.IsInteractive && sheet is { Bar: SettleBar.None, MustAsk: true, MayAsk: true })
            {
                await AskAsync();
            }
        }
    }

    private bool Concerns(Change change) => sheet is not null
        && (change.Id == Operation.Id || change.Topic == "change");

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

    private async Task AskAsync()
    {
        if (!asking)
        {
            asking = true;
            await Commands.AskAsync(await Current.GetAsync(), Operation.Id);
            asking = false;
        }
    }

    private async Task OpenEarlyAsync()
    {
        await Dialogs.OpenAsync<ProposeDialog>(
            Words["early.title"],
            new Dictionary<string, object?>
            {
                [nameof(ProposeDialog.Kind)] = EarlyRequest.Word,
                [nameof(ProposeDialog.Terms)] = ChangeJson.Write(new EarlyTerms(Operation.Id)),
                [nameof(ProposeDialog.Facts)] = new List<(string, string)>
                {
                    (ChangeWords.FactName("operation"), Operation.Number),
                    (ChangeWords.FactName("amount"), OperationWords.Money(Operation.Amount)),
                },
                [nameof(ProposeDialog.ConfirmRight)] = Permission.OperationsResolve,
                [nameof(ProposeDialog.Act)] = Words["early.propose"],
            },
            ConfirmDialogs.Options(UiTexts));
        await LoadAsync();
    }
}
