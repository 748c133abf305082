namespace MerchantPortal.Portal.Ui;

/// <summary>A stretch of a raw message that differs from what was expected.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">How many characters.</param>
public sealed record CodeMark(int Start, int Length);
