using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>The two steps of a new transfer. The account is in the address; a looked-up name never is.</summary>
public partial class NewTransfer
{
    private IReadOnlyList<PayingAccount>? accounts;
    private Guid accountId;
    private string payee = "";
    private PayeeChecked.Known? found;
    private TransferDraft? draft;
    private TransferMessage? problem;
    private bool busy;

    [SupplyParameterFromQuery(Name = "account")]
    public string? Account { get; set; }

    [CascadingParameter]
    public TimeZoneInfo? Zone { get; set; }

    private IReadOnlyList<Crumb> Crumbs => [new(Words["list.title"], PortalUrls.Transfers), new(Words["new.title"])];

    private string Provider => accounts!.First(account => account.Id == accountId).Provider.Name;

    protected override async Task OnInitializedAsync()
    {
        accounts = await Transfers.AccountsAsync(await Current.GetAsync());
        accountId = Guid.TryParse(Account, out var wanted) && accounts.Any(account => account.Id == wanted)
            ? wanted
            : accounts.Select(account => account.Id).FirstOrDefault();
    }

    private void ChooseAccount(string? id)
    {
        accountId = Guid.Parse(id!);
        Again();
    }

    private async Task CheckAsync()
    {
        if (busy || payee.Trim().Length == 0)
        {
            return;
        }

        busy = true;
        problem = null;
        try
        {
            var result = await Payees.CheckAsync(await Current.GetAsync(), accountId, payee);
            found = result as PayeeChecked.Known;
            problem = Words.Checked(result, Provider, payee.Contains('@', StringComparison.Ordinal));
        }
        finally
        {
            busy = false;
        }
    }

    private async Task ConfirmAsync()
    {
        var offer = await Transfers.OfferAsync(await Current.GetAsync(), found!.Id);
        draft = offer is null ? null : new(offer);
    }

    /// <summary>Back to looking: whoever it was, nothing of it is kept on the page.</summary>
    private void Again()
    {
        found = null;
        draft = null;
        problem = null;
    }

    private async Task AskAsync()
    {
        problem = null;
        var actor = await Current.GetAsync();
        var result = await Commands.RequestAsync(actor, draft!.ToForm());
        if (result is TransferRequested.Asked asked)
        {
            Navigation.NavigateTo(PortalUrls.Transfer(asked.Number));
            return;
        }

        var message = Words.Asked(result, draft.Offer, Zone, draft.Amount);
        if (result is TransferRequested.CheckTooOld or TransferRequested.NoSuchCheck or TransferRequested.NameDiffers)
        {
            Again();
        }
        else
        {
            draft.Twin = result as TransferRequested.TwinFound ?? draft.Twin;
            draft.MeansAnother = draft.MeansAnother && result is not TransferRequested.TwinFound;
            if (await Transfers.OfferAsync(actor, draft.Offer.CheckId) is { } fresh)
            {
                draft.Refresh(fresh);
            }
        }

        problem = result is TransferRequested.TwinFound ? null : message;
    }
}
