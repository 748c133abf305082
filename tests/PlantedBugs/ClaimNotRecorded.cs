using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>The send goes out, and only afterwards is it written down that it did.</summary>
public sealed class ClaimNotRecorded : IPlantedBug
{
    public string Name => "claim-not-recorded";

    public void Plant(IServiceCollection services) => services
        .AddSingleton<IInterceptor, NoAttempt>()
        .AddSingleton<IInterceptor>(new BentCommit("operation.claim", """
            UPDATE operations SET "State" = 'Ready', "Attempts" = 0 WHERE "State" = 'Sending'
            """));

    private sealed class NoAttempt : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result,
            CancellationToken cancellationToken = default)
        {
            foreach (var entry in eventData.Context!.ChangeTracker.Entries<Attempt>().ToList())
            {
                entry.State = EntityState.Detached;
            }

            return ValueTask.FromResult(result);
        }
    }
}
