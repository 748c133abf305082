using System.Data.Common;
using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Faults;

/// <summary>The process ended here, as far as anybody outside can tell.</summary>
internal sealed class ProcessDiedException() : Exception("The process died here.");

/// <summary>
/// What happens to one process at its database: something before or after a commit, death, no writing.
/// </summary>
internal sealed class DatabaseFault : DbTransactionInterceptor, IDbConnectionInterceptor
{
    /// <summary>Runs right before the commit of a command of this name.</summary>
    public (string Running, Func<Task> Act)? Before { get; set; }

    /// <summary>Runs right after the commit of a command of this name.</summary>
    public (string Running, Func<Task> Act)? After { get; set; }

    /// <summary>The database takes no writes.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>The SQLite file may grow by so many pages and no more; null for as much as it likes.</summary>
    public int? MorePages { get; set; }

    /// <summary>How sure SQLite was told to be when a claim was committed: 2 is FULL.</summary>
    public List<string> Synchronous { get; } = [];

    /// <summary>From now on this process writes nothing.</summary>
    public bool Dead { get; set; }

    /// <summary>One fault for each process that is built, in their order.</summary>
    public static Action<IServiceCollection> Into(List<DatabaseFault> processes) => services =>
    {
        var fault = new DatabaseFault();
        processes.Add(fault);
        services.AddSingleton<IInterceptor>(fault);
    };

    /// <summary>The process ends.</summary>
    public Task DieAsync()
    {
        Dead = true;
        throw new ProcessDiedException();
    }

    public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default) =>
        Dead ? throw new ProcessDiedException() : ValueTask.FromResult(result);

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        var running = (eventData.Context as PortalDb)?.Running;
        if (running == "operation.claim" && transaction.Connection is Microsoft.Data.Sqlite.SqliteConnection sqlite)
        {
            await using var look = sqlite.CreateCommand();
            look.Transaction = (Microsoft.Data.Sqlite.SqliteTransaction)transaction;
            look.CommandText = "PRAGMA synchronous";
            Synchronous.Add($"{await look.ExecuteScalarAsync(cancellationToken)}");
        }

        if (Before is { } before && running == before.Running)
        {
            await before.Act();
        }

        return result;
    }

    public override async Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (After is { } after && eventData.Context is PortalDb db && db.Running == after.Running)
        {
            await after.Act();
        }
    }

    public async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var word = ReadOnly ? "on" : "off";
        await using var command = connection.CreateCommand();
        if (connection is not Microsoft.Data.Sqlite.SqliteConnection)
        {
            command.CommandText = $"SET default_transaction_read_only = {word}";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return;
        }

        command.CommandText = "PRAGMA page_count";
        var most = MorePages is { } more
            ? (long)(await command.ExecuteScalarAsync(cancellationToken))! + more
            : uint.MaxValue / 4;
        command.CommandText = $"PRAGMA query_only = {word}; PRAGMA max_page_count = {most}";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
