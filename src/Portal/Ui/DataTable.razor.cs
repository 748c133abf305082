using Microsoft.AspNetCore.Components;
using Radzen;
using Radzen.Blazor;

namespace MerchantPortal.Portal.Ui;

/// <summary>The portal's list. Radzen's grid draws it; paging, sorting and selection are ours.</summary>
public partial class DataTable<TItem>
    where TItem : notnull
{
    readonly Dictionary<string, DataColumnFacts> columns = [];
    RadzenDataGrid<TItem>? grid;

    /// <summary>The rows of this page; null while the first answer is awaited.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<TItem>? Items { get; set; }

    /// <summary>The row's own key: its id in selections and for the keyboard.</summary>
    [Parameter, EditorRequired]
    public Func<TItem, string> KeyOf { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public RenderFragment? Columns { get; set; }

    /// <summary>A newer answer is on its way: the old rows stay, dimmed.</summary>
    [Parameter]
    public bool Loading { get; set; }

    /// <summary>Shown instead of the table when there are no rows: an EmptyState.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    /// <summary>Rows carry three ids and lie closer.</summary>
    [Parameter]
    public bool ThreeIds { get; set; }

    /// <summary>Runs the rows to the edges of the page.</summary>
    [Parameter]
    public bool Edge { get; set; } = true;

    /// <summary>The page of newer rows; null on the first page.</summary>
    [Parameter]
    public string? NewerHref { get; set; }

    /// <summary>The page of older rows; null on the last page.</summary>
    [Parameter]
    public string? OlderHref { get; set; }

    /// <summary>Names the link to the page before, where "newer" would be wrong.</summary>
    [Parameter]
    public string? NewerText { get; set; }

    /// <summary>Names the link to the page behind, where "older" would be wrong.</summary>
    [Parameter]
    public string? OlderText { get; set; }

    /// <summary>"50 of 4,812" or "50 of 10,000+".</summary>
    [Parameter]
    public string? CountText { get; set; }

    /// <summary>Sums per currency over all that match.</summary>
    [Parameter]
    public RenderFragment? Totals { get; set; }

    /// <summary>Floats over the totals while rows are selected.</summary>
    [Parameter]
    public RenderFragment? SelectionBar { get; set; }

    /// <summary>The person has opened this row before.</summary>
    [Parameter]
    public Func<TItem, bool>? Visited { get; set; }

    /// <summary>The row whose sheet is open.</summary>
    [Parameter]
    public Func<TItem, bool>? Current { get; set; }

    [Parameter]
    public IReadOnlySet<string> SelectedKeys { get; set; } = new HashSet<string>();

    /// <summary>Giving it turns selection on.</summary>
    [Parameter]
    public EventCallback<IReadOnlySet<string>> SelectedKeysChanged { get; set; }

    [Parameter]
    public IReadOnlySet<string> HiddenColumns { get; set; } = new HashSet<string>();

    [Parameter]
    public EventCallback<IReadOnlySet<string>> HiddenColumnsChanged { get; set; }

    /// <summary>Puts the column picker and density switch into the FilterBar above (its ForTable).</summary>
    [Parameter]
    public bool Tools { get; set; }

    [Parameter]
    public string? Class { get; set; }

    string GridCss => $"g cards{(ThreeIds ? " three" : "")}{(Edge ? " edge" : " bare")}";

    bool AllSelected => Items is { Count: > 0 } && Items.All(IsSelected);

    internal bool IsHidden(string key) => HiddenColumns.Contains(key);

    internal void Learn(DataColumnFacts column)
    {
        var known = columns.TryGetValue(column.Key, out var old) && old == column;
        columns[column.Key] = column;
        if (!known && Tools)
            StateHasChanged();
    }

    bool IsSelected(TItem row) => SelectedKeys.Contains(KeyOf(row));

    Task ToggleAsync(TItem row)
    {
        var keys = new HashSet<string>(SelectedKeys);
        if (!keys.Remove(KeyOf(row)))
            keys.Add(KeyOf(row));
        return SelectedKeysChanged.InvokeAsync(keys);
    }

    Task SelectPageAsync()
    {
        var page = Items!.Select(KeyOf);
        var keys = new HashSet<string>(SelectedKeys);
        if (AllSelected)
            keys.ExceptWith(page);
        else
            keys.UnionWith(page);
        return SelectedKeysChanged.InvokeAsync(keys);
    }

    async Task PickAsync(string key)
    {
        var keys = new HashSet<string>(HiddenColumns);
        if (!keys.Remove(key))
            keys.Add(key);
        HiddenColumns = keys;
        await HiddenColumnsChanged.InvokeAsync(keys);
        if (grid is not null)
            await grid.Reload();
    }

    void RenderRow(RowRenderEventArgs<TItem> args)
    {
        var row = args.Data!;
        args.Attributes["data-row"] = KeyOf(row);
        args.Attributes["tabindex"] = "-1";
        if (SelectedKeysChanged.HasDelegate)
            args.Attributes["aria-selected"] = IsSelected(row) ? "true" : "false";
        if (Current?.Invoke(row) == true)
            args.Attributes["aria-current"] = "true";
        if (Visited?.Invoke(row) == true)
            args.Attributes["class"] = "seen";
    }
}
