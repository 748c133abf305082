namespace MerchantPortal.Portal.Features.Codes;

/// <summary>Marks the texts of the error codes: CodesTexts.resx and its two Chinese siblings.</summary>
public sealed class CodesTexts;
