using System.Globalization;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>The list of changes. Its tab and the open change are in its address.</summary>
public partial class ChangesInbox
{
    private ChangeList? list;
    private ChangeTab? read;
    private bool changed;

    [SupplyParameterFromQuery(Name = "tab")]
    public string? TabText { get; set; }

    /// <summary>Number of the open change; none opens the first one beside the list where there is room.</summary>
    [SupplyParameterFromQuery(Name = "open")]
    public string? Open { get; set; }

    [CascadingParameter]
    public TimeZoneInfo? Zone { get; set; }

    private ChangeTab Tab => Enum.TryParse<ChangeTab>(TabText, ignoreCase: true, out var tab) && Enum.IsDefined(tab)
        ? tab
        : ChangeTab.You;

    private string? Shown => Open ?? list?.Lines.Select(line => line.Number).FirstOrDefault();

    private IReadOnlyList<TabLink> TabLinks =>
    [
        .. Enum.GetValues<ChangeTab>().Select(tab => new TabLink(
            Words[$"tab.{tab}"],
            PortalUrls.ChangeList(TabName(tab)),
            list?.Counts.TryGetValue(tab, out var count) == true
                ? count.ToString("N0", CultureInfo.InvariantCulture)
                : null,
            tab == ChangeTab.You && list?.Counts[tab] > 0 ? Meaning.Wait : null)),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (read != Tab)
        {
            list = null;
            await ReadAsync();
        }
    }

    private static string? TabName(ChangeTab tab) => tab == ChangeTab.You ? null : tab.ToString();

    private static bool Waits(ChangeLine line) => line.State == ChangeState.Waiting;

    private async Task ReadAsync()
    {
        var tab = Tab;
        read = tab;
        changed = false;
        var fresh = await Queries.ListAsync(await Current.GetAsync(), tab);
        if (tab == Tab)
        {
            list = fresh;
        }
    }

    // The list does not move under the hand of somebody who decides; where nobody can, it follows at once.
    private async Task CompareAsync()
    {
        var fresh = await Queries.ListAsync(await Current.GetAsync(), Tab);
        if (list is null || list.Lines.Count == 0 || Tab is ChangeTab.Yours or ChangeTab.Decided)
        {
            list = fresh;
        }
        else
        {
            changed = !fresh.Lines.Select(Row).SequenceEqual(list.Lines.Select(Row));
        }
    }

    private static (Guid Id, int Version) Row(ChangeLine line) => (line.Id, line.Version);

    // What was answered leaves the tab of what waits, and the next one opens.
    private async Task GoOnAsync(string answered)
    {
        await ReadAsync();
        var next = list?.Lines.Select(line => line.Number).FirstOrDefault(number => number != answered);
        Navigation.NavigateTo(
            next is null ? PortalUrls.ChangeList(TabName(Tab)) : PortalUrls.Change(next, TabName(Tab)),
            new NavigationOptions { ReplaceHistoryEntry = true });
    }
}
