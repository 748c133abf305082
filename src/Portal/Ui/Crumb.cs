namespace MerchantPortal.Portal.Ui;

/// <summary>One step of the path in the header; the last one has no address.</summary>
public sealed record Crumb(string Text, string? Href = null);
