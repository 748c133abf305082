namespace MerchantPortal.Portal.Ui;

/// <summary>One tab: a link of its own, so that a tab is an address.</summary>
/// <param name="Text">The word on it.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Count">How many lie behind it, already written; none shows no figure.</param>
/// <param name="Meaning">Colours the figure where it calls for someone.</param>
public sealed record TabLink(string Text, string Href, string? Count = null, Meaning? Meaning = null);
