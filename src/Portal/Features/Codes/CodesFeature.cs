using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Codes;

/// <summary>What the codes of all providers mean, and what to do next. Whoever is signed in may read it.</summary>
public static class CodesFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Codes",
        Nav = [new("nav.group.control", "nav.codes", PortalUrls.Codes, IconName.Code)],
        Services = services => services.AddSingleton<CodeDirectory>(),
    };
}
