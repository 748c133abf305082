using MerchantPortal.Portal.Features.Audit;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Whether anything may be sent at all at this moment, whatever waits (reliability design, I11).</summary>
public sealed class SendGate(AuditAnchor anchor)
{
    /// <summary>Why nothing is sent; null while sending is open.</summary>
    public string? Closed => anchor.Broken is { } why ? $"the audit anchor cannot be written ({why})" : null;
}
