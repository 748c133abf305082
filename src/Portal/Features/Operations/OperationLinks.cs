using MerchantPortal.Portal.Shell;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Where the page of an operation stands, by its kind.</summary>
public static class OperationLinks
{
    /// <summary>Its own page; where a kind has none, its place in the inbox.</summary>
    public static string Page(this OperationFacts operation) => Page(operation.Kind, operation.Number);

    /// <summary>The page of an operation of a kind, by its number.</summary>
    public static string Page(this OperationKind kind, string number) =>
        kind == OperationKind.Refund ? PortalUrls.Refund(number)
        : kind.EndsHold() ? PortalUrls.PreAuth(number)
        : PortalUrls.Approval(number, "all");
}
