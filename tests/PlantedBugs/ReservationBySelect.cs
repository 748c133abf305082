using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Whether so much is left is looked at before the update, not in it.</summary>
public sealed class ReservationBySelect : IPlantedBug
{
    public string Name => "reservation-by-select";

    public void Plant(IServiceCollection services) =>
        services.AddSingleton<IInterceptor>(new BentSql(null, "order_balances")
        {
            Rewrite = sql => sql.Replace(">= @", ">= 0 * @", StringComparison.Ordinal),
        });
}
