namespace MerchantPortal.Portal.Features.Cases;

/// <summary>Marks the texts of cases.</summary>
public sealed class CaseTexts;
