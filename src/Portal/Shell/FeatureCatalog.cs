using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Cards;
using MerchantPortal.Portal.Features.Cases;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Codes;
using MerchantPortal.Portal.Features.Home;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.PreAuths;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Features.Signatures;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Features.Transfers;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Shell;

/// <summary>The whole product on one page: every feature, in the order of the menu.</summary>
public static class FeatureCatalog
{
    public static IReadOnlyList<Feature> All { get; } =
    [
        HomeFeature.Contents,
        OrdersFeature.Contents,
        RefundsFeature.Contents,
        BatchesFeature.Contents,
        PreAuthsFeature.Contents,
        TransfersFeature.Contents,
        CardsFeature.Contents,
        ApprovalsFeature.Contents,
        ChangesFeature.Contents,
        OperationsFeature.Contents,
        ResolutionsFeature.Contents,
        CasesFeature.Contents,
        NotificationsFeature.Contents,
        AuditFeature.Contents,
        CodesFeature.Contents,
        SignaturesFeature.Contents,
        AccountsFeature.Contents,
        TeamFeature.Contents,
        SignInFeature.Contents,
        InstallationFeature.Contents,
    ];

    public static IReadOnlyList<NavItem> Nav { get; } = [.. All.SelectMany(feature => feature.Nav)];

    /// <summary>The model is the sum of what the features map.</summary>
    public static void Map(ModelBuilder model)
    {
        foreach (var feature in All)
        {
            feature.Map(model);
        }
    }
}
