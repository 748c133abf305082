using System.Globalization;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>What needs attention. Its tab and page are in its address.</summary>
public partial class AttentionList
{
    private AttentionPage? page;
    private (AttentionTab, string?, string?)? shown;

    [SupplyParameterFromQuery(Name = "tab")]
    public string? TabText { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    private AttentionTab Tab =>
        Enum.TryParse<AttentionTab>(TabText, ignoreCase: true, out var tab) && Enum.IsDefined(tab)
            ? tab
            : AttentionTab.Open;

    private IReadOnlyList<TabLink> TabLinks =>
    [
        .. Enum.GetValues<AttentionTab>().Select(tab => new TabLink(
            Words[$"tab.{tab}"],
            PortalUrls.Attention(Name(tab)),
            page?.Counts[tab].ToString("N0", CultureInfo.InvariantCulture),
            tab == AttentionTab.People && page?.Counts[tab] > 0 ? Meaning.Unknown : null)),
    ];

    private string? EarlierHref => page is { HasEarlier: true, Lines: [var first, ..] }
        ? PortalUrls.Attention(Name(Tab), before: first.Line.Operation.Number)
        : null;

    private string? LaterHref => page is { HasLater: true, Lines: [.., var last] }
        ? PortalUrls.Attention(Name(Tab), after: last.Line.Operation.Number)
        : null;

    private string? CountText => page is null ? null : Words["count", page.Lines.Count, page.Counts[Tab]];

    protected override async Task OnParametersSetAsync()
    {
        if (shown != (Tab, After, Before))
        {
            shown = (Tab, After, Before);
            page = null;
            await LoadAsync();
        }
    }

    private static string? Name(AttentionTab tab) => tab == AttentionTab.Open ? null : tab.ToString();

    private async Task LoadAsync()
    {
        var asked = (Tab, After, Before);
        var fresh = await Queries.ReadAsync(await Current.GetAsync(), Tab, After, Before);

        // An answer to an older question must not overwrite a newer one.
        if (asked == (Tab, After, Before))
        {
            page = fresh;
        }
    }
}
