using System.Globalization;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Ui;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>The inbound calls as a list.</summary>
public sealed partial class NotificationList : IDisposable
{
    private readonly HashSet<Guid> arrived = [];
    private Actor actor = Actor.Nobody;
    private InboundFilter filter = new();
    private InboundPage? page;
    private IReadOnlyList<TabLink> tabs = [];
    private IDisposable? subscription;
    private int current;
    private int waiting;
    private bool loading;
    private string typedVerdict = "";
    private string typedAccount = "";
    private string typedProvider = "";
    private string typedSearch = "";
    private DateOnly? typedFrom;
    private DateOnly? typedTo;

    [SupplyParameterFromQuery(Name = "effect")]
    public string? EffectText { get; set; }

    [SupplyParameterFromQuery(Name = "verdict")]
    public string? VerdictText { get; set; }

    [SupplyParameterFromQuery(Name = "provider")]
    public string? ProviderText { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? SearchText { get; set; }

    [SupplyParameterFromQuery(Name = "account")]
    public string? AccountText { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? ToText { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [CascadingParameter]
    public TimeZoneInfo? Zone { get; set; }

    [Inject]
    private InboundQueries Queries { get; set; } = null!;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<NotificationTexts> Texts { get; set; } = null!;

    public void Dispose() => subscription?.Dispose();

    protected override void OnInitialized() => subscription = Changes.Subscribe(changes =>
    {
        var ids = changes.Where(change => change.Topic == "inbound").Select(change => change.Id).ToList();
        if (ids.Count > 0)
        {
            _ = InvokeAsync(() => Hear(ids));
        }
    });

    protected override async Task OnParametersSetAsync()
    {
        actor = await Current.GetAsync();
        filter = InboundFilter.Read(
            EffectText, VerdictText, AccountText, FromText, ToText, ProviderText, SearchText);
        (typedProvider, typedSearch) = (filter.Provider ?? "", filter.Search ?? "");
        (typedVerdict, typedAccount) = (filter.Verdict?.ToString() ?? "", filter.AccountId?.ToString("N") ?? "");
        (typedFrom, typedTo) = (filter.From, filter.To);
        await ReadAsync();
    }

    private static string PlaceOf(InboundLine line) => new InboundCursor(line.At, line.Id).ToString();

    private async Task ReadAsync()
    {
        loading = true;
        arrived.Clear();
        waiting = 0;
        page = await Queries.PageAsync(
            actor, filter, Zone ?? TimeZoneInfo.Utc, InboundCursor.Read(Before), InboundCursor.Read(After));
        InboundEffect?[] effects = [null, .. Enum.GetValues<InboundEffect>()];
        tabs = [.. effects.Select(Tab)];
        current = Array.IndexOf(effects, filter.Effect);
        loading = false;
    }

    private TabLink Tab(InboundEffect? effect)
    {
        var count = effect is { } one ? page?.Counts.GetValueOrDefault(one) ?? 0 : page?.All ?? 0;
        return new(
            Texts[effect is null ? "all" : $"tab.{effect}"],
            (filter with { Effect = effect }).Href(),
            count.ToString("N0", CultureInfo.InvariantCulture),
            effect == InboundEffect.Quarantined && count > 0 ? Meaning.Fail : null);
    }

    // New rows wait behind a note; the page does not move under the hand.
    private void Hear(List<Guid> ids)
    {
        arrived.UnionWith(ids);
        waiting = arrived.Count;
        StateHasChanged();
    }

    private async Task ShowNewestAsync()
    {
        if (Before is null && After is null)
        {
            await ReadAsync();
        }
        else
        {
            Navigation.NavigateTo(filter.Href());
        }
    }

    private void Apply() => Navigation.NavigateTo((InboundFilter.Read(
        filter.Effect?.ToString(), typedVerdict, typedAccount,
        typedFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        typedTo?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), typedProvider, typedSearch)).Href());

    // The box above the table narrows down what is there; the form adds to it.
    private void Find(string? text) =>
        Navigation.NavigateTo((filter with { Search = InboundFilter.Text(text, 64) }).Href());

    private string NameOf(string provider) =>
        page?.Providers.Where(one => one.Key == provider).Select(one => one.Name).FirstOrDefault() ?? provider;

    private string NameOf(Guid account) =>
        page?.Accounts.Where(one => one.Id == account).Select(one => one.Name).FirstOrDefault()
            ?? Texts["account.unknown"];
}
