using MerchantPortal.Portal.Features.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Nobody remembers which news has come before.</summary>
public sealed class DedupeOff : IPlantedBug
{
    public string Name => "dedupe-off";

    public void Plant(IServiceCollection services) => services.AddSingleton<IInterceptor, Forgetful>();

    private sealed class Forgetful : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result,
            CancellationToken cancellationToken = default)
        {
            foreach (var entry in eventData.Context!.ChangeTracker.Entries<Inbound>()
                .Where(entry => entry.State == EntityState.Added))
            {
                entry.Property(row => row.SemanticKey).CurrentValue = null;
            }

            return ValueTask.FromResult(result);
        }
    }
}
