using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Where the page of an operation stands, by its kind.</summary>
public static class OperationLinks
{
    /// <summary>Its own page.</summary>
    public static string Page(this OperationFacts operation) => Page(operation.Kind, operation.Number);

    /// <summary>Its own page.</summary>
    public static string Page(this OperationKind kind, string number) => kind switch
    {
        OperationKind.Refund => PortalUrls.Refund(number),
        OperationKind.Transfer => PortalUrls.Transfer(number),
        OperationKind.Capture or OperationKind.Void => PortalUrls.PreAuth(number),
        _ => PortalUrls.Unbind(number),
    };

    /// <summary>The icon of its kind, as in the menu.</summary>
    public static IconName Icon(this OperationKind kind) => kind switch
    {
        OperationKind.Refund => IconName.Refund,
        OperationKind.Transfer => IconName.Send,
        OperationKind.Unbind => IconName.Card,
        _ => IconName.Hold,
    };
}
