using MerchantPortal.Portal.Shell;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Where the page of an operation stands, by its kind.</summary>
public static class OperationLinks
{
    /// <summary>Its own page; where a kind has none, its place in the inbox.</summary>
    public static string Page(this OperationFacts operation) => operation.Kind == OperationKind.Refund
        ? PortalUrls.Refund(operation.Number)
        : PortalUrls.Approval(operation.Number, "all");
}
