namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>Marks the texts of the inbox and of decisions.</summary>
public sealed class ApprovalTexts;
