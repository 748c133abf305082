namespace MerchantPortal.Portal.Ui;

/// <summary>One step of the path in the header; the last one has no address.</summary>
public sealed record Crumb(string Text, string? Href = null)
{
    /// <summary>The right that its page needs; whoever lacks it reads the step without following it.</summary>
    public string? Needs { get; init; }
}
