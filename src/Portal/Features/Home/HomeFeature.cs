using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Home;

/// <summary>The page that everybody starts on.</summary>
public static class HomeFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Home",
        Nav = [new("", "nav.home", PortalUrls.Home, IconName.Home, Key: 'h')],
        Services = services => services.AddScoped<HomeQueries>(),
    };
}
