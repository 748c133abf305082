using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>What never left goes again at once, without its wait.</summary>
public sealed class WaitIgnored : IPlantedBug
{
    public string Name => "wait-ignored";

    public void Plant(IServiceCollection services) =>
        services.AddSingleton<IInterceptor>(new BentSql("operation.answer", "operations")
        {
            Then = """
                UPDATE operations SET "NotBefore" = 0
                """,
        });
}
