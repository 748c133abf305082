using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>Held amounts: the board by deadline, plans, and asking for captures and voids.</summary>
public static class PreAuthsFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "PreAuths",
        Nav =
        [
            new("nav.group.money", "nav.preauths", PortalUrls.PreAuths, IconName.Hold, Permission.OrdersRead,
                "preauths", 'p'),
        ],
        Services = services => services
            .AddScoped<PreAuthCommands>()
            .AddScoped<PlanCommands>()
            .AddScoped<HoldBoards>()
            .AddScoped<HoldSheets>()
            .AddScoped<PreAuthSheets>()
            .AddSingleton(new ReasonTexts(OperationKind.Capture, typeof(PreAuthTexts)))
            .AddSingleton(new ReasonTexts(OperationKind.Void, typeof(PreAuthTexts)))
            .AddScoped<PreAuthWords>(),
    };
}
