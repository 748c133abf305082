using MerchantPortal.Portal.Shell;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>Held amounts: the board by deadline, plans, and asking for captures and voids.</summary>
public static class PreAuthsFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "PreAuths",
        Services = services => services
            .AddScoped<PreAuthCommands>()
            .AddScoped<PlanCommands>(),
    };
}
