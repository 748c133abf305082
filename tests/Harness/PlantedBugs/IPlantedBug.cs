using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>
/// A mistake that somebody could make in the send path. It is planted from outside, by replacing a service or watching
/// the database's traffic; the product has no switch for it.
/// </summary>
public interface IPlantedBug
{
    /// <summary>Its name on the command line, in plain words: "retry-on-timeout".</summary>
    string Name { get; }

    /// <summary>Puts it in the place of what is right.</summary>
    void Plant(IServiceCollection services);
}
