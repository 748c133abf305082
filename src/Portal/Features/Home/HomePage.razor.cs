using System.Globalization;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.Home;

/// <summary>The start page.</summary>
public sealed partial class HomePage
{
    private static readonly string[] Topics = ["operation", "order", "inbound", "account", "change"];

    private HomeView? view;
    private IReadOnlyList<Tile> tiles = [];
    private DateTimeOffset readAt;
    private DateOnly today;
    private IDisposable? subscription;
    private int reading;

    [CascadingParameter]
    public TimeZoneInfo? Zone { get; set; }

    [CascadingParameter]
    public ShellFrame? Frame { get; set; }

    private TimeZoneInfo ZoneOrUtc => Zone ?? TimeZoneInfo.Utc;

    private string Greeting
    {
        get
        {
            var hour = TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), ZoneOrUtc).Hour;
            var part = hour switch { < 5 => "night", < 12 => "morning", < 18 => "afternoon", _ => "evening" };
            return Texts[$"greeting.{part}", Frame?.Person ?? ""];
        }
    }

    public void Dispose() => subscription?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        await ReadAsync();
        subscription = Changes.Subscribe(changes =>
        {
            if (changes.Any(change => Topics.Contains(change.Topic)) && Interlocked.Exchange(ref reading, 1) == 0)
            {
                _ = InvokeAsync(ReadAgainAsync);
            }
        });
    }

    private static Meaning MeaningOf(OrderState state) => state switch
    {
        OrderState.Paid => Meaning.Done,
        OrderState.AwaitingPayment => Meaning.Wait,
        OrderState.Processing or OrderState.Held => Meaning.Run,
        OrderState.Declined or OrderState.ChargedBack => Meaning.Fail,
        _ => Meaning.Ended,
    };

    private async Task ReadAgainAsync()
    {
        Interlocked.Exchange(ref reading, 0);
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        readAt = Clock.GetUtcNow();
        today = ZoneDay.Of(readAt, ZoneOrUtc);
        view = await Queries.ReadAsync(await Current.GetAsync(), ZoneOrUtc);
        tiles = [.. Tiles(view)];
    }

    private IEnumerable<Tile> Tiles(HomeView figures)
    {
        var recent = Texts["recent", HomeQueries.RecentDays].Value;
        if (figures.Waiting is { } waiting)
        {
            var due = figures.FirstDueAt is { } at
                ? Texts["waiting.due", TimeFormat.Text(at, ZoneOrUtc, TimeForm.Minute, readAt)].Value
                : Texts["waiting.none"].Value;
            yield return new(IconName.Inbox, Texts["waiting"], waiting, due, PortalUrls.Approvals);
        }

        if (figures.Unknown is { } unknown)
        {
            yield return new(IconName.Ask, Texts["unknown"], unknown, Texts["unknown.text"], PortalUrls.Unknowns,
                Meaning.Unknown);
        }

        if (figures.NeedsPeople is { } people)
        {
            yield return new(IconName.Team, Texts["people"], people, Texts["people.text"],
                PortalUrls.Attention(nameof(AttentionTab.People)), Meaning.Unknown);
        }

        if (figures.Aged is { } aged)
        {
            yield return new(IconName.Clock, Texts["aged"], aged, Texts["aged.text"], PortalUrls.Unknowns,
                Meaning.Fail);
        }

        if (figures.Changes is { } changes)
        {
            yield return new(IconName.Shield, Texts["changes"], changes, Texts["changes.text"],
                PortalUrls.ChangeList());
        }

        if (figures.HoldsDue is { } holds)
        {
            yield return new(IconName.Hold, Texts["holds"], holds, Texts["holds.text"], PortalUrls.PreAuths,
                Meaning.Wait);
        }

        if (figures.QuarantinedCalls is { } calls)
        {
            var since = today.AddDays(1 - HomeQueries.RecentDays);
            var list = new InboundFilter { Effect = InboundEffect.Quarantined, From = since };
            yield return new(IconName.In, Texts["calls"], calls, recent, list.Href(), Meaning.Fail);
        }

        if (figures.QuarantinedLines is { } lines)
        {
            yield return new(IconName.Import, Texts["lines"], lines, recent, PortalUrls.Import, Meaning.Fail);
        }

        if (figures.FailedStatements is { } failed)
        {
            yield return new(IconName.Book, Texts["statements"], failed, Texts["statements.text"], PortalUrls.Accounts,
                Meaning.Fail);
        }
    }

    private string OrdersHref(OrderState state) => PortalUrls.Query(
        PortalUrls.Orders, new OrderFilter { State = state, From = today, To = today }.Parameters());

    private string NameOf(string action) =>
        AuditTexts[$"do.{action}"] is { ResourceNotFound: false } said ? said.Value : action;

    private sealed record Tile(
        IconName Icon, string Name, int Count, string Text, string Href, Meaning? Meaning = null);
}
