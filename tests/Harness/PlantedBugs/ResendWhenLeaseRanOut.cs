using System.Data.Common;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>
/// A job queue's habit: whoever held the job is gone, so it is ready again, and the books say that nothing left.
/// </summary>
public sealed class ResendWhenLeaseRanOut : IPlantedBug
{
    public string Name => "resend-when-lease-ran-out";

    public void Plant(IServiceCollection services) => services
        .AddSingleton<IInterceptor, NothingLeft>()
        .AddSingleton<IInterceptor, ReadyAgain>();

    private sealed class NothingLeft : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result,
            CancellationToken cancellationToken = default)
        {
            foreach (var entry in eventData.Context!.ChangeTracker.Entries<Evidence>()
                .Where(entry => entry is { State: EntityState.Added, Entity.Kind: EvidenceKind.LeaseRanOut }))
            {
                entry.Property(row => row.Kind).CurrentValue = EvidenceKind.Answer;
                entry.Property(row => row.Proves).CurrentValue = OperationEvent.ProvedNotSent;
            }

            return ValueTask.FromResult(result);
        }
    }

    private sealed class ReadyAgain : DbCommandInterceptor
    {
        public override async ValueTask<int> NonQueryExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, int result,
            CancellationToken cancellationToken = default)
        {
            if (eventData.Context is PortalDb { Running: "operation.lease-ran-out" } && result == 1
                && command.CommandText.Contains("UPDATE", StringComparison.Ordinal)
                && command.CommandText.Contains("\"LeaseUntil\"", StringComparison.Ordinal))
            {
                await using var again = command.Connection!.CreateCommand();
                again.Transaction = command.Transaction;
                again.CommandText =
                    """
                    UPDATE operations SET "State" = 'Ready', "LeaseUntil" = NULL
                    WHERE "State" = 'Unknown' AND "LeaseUntil" IS NOT NULL
                    """;
                await again.ExecuteNonQueryAsync(cancellationToken);
            }

            return result;
        }
    }
}
