namespace MerchantPortal.Portal.Features.Changes;

/// <summary>Marks the texts of changes: ChangeTexts.resx and its two Chinese siblings.</summary>
public sealed class ChangeTexts;
