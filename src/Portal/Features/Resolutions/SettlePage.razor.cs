using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
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
    private bool asking;

    private OperationFacts Operation => Sheet!.Line.Line.Operation;

    private string? Waiting => Sheet!.Line.Waiting?.Number;

    private string NextText => Sheet!.Line.ProvenAt is { } proven
        ? Words["next.proof", Words.In.Minute(proven, null)]
        : Operation.State == OperationState.NeedsPerson ? Words[$"next.{Sheet.Bar}", Permission.OperationsResolve]
        : Words["next.other"];

    private IReadOnlyList<Crumb> Crumbs => [new(Words["title"], PortalUrls.Unknowns), new(Number)];

    protected override Task<SettleSheet?> FindAsync(Actor actor, string number) => Queries.FindAsync(actor, number);

    protected override async Task OpenedAsync()
    {
        if (RendererInfo.IsInteractive && Sheet is { Bar: SettleBar.None, MustAsk: true, MayAsk: true })
        {
            await AskAsync();
        }
    }

    private bool Concerns(Change change) => Sheet is not null
        && (change.Id == Operation.Id || change.Topic == "change");

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
