using System.Globalization;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>The list of transfers. Everything it shows is in its address.</summary>
public partial class TransfersList
{
    private IReadOnlyList<PayingAccount> accounts = [];
    private OperationPage? page;
    private OperationFilter? shown;
    private string? typed;
    private bool mayAsk;
    private bool loading;
    private bool changed;

    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Find { get; set; }

    [SupplyParameterFromQuery(Name = "account")]
    public string? Account { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    private OperationTab Tab =>
        Enum.TryParse<OperationTab>(State, ignoreCase: true, out var tab) && Enum.IsDefined(tab)
            ? tab
            : OperationTab.All;

    private Guid? AccountId => Guid.TryParse(Account, out var id) ? id : null;

    private IReadOnlyList<TabLink> TabLinks =>
    [
        .. Enum.GetValues<OperationTab>().Select(tab => new TabLink(
            Words[$"tab.{tab}"],
            PortalUrls.TransferList(tab == OperationTab.All ? null : tab.ToString(), Find, Account),
            page?.Counts[tab].ToString("N0", CultureInfo.InvariantCulture),
            tab == OperationTab.Unknown && page?.Counts[tab] > 0 ? Meaning.Unknown : null)),
    ];

    private string? NewerHref => page is { HasNewer: true, Lines.Count: > 0 }
        ? PortalUrls.TransferList(State, Find, Account, before: page.Lines[0].Operation.Number)
        : null;

    private string? OlderHref => page is { HasOlder: true, Lines.Count: > 0 }
        ? PortalUrls.TransferList(State, Find, Account, after: page.Lines[^1].Operation.Number)
        : null;

    private string? CountText => page is null
        ? null
        : string.Join(" · ",
        [
            Words["list.count", page.Lines.Count, page.Counts[Tab]], .. page.Sums.Select(OperationWords.Money),
        ]);

    protected override async Task OnParametersSetAsync()
    {
        var filter = new OperationFilter(OperationKind.Transfer, Tab, Find, After, Before) { Account = AccountId };
        if (filter != shown)
        {
            // Only another search may replace what somebody is typing.
            typed = shown?.Find == filter.Find ? typed : filter.Find;
            shown = filter;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var filter = shown!;
        loading = true;
        changed = false;
        StateHasChanged();
        var actor = await Current.GetAsync();
        accounts = await Transfers.SeenAccountsAsync(actor);
        mayAsk = (await Transfers.AccountsAsync(actor)).Count > 0;
        var read = await Listing.ReadAsync(actor, filter);

        // An answer to an older question must not overwrite a newer one.
        if (filter == shown)
        {
            page = read;
            loading = false;
        }
    }

    private void Search() => Navigation.NavigateTo(PortalUrls.TransferList(State, typed?.Trim(), Account));

    private void Choose(ChangeEventArgs chosen) =>
        Navigation.NavigateTo(PortalUrls.TransferList(State, Find, (string?)chosen.Value));
}
