using System.Data.Common;
using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Changes what one command of the portal says to the database, or says something more behind it.</summary>
/// <param name="running">The command, such as "operation.claim"; null for every one.</param>
/// <param name="table">The table whose updates are meant.</param>
internal sealed class BentSql(string? running, string table) : DbCommandInterceptor
{
    /// <summary>Rewrites the update.</summary>
    public Func<string, string> Rewrite { get; init; } = sql => sql;

    /// <summary>Runs after it, in the same transaction; empty for nothing.</summary>
    public string Then { get; init; } = "";

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        if (IsMeant(command, eventData))
        {
            command.CommandText = Rewrite(command.CommandText);
        }

        return ValueTask.FromResult(result);
    }

    public override async ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result,
        CancellationToken cancellationToken = default)
    {
        if (Then.Length > 0 && result > 0 && IsMeant(command, eventData))
        {
            await using var more = command.Connection!.CreateCommand();
            more.Transaction = command.Transaction;
            more.CommandText = Then;
            await more.ExecuteNonQueryAsync(cancellationToken);
        }

        return result;
    }

    private bool IsMeant(DbCommand command, CommandEventData eventData) =>
        eventData.Context is PortalDb db && (running is null || db.Running == running)
        && command.CommandText.Contains("UPDATE", StringComparison.Ordinal)
        && command.CommandText.Contains(table, StringComparison.Ordinal);
}
