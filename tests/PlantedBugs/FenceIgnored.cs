using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Whoever comes with an answer may record it, however long ago the claim was lost.</summary>
public sealed class FenceIgnored : IPlantedBug
{
    public string Name => "fence-ignored";

    public void Plant(IServiceCollection services) =>
        services.AddSingleton<IInterceptor>(new BentSql("operation.answer", "operations")
        {
            Rewrite = sql => Regex.Replace(
                sql, @"""?o""?\.""(State|Version|Fence)"" = @\w+", "1 = 1", RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)),
        });
}
