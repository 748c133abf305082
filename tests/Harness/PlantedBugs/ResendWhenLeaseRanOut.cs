using System.Data.Common;
using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>A job queue's habit: whoever held the job is gone, so it is ready again, as if it had never left.</summary>
public sealed class ResendWhenLeaseRanOut : IPlantedBug
{
    public string Name => "resend-when-lease-ran-out";

    public void Plant(IServiceCollection services) => services.AddSingleton<IInterceptor, ReadyAgain>();

    private sealed class ReadyAgain : DbCommandInterceptor
    {
        // The sweep's own update, with the attempt forgotten, so that the send path's own checks see nothing.
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
                    DELETE FROM attempts WHERE "OperationId" IN
                      (SELECT "Id" FROM operations WHERE "State" = 'Unknown' AND "LeaseUntil" IS NOT NULL);
                    UPDATE operations SET "State" = 'Ready', "Attempts" = 0, "LeaseUntil" = NULL
                      WHERE "State" = 'Unknown' AND "LeaseUntil" IS NOT NULL;
                    """;
                await again.ExecuteNonQueryAsync(cancellationToken);
            }

            return result;
        }
    }
}
