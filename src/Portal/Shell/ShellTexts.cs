namespace MerchantPortal.Portal.Shell;

/// <summary>Marks the texts of the frame: ShellTexts.resx and its two Chinese siblings.</summary>
public sealed class ShellTexts;
