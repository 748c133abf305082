using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>A provider that does not answer is tried on and on.</summary>
public sealed class NothingStopsAtSilence : IPlantedBug
{
    public string Name => "nothing-stops-at-silence";

    public void Plant(IServiceCollection services) =>
        services.AddSingleton<IInterceptor>(new BentSql(null, "provider_health")
        {
            Then = """
                UPDATE provider_health SET "Failures" = 0, "OpenUntil" = NULL, "Ramp" = 0
                """,
        });
}
