namespace MerchantPortal.Portal.Ui;

/// <summary>Marks the texts of the shared components: UiTexts.resx and its two Chinese siblings.</summary>
public sealed class UiTexts;
