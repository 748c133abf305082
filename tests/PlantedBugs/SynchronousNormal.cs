using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>SQLite is told to be quick rather than sure.</summary>
public sealed class SynchronousNormal : IPlantedBug
{
    public string Name => "synchronous-normal";

    public void Plant(IServiceCollection services) => services.AddSingleton<IInterceptor, Quick>();

    private sealed class Quick : DbTransactionInterceptor
    {
        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData,
            InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = NORMAL";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return result;
        }
    }
}
