using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>Asking for refunds and following them. A refund is an operation; it has no rows of its own.</summary>
public static class RefundsFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Refunds",
        Nav = [new("nav.group.money", "nav.refunds", PortalUrls.Refunds, IconName.Refund, Permission.OrdersRead)],
        Services = services => services
            .AddSingleton<RefundSubmission>()
            .AddScoped<RefundCommands>()
            .AddScoped<RefundQueries>()
            .AddScoped<RefundWords>(),
    };
}
