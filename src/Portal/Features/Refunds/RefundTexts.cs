namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>Marks the texts of refunds.</summary>
public sealed class RefundTexts;
