using MerchantPortal.Portal.Features.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>The end of the audit chain is kept nowhere else.</summary>
public sealed class AnchorOff : IPlantedBug
{
    public string Name => "anchor-off";

    public void Plant(IServiceCollection services) => services.AddSingleton(provider => new AuditAnchor(
        Path.Combine(Directory.CreateTempSubdirectory("anchor-off-").FullName, "anchor.log"),
        provider.GetRequiredService<TimeProvider>()));
}
