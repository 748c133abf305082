using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Nobody looks at how far the clocks are apart.</summary>
public sealed class ClockIgnored : IPlantedBug
{
    public string Name => "clock-ignored";

    public void Plant(IServiceCollection services) =>
        services.AddSingleton<IInterceptor>(new BentSql(null, "provider_health")
        {
            Then = """
                UPDATE provider_health SET "ClockOffsetMs" = 0
                """,
        });
}
