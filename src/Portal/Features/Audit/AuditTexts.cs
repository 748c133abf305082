namespace MerchantPortal.Portal.Features.Audit;

/// <summary>Marks the texts of the audit: AuditTexts.resx and its two Chinese siblings.</summary>
public sealed class AuditTexts;
