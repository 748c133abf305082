using System.Globalization;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>The board of holds. Everything it shows is in its address.</summary>
public partial class PreAuthBoard
{
    private const string EndedTab = "ended";

    private HoldBoard? board;
    private EndedHolds? ended;
    private (bool IsEnded, HoldFilter Filter)? shown;
    private string? typed;
    private bool changed;

    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Find { get; set; }

    [SupplyParameterFromQuery(Name = "provider")]
    public string? Provider { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>Number of the order whose hold is open beside the board.</summary>
    [SupplyParameterFromQuery(Name = "open")]
    public string? Open { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    private bool IsEnded => Tab == EndedTab;

    private bool IsFiltered => Find is not null || Provider is not null;

    private HoldSort SortBy => Enum.TryParse<HoldSort>(Sort, ignoreCase: true, out var sort) && Enum.IsDefined(sort)
        ? sort
        : HoldSort.Deadline;

    private string ProviderName =>
        board?.Providers.FirstOrDefault(one => one.Key == Provider)?.Name ?? Provider ?? "";

    private IReadOnlyList<TabLink> TabLinks =>
    [
        new(Words["tab.held"], PortalUrls.HoldList(null, Find, Provider, Sort), Count(board?.Open)),
        new(Words["tab.ended"], PortalUrls.HoldList(EndedTab, Find, Provider), Count(board?.Ended)),
    ];

    private string? OlderHref => ended is { HasOlder: true, Lines.Count: > 0 }
        ? PortalUrls.HoldList(EndedTab, Find, Provider, after: ended.Lines[^1].Number)
        : null;

    private string? NewerHref => After is null ? null : PortalUrls.HoldList(EndedTab, Find, Provider);

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (IsEnded, new HoldFilter(Find, Provider, SortBy, After));
        if (wanted != shown)
        {
            // Only another search may replace what somebody is typing.
            typed = shown?.Filter.Find == Find ? typed : Find;
            shown = wanted;
            await LoadAsync();
        }
    }

    private static string? Count(int? count) => count?.ToString("N0", CultureInfo.InvariantCulture);

    private string LinkTo(string number) => Href(open: number);

    /// <summary>The same view with one thing changed; an empty text takes it away.</summary>
    private string Href(string? find = null, string? provider = null, string? sort = null, string? open = null) =>
        PortalUrls.HoldList(Tab, find ?? Find, provider ?? Provider, sort ?? Sort, open, After);

    // Beside an open sheet the board does not move under the hand; alone it follows at once.
    private Task HearAsync()
    {
        changed = Open is not null;
        return changed ? Task.CompletedTask : LoadAsync();
    }

    private async Task LoadAsync()
    {
        var wanted = shown!.Value;
        changed = false;
        var actor = await Current.GetAsync();
        var read = await Boards.ReadAsync(actor, wanted.Filter);
        var page = wanted.IsEnded ? await Boards.EndedAsync(actor, wanted.Filter) : null;

        // An answer to an older question must not overwrite a newer one.
        if (wanted == shown)
        {
            board = read;
            ended = page;
        }
    }

    private void Search() => Navigation.NavigateTo(Href(find: typed?.Trim() ?? ""));
}
