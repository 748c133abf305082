using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Shell;

/// <summary>One thing the find box offers.</summary>
/// <param name="Text">Its id or name.</param>
/// <param name="Href">Its page.</param>
/// <param name="Icon">What kind of thing it is, as in the menu.</param>
/// <param name="Detail">A second line: amount, payer, state.</param>
public sealed record JumpTarget(string Text, string Href, IconName Icon, string? Detail = null);

/// <summary>Looks up what somebody typed or has on the clipboard, best first.</summary>
public delegate Task<IReadOnlyList<JumpTarget>> JumpSearch(string text, CancellationToken cancellation);
