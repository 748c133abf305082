using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Shell;

/// <summary>One line of the main menu.</summary>
/// <param name="Group">Key of its group's heading in ShellTexts; empty for those above all groups.</param>
/// <param name="TextKey">Key of its word in ShellTexts.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Icon">The icon before the word.</param>
/// <param name="Permission">The right without which it is not shown; null shows it to everybody.</param>
/// <param name="Counter">Name of the figure beside it, one that waits on the person; null shows none.</param>
/// <param name="Key">The letter that opens it after g; null where there is none.</param>
public sealed record NavItem(
    string Group,
    string TextKey,
    string Href,
    IconName Icon,
    string? Permission = null,
    string? Counter = null,
    char? Key = null)
{
    /// <summary>The figure is coloured: only for outcomes that nobody knows.</summary>
    public bool IsAlarming { get; init; }
}
