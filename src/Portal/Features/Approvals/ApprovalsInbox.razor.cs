using System.Globalization;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>The inbox. Its tab and the open request are in its address.</summary>
public partial class ApprovalsInbox
{
    private Inbox? inbox;
    private readonly HashSet<Guid> selected = [];
    private IReadOnlyList<InboxItem>? together;
    private (ApprovalTab Tab, OperationKind? Kind)? read;
    private bool changed;
    private int changes;

    [SupplyParameterFromQuery(Name = "tab")]
    public string? TabText { get; set; }

    /// <summary>One kind alone, such as "refund".</summary>
    [SupplyParameterFromQuery(Name = "kind")]
    public string? KindText { get; set; }

    /// <summary>Number of the open request; none opens the first one beside the queue where there is room.</summary>
    [SupplyParameterFromQuery(Name = "open")]
    public string? Open { get; set; }

    private ApprovalTab Tab => Enum.TryParse<ApprovalTab>(TabText, ignoreCase: true, out var tab) && Enum.IsDefined(tab)
        ? tab
        : ApprovalTab.You;

    private OperationKind? Kind =>
        Enum.TryParse<OperationKind>(KindText, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    private string? KindName => Kind?.Word();

    private IReadOnlyList<InboxItem> Chosen =>
        together is null && inbox is not null
            ? [.. inbox.Items.Where(item => item.IsOpen && selected.Contains(item.Line.Operation.Id))]
            : [];

    private string? Shown => Open ?? inbox?.Items.Select(item => item.Line.Operation.Number).FirstOrDefault();

    private IReadOnlyList<TabLink> TabLinks =>
    [
        .. Enum.GetValues<ApprovalTab>().Select(tab => new TabLink(
            Words[$"tab.{tab}"],
            PortalUrls.ApprovalList(TabName(tab), KindName),
            inbox?.Counts.TryGetValue(tab, out var count) == true
                ? count.ToString("N0", CultureInfo.InvariantCulture)
                : null,
            tab == ApprovalTab.You && inbox?.Counts[tab] > 0 ? Meaning.Wait : null)),
        new(Words["tab.changes"], PortalUrls.ChangeList(), changes.ToString("N0", CultureInfo.InvariantCulture),
            changes > 0 ? Meaning.Wait : null),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (read != (Tab, Kind))
        {
            inbox = null;
            Unselect();
            await ReadAsync();
        }
    }

    private static string? TabName(ApprovalTab tab) => tab == ApprovalTab.You ? null : tab.ToString();

    private async Task ReadAsync()
    {
        var (tab, kind) = (Tab, Kind);
        read = (tab, kind);
        changed = false;
        changes = await Changes.WaitingOnAsync(await Current.GetAsync());
        var fresh = await Approvals.InboxAsync(await Current.GetAsync(), tab, kind);
        if (read == (Tab, Kind))
        {
            inbox = fresh;
        }
    }

    // The queue does not move under the hand of somebody who decides; where nobody can, it follows at once.
    private async Task CompareAsync()
    {
        var fresh = await Approvals.InboxAsync(await Current.GetAsync(), Tab, Kind);
        var follows = inbox is null || inbox.Items.Count == 0 || Tab is ApprovalTab.Yours or ApprovalTab.Decided;
        if (follows)
        {
            inbox = fresh;
        }
        else
        {
            changed = !Rows(fresh).SequenceEqual(Rows(inbox!));
        }
    }

    private static IEnumerable<(Guid Id, int Version)> Rows(Inbox inbox) =>
        inbox.Items.Select(item => (item.Line.Operation.Id, item.Line.Operation.Version));

    private string? Beside(int step)
    {
        var index = IndexOf(Shown) + step;
        return IndexOf(Shown) >= 0 && index >= 0 && index < inbox!.Items.Count
            ? PortalUrls.Approval(inbox.Items[index].Line.Operation.Number, TabName(Tab), KindName)
            : null;
    }

    private int IndexOf(string? number) =>
        inbox?.Items.ToList().FindIndex(item => item.Line.Operation.Number == number) ?? -1;

    // The decided row leaves, and the one after it opens; after the last one, the one before.
    private async Task GoOnAsync(string decided)
    {
        var next = Beside(1) ?? Beside(-1) ?? PortalUrls.ApprovalList(TabName(Tab), KindName);
        await ReadAsync();
        Navigation.NavigateTo(next, new NavigationOptions { ReplaceHistoryEntry = true });
    }

    private void Toggle(Guid id)
    {
        if (!selected.Remove(id))
        {
            selected.Add(id);
        }
    }

    private void Unselect()
    {
        selected.Clear();
        together = null;
    }

    private void DecideTogether() => together = Chosen;

    private async Task CloseTogetherAsync()
    {
        Unselect();
        await ReadAsync();
    }
}
