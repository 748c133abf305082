using System.Globalization;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>The audit as a list.</summary>
public sealed partial class AuditBrowser : IDisposable
{
    private Actor actor = Actor.Nobody;
    private AuditFilter filter = new();
    private AuditPage? page;
    private IReadOnlyList<string> actions = [];
    private IDisposable? subscription;
    private int counting;
    private long newest;
    private long waiting;
    private bool loading;
    private string? typedActor;
    private string typedAction = "";
    private string? typedSubject;
    private string typedOutcome = "";
    private DateOnly? typedFrom;
    private DateOnly? typedTo;

    [SupplyParameterFromQuery(Name = "actor")]
    public string? ActorText { get; set; }

    [SupplyParameterFromQuery(Name = "action")]
    public string? ActionText { get; set; }

    [SupplyParameterFromQuery(Name = "subject")]
    public string? SubjectText { get; set; }

    [SupplyParameterFromQuery(Name = "outcome")]
    public string? OutcomeText { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? ToText { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public long? After { get; set; }

    [CascadingParameter]
    public TimeZoneInfo? Zone { get; set; }

    [Inject]
    private AuditQueries Queries { get; set; } = null!;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AuditTexts> Texts { get; set; } = null!;

    public void Dispose() => subscription?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        actor = await Current.GetAsync();
        actions = await Queries.ActionsAsync(actor);
        subscription = Changes.Subscribe(changes =>
        {
            if (Interlocked.Exchange(ref counting, 1) == 0)
            {
                _ = InvokeAsync(CountNewAsync);
            }
        });
    }

    protected override async Task OnParametersSetAsync()
    {
        actor = await Current.GetAsync();
        filter = AuditFilter.Read(ActorText, ActionText, SubjectText, OutcomeText, FromText, ToText);
        (typedActor, typedAction, typedSubject) = (filter.Actor, filter.Action ?? "", filter.Subject);
        (typedOutcome, typedFrom, typedTo) = (filter.Outcome?.ToString() ?? "", filter.From, filter.To);
        await ReadAsync();
    }

    private static string KeyOf(AuditLine line) => line.Seq.ToString(CultureInfo.InvariantCulture);

    private async Task ReadAsync()
    {
        loading = true;
        page = await Queries.PageAsync(actor, filter, Zone ?? TimeZoneInfo.Utc, Before, After);
        newest = (await Queries.EndAsync(actor))?.Seq ?? 0;
        (waiting, loading) = (0, false);
    }

    // Rows never change and come at the top only: they wait behind a note, so that nothing moves under the hand.
    private async Task CountNewAsync()
    {
        Interlocked.Exchange(ref counting, 0);
        var end = (await Queries.EndAsync(actor))?.Seq ?? newest;
        if (end - newest != waiting)
        {
            waiting = end - newest;
            StateHasChanged();
        }
    }

    private async Task ShowNewest()
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

    private void Apply() => Navigation.NavigateTo(AuditFilter.Read(
        typedActor, typedAction, typedSubject, typedOutcome,
        typedFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        typedTo?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Href());

    private string ActorName(string name) => name switch
    {
        "nobody" => Texts["actor.nobody"],
        ['j', 'o', 'b', ':', .. var job] => Texts["actor.job", job],
        _ => name,
    };
}
