using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MerchantPortal.Portal.Shell;

/// <summary>The find box: pages by name at once, things by id or payer as the search answers.</summary>
public sealed partial class CommandPalette
{
    const int LongestText = 200;

    DotNetObjectReference<CommandPalette>? self;
    CancellationTokenSource? running;
    ElementReference dialog;
    string text = "";
    bool isBusy;
    IReadOnlyList<JumpTarget> clip = [];
    IReadOnlyList<JumpTarget> found = [];
    IReadOnlyList<JumpTarget> pages = [];

    [Parameter]
    public JumpSearch? Search { get; set; }

    [Parameter]
    public IReadOnlyList<NavItem> Nav { get; set; } = [];

    [Parameter]
    public Func<string, bool> May { get; set; } = _ => true;

    /// <summary>Called by the browser when the box opens, with what the clipboard holds if it may be read.</summary>
    [JSInvokable]
    public async Task OpenedAsync(string? clipboard)
    {
        text = "";
        found = [];
        ShowPages();
        clip = LooksLikeId(clipboard) && Search is not null
            ? await Search(clipboard!.Trim(), CancellationToken.None)
            : [];
        StateHasChanged();
    }

    protected override void OnParametersSet() => ShowPages();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        self = DotNetObjectReference.Create(this);
        await Script.InvokeVoidAsync("portal.connectPalette", dialog, self);
    }

    /// <summary>Ids of ours, shops, providers: 8 to 64 letters, digits, dashes, underscores, with a digit.</summary>
    public static bool LooksLikeId(string? clipboard) =>
        clipboard?.Trim() is { Length: >= 8 and <= 64 } id
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && id.Any(char.IsAsciiDigit);

    void ShowPages() => pages =
    [
        .. Nav.Where(item => item.Permission is null || May(item.Permission))
            .Select(item => new JumpTarget(Texts[item.TextKey], item.Href, item.Icon))
            .Where(target => target.Text.Contains(text.Trim(), StringComparison.CurrentCultureIgnoreCase)),
    ];

    async Task TypeAsync(ChangeEventArgs args)
    {
        text = args.Value as string ?? "";
        if (text.Length > LongestText)
            text = text[..LongestText];
        clip = [];
        ShowPages();
        if (running is not null)
            await running.CancelAsync();
        running?.Dispose();
        running = null;
        if (Search is null || text.Trim().Length < 2)
        {
            (found, isBusy) = ([], false);
            return;
        }
        var mine = running = new CancellationTokenSource();
        isBusy = true;
        try
        {
            var answer = await Search(text.Trim(), mine.Token);
            if (mine == running)
                (found, isBusy) = (answer, false);
        }
        catch (OperationCanceledException) when (mine != running)
        {
            // Overtaken by the next letter, whose own search now fills the list.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
            await running.CancelAsync();
        running?.Dispose();
        self?.Dispose();
    }
}
