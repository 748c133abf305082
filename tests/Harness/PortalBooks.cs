using System.Data.Common;
using MerchantPortal.Portal;
using MerchantPortal.Portal.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MerchantPortal.Harness;

/// <summary>The portal's database, read by plain SQL and none of the portal's code.</summary>
internal static class PortalBooks
{
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        PortalOptions portal, string sql, Func<DbDataReader, T> read)
    {
        await using var connection = await OpenAsync(portal);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>
    /// Cuts the last rows off the audit and makes its head fit, as somebody with the database's password could.
    /// </summary>
    public static async Task CutAuditAsync(PortalOptions portal, int rows)
    {
        await using var connection = await OpenAsync(portal);
        var locks = portal.Database == DatabaseKind.Postgres
            ? ["ALTER TABLE audit DISABLE TRIGGER USER"]
            : await ReadAsync(
                portal, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'",
                row => $"DROP TRIGGER \"{row.GetString(0)}\"");
        string[] cuts =
        [
            $"DELETE FROM audit WHERE \"Seq\" > (SELECT MAX(\"Seq\") - {rows} FROM audit)",
            """
            UPDATE audit_head SET "Seq" = (SELECT MAX("Seq") FROM audit),
              "Digest" = (SELECT "Digest" FROM audit ORDER BY "Seq" DESC LIMIT 1)
            """,
        ];
        foreach (var sql in locks.Concat(cuts))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<DbConnection> OpenAsync(PortalOptions portal)
    {
        DbConnection connection = portal.Database == DatabaseKind.Sqlite
            ? new SqliteConnection(portal.ConnectionString)
            : new NpgsqlConnection(portal.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
