using MerchantPortal.Payments.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>The request goes wherever the answer points.</summary>
public sealed class RedirectsFollowed : IPlantedBug
{
    public string Name => "redirects-followed";

    public void Plant(IServiceCollection services) => services.AddSingleton(provider =>
    {
        var handler = ProviderConnections.CreateHandler();
        handler.AllowAutoRedirect = true;
        return new ProviderHttp(handler, provider.GetRequiredService<TimeProvider>(), ProviderHttpLimits.Default);
    });
}
