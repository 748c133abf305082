using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Every interface counts as one that takes the same number again.</summary>
public sealed class RepeatsAnything : IPlantedBug
{
    public string Name => "repeats-anything";

    public void Plant(IServiceCollection services) =>
        BentProvider.Plant(services, inner => new(inner) { RepeatsAnything = true });
}
