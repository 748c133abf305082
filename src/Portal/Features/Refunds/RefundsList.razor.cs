using System.Globalization;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>The list of refunds. Everything it shows is in its address.</summary>
public partial class RefundsList
{
    private OperationPage? page;
    private OperationFilter? shown;
    private string? typed;
    private bool loading;
    private bool changed;

    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Find { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    private OperationTab Tab => Enum.TryParse<OperationTab>(State, ignoreCase: true, out var tab) && Enum.IsDefined(tab)
        ? tab
        : OperationTab.All;

    private IReadOnlyList<TabLink> TabLinks =>
    [
        .. Enum.GetValues<OperationTab>().Select(tab => new TabLink(
            Words[$"tab.{tab}"],
            PortalUrls.RefundList(Name(tab), Find),
            page?.Counts[tab].ToString("N0", CultureInfo.InvariantCulture),
            tab == OperationTab.Unknown && page?.Counts[tab] > 0 ? Meaning.Unknown : null)),
    ];

    private string? NewerHref => page is { HasNewer: true, Lines.Count: > 0 }
        ? PortalUrls.RefundList(State, Find, before: page.Lines[0].Operation.Number)
        : null;

    private string? OlderHref => page is { HasOlder: true, Lines.Count: > 0 }
        ? PortalUrls.RefundList(State, Find, after: page.Lines[^1].Operation.Number)
        : null;

    private string? CountText => page is null ? null : Words["list.count", page.Lines.Count, page.Counts[Tab]];

    protected override async Task OnParametersSetAsync()
    {
        var filter = new OperationFilter(OperationKind.Refund, Tab, Find, After, Before);
        if (filter != shown)
        {
            // Only another search may replace what somebody is typing.
            typed = shown?.Find == filter.Find ? typed : filter.Find;
            shown = filter;
            await LoadAsync();
        }
    }

    private static string? Name(OperationTab tab) => tab == OperationTab.All ? null : tab.ToString();

    private async Task LoadAsync()
    {
        var filter = shown!;
        loading = true;
        changed = false;
        StateHasChanged();
        var read = await Listing.ReadAsync(await Current.GetAsync(), filter);

        // An answer to an older question must not overwrite a newer one.
        if (filter == shown)
        {
            page = read;
            loading = false;
        }
    }

    private void Search() => Navigation.NavigateTo(PortalUrls.RefundList(State, typed?.Trim()));
}
