using System.Data.Common;
using System.Globalization;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>The list of orders. The address says what is shown; this only follows it.</summary>
public sealed partial class OrderList
{
    private OrderFilter filter = new();
    private OrderListing? listing;
    private OrderChoices? choices;
    private OrderField? editing;
    private string typed = "";
    private bool loading;
    private bool failed;
    private bool refused;
    private bool tooMany;
    private readonly HashSet<Guid> touched = [];
    private readonly OrderSelection selected = new();
    private int arrived;
    private int load;
    private bool counting;
    private bool countAgain;
    private IDisposable? subscription;

    [Inject] private OrderQueries Orders { get; set; } = null!;
    [Inject] private CurrentActor Current { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private ChangeFeed Changes { get; set; } = null!;
    [Inject] private IStringLocalizer<OrdersTexts> Texts { get; set; } = null!;
    [Inject] private ILogger<OrderList> Log { get; set; } = null!;

    [CascadingParameter] private ShellFrame? Frame { get; set; }
    [CascadingParameter] private TimeZoneInfo? Zone { get; set; }

    [SupplyParameterFromQuery] private string? Tab { get; set; }
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? Provider { get; set; }
    [SupplyParameterFromQuery] private string? Account { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private string? Method { get; set; }
    [SupplyParameterFromQuery] private string? Min { get; set; }
    [SupplyParameterFromQuery] private string? Max { get; set; }
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? To { get; set; }
    [SupplyParameterFromQuery] private string? Currency { get; set; }
    [SupplyParameterFromQuery] private string? Source { get; set; }
    [SupplyParameterFromQuery] private string? Sort { get; set; }
    [SupplyParameterFromQuery] private string? Newer { get; set; }
    [SupplyParameterFromQuery] private string? Older { get; set; }

    private TimeZoneInfo ZoneOrUtc => Zone ?? TimeZoneInfo.Utc;

    private int Count => listing?.Counts[filter.Tab] ?? 0;

    private string? CountText => listing is null ? null : Texts["count", listing.Rows.Count, Number(Count)].Value;

    private SortOrderMark Sorted => filter.OldestFirst ? SortOrderMark.Ascending : SortOrderMark.Descending;

    private string SortHref => Href(filter with { OldestFirst = !filter.OldestFirst, Cursor = null });

    private IReadOnlyList<TabLink> TabLinks => [.. Enum.GetValues<OrderTab>().Select(tab => new TabLink(
        Texts[$"tab.{OrderFilter.Word(tab)}"],
        Href(filter with { Tab = tab, Cursor = null }),
        listing is null ? null : Number(listing.Counts[tab]),
        tab == OrderTab.Unknown && listing?.Counts[tab] > 0 ? Meaning.Unknown : null))];

    /// <summary>What changed while the page stood open; null when nothing did.</summary>
    private string? News => (arrived, touched.Count) switch
    {
        (0, 0) => null,
        (1, _) => Texts["news.one"].Value,
        ( > 1, _) => Texts["news.many", Number(arrived)].Value,
        (_, 1) => Texts["touched.one"].Value,
        _ => Texts["touched.many", touched.Count].Value,
    };

    private IReadOnlyList<OrderFilterChip> Chips => OrderFilterWords.Of(filter, choices, Texts);

    public void Dispose() => subscription?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        subscription = RendererInfo.IsInteractive ? Changes.Subscribe(Hear) : null;
        choices = await Orders.ChoicesAsync(await Current.GetAsync());
    }

    protected override async Task OnParametersSetAsync()
    {
        // The next page's address arrives here once more before this page goes.
        if (new Uri(Navigation.Uri).AbsolutePath != PortalUrls.Orders)
        {
            return;
        }

        var wanted = ReadAddress();
        if (wanted == filter && load > 0)
        {
            return;
        }

        if (wanted.Search is { } text && text != filter.Search && await OpenOrRefuseAsync(text, replace: true))
        {
            wanted = wanted with { Search = null };
        }

        refused &= wanted.Search is null;
        filter = wanted;
        editing = null;
        await LoadAsync();
    }

    private static string Href(OrderFilter filter) => PortalUrls.OrderList(filter.Parameters());

    private static string Number(int count) => count > OrderQueries.Most
        ? OrderQueries.Most.ToString("#,0", CultureInfo.InvariantCulture) + "+"
        : count.ToString("#,0", CultureInfo.InvariantCulture);

    private string? Page(OrderCursor? cursor) => cursor is null ? null : Href(filter with { Cursor = cursor });

    private ProviderChoice ProviderOf(OrderRow row) => NameOf(row.Provider);

    private ProviderChoice NameOf(string key) =>
        choices?.Providers.FirstOrDefault(provider => provider.Key == key) ?? new(key, key, "");

    private OrderFilter ReadAddress() => new()
    {
        Tab = OrderFilter.Named<OrderTab>(Tab) ?? OrderTab.All,
        Search = Text(Q),
        Provider = Text(Provider),
        AccountId = Guid.TryParseExact(Account, "N", out var account) ? account : null,
        State = OrderFilter.Named<OrderState>(State),
        Method = Text(Method),
        AtLeast = AmountBound.Read(Min),
        AtMost = AmountBound.Read(Max),
        From = OrderFilter.ReadDay(From),
        To = OrderFilter.ReadDay(To),
        Currency = Text(Currency),
        Source = OrderFilter.Named<OrderSource>(Source),
        OldestFirst = Sort == "oldest",
        Cursor = OrderCursor.Read(Newer, newer: true) ?? OrderCursor.Read(Older, newer: false),
    };

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private async Task SearchAsync()
    {
        // Only here is the box emptied: a load that ends while somebody types must not take the words away.
        var wanted = Text(typed);
        typed = "";
        refused = false;
        if (wanted is null || !await OpenOrRefuseAsync(wanted, replace: false))
        {
            Navigation.NavigateTo(Href(ReadAddress() with { Search = wanted, Cursor = null }));
        }
    }

    /// <summary>
    /// Opens the one order with exactly this number. Otherwise text that looks like a card number is refused and
    /// taken out of the box and the address.
    /// </summary>
    private async Task<bool> OpenOrRefuseAsync(string text, bool replace)
    {
        var found = await Orders.FindAsync(await Current.GetAsync(), text);
        if (found.Count == 1)
        {
            Navigation.NavigateTo(PortalUrls.Order(found[0].Number), replace: replace);
            return true;
        }

        refused = found.Count == 0 && CardNumber.LooksLike(text);
        if (refused && replace)
        {
            Navigation.NavigateTo(Href(ReadAddress() with { Search = null }), replace: true);
        }

        return refused;
    }

    private void Selected(IReadOnlySet<string> keys)
    {
        tooMany = false;
        selected.Change(keys, listing?.Rows ?? []);
    }

    private async Task SelectAllAsync()
    {
        var found = await Orders.RefundableAsync(await Current.GetAsync(), filter, ZoneOrUtc, SheetTable.MaxRows);
        tooMany = found is null;
        if (found is not null)
        {
            selected.Take(found);
        }
    }

    private void Choose(OrderFilter chosen)
    {
        editing = null;
        Navigation.NavigateTo(Href(chosen with { Cursor = null }));
    }

    private async Task ShowNewsAsync()
    {
        if (filter.Cursor is null)
        {
            await LoadAsync();
        }
        else
        {
            Navigation.NavigateTo(Href(filter with { Cursor = null }));
        }
    }

    private async Task LoadAsync()
    {
        var mine = ++load;
        loading = true;
        try
        {
            var answer = await Orders.ListAsync(await Current.GetAsync(), filter, ZoneOrUtc);
            if (mine != load)
            {
                return;
            }

            listing = answer;
            failed = false;
            arrived = 0;
            touched.Clear();
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            Log.LogError(fault, "The list of orders could not be read.");
            failed = true;
        }

        loading &= mine != load;
    }

    private void Hear(IReadOnlyList<Change> list)
    {
        var ids = list.Where(change => change.Topic == "order").Select(change => change.Id).ToHashSet();
        if (ids.Count > 0)
        {
            _ = InvokeAsync(() => NoteAsync(ids));
        }
    }

    // The list does not change under the hand: what happened is counted, and shown when the person wants it.
    private async Task NoteAsync(HashSet<Guid> ids)
    {
        var shown = listing?.Rows.Select(row => row.Id).ToHashSet() ?? [];
        touched.UnionWith(ids.Intersect(shown));
        countAgain |= !ids.IsSubsetOf(shown);
        if (counting)
        {
            return;
        }

        counting = true;
        while (countAgain && listing is { } now)
        {
            countAgain = false;
            arrived = await Orders.CountNewAsync(await Current.GetAsync(), filter, ZoneOrUtc, now.ReadAt);
        }

        counting = false;
        StateHasChanged();
    }
}
