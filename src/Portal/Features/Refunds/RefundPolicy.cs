namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>The rules that every refund is asked for and decided under.</summary>
public sealed class RefundPolicy
{
    /// <summary>Refunds of the same order within this time are pointed out before another is asked for.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromHours(24);
}
