namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Marks the texts of batches.</summary>
public sealed class BatchTexts;
