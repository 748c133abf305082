namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>Marks the texts of the board and of captures and voids.</summary>
public sealed class PreAuthTexts;
