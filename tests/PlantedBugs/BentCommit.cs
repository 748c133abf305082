using System.Data.Common;
using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Says something more to the database right before one command's commit.</summary>
internal sealed class BentCommit(string running, string more) : DbTransactionInterceptor
{
    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PortalDb db && db.Running == running)
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = more;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return result;
    }
}
