namespace MerchantPortal.Portal.Ui;

/// <summary>One of two to five ways to see the same thing.</summary>
/// <param name="Value">What the page gets.</param>
/// <param name="Text">One or two words.</param>
public sealed record SegOption<TValue>(TValue Value, string Text);
