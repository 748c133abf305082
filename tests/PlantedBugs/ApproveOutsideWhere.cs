using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Who may approve is looked at before the update, not in it.</summary>
public sealed class ApproveOutsideWhere : IPlantedBug
{
    public string Name => "approve-outside-where";

    public void Plant(IServiceCollection services) =>
        services.AddSingleton<IInterceptor>(new BentSql(null, "operations")
        {
            Rewrite = sql => Regex.Replace(
                sql, @"""?o""?\.""RequesterPersonId"" <> @\w+", "1 = 1", RegexOptions.None, TimeSpan.FromSeconds(1)),
        });
}
