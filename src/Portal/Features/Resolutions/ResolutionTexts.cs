namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>Marks the texts of what people settle: ResolutionTexts.resx and its two Chinese siblings.</summary>
public sealed class ResolutionTexts;
