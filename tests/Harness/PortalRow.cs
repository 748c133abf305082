using System.Data.Common;
using System.Globalization;
using MerchantPortal.Portal;
using MerchantPortal.Portal.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MerchantPortal.Harness;

/// <summary>One operation as the portal's database has it, read by plain SQL and none of the portal's code.</summary>
internal sealed record PortalRow
{
    private const string Sql =
        """
        SELECT o."Number", o."Kind", o."Provider", o."State", o."Questions", r."MerchantNumber", o."Target",
          (SELECT COUNT(*) FROM approvals a WHERE a."OperationId" = o."Id" AND a."Decision" = 'Approved'),
          (SELECT COUNT(*) FROM attempts t WHERE t."OperationId" = o."Id"),
          (SELECT COUNT(*) FROM evidence e WHERE e."OperationId" = o."Id" AND e."Kind" = 'LeaseRanOut')
        FROM operations o LEFT JOIN orders r ON r."Id" = o."OrderId"
        """;

    public required string Number { get; init; }
    public required string Kind { get; init; }
    public required string Provider { get; init; }
    public required string State { get; init; }

    /// <summary>How often the provider was asked about it.</summary>
    public required int Questions { get; init; }

    /// <summary>The shop's number of its order.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>The payee's or the card agreement's number over there.</summary>
    public required string Target { get; init; }

    public required int Approvals { get; init; }
    public required int Attempts { get; init; }

    /// <summary>Attempts whose process was gone before it could tell how they ended.</summary>
    public required int BrokenOff { get; init; }

    public static async Task<IReadOnlyList<PortalRow>> ReadAsync(PortalOptions options)
    {
        await using DbConnection connection = options.Database == DatabaseKind.Sqlite
            ? new SqliteConnection(options.ConnectionString)
            : new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<PortalRow>();
        while (await reader.ReadAsync())
        {
            rows.Add(new()
            {
                Number = reader.GetString(0),
                Kind = reader.GetString(1),
                Provider = reader.GetString(2),
                State = reader.GetString(3),
                Questions = Number(reader, 4),
                OrderNumber = await reader.IsDBNullAsync(5) ? "" : reader.GetString(5),
                Target = reader.GetString(6),
                Approvals = Number(reader, 7),
                Attempts = Number(reader, 8),
                BrokenOff = Number(reader, 9),
            });
        }

        return rows;

        static int Number(DbDataReader reader, int column) =>
            Convert.ToInt32(reader.GetValue(column), CultureInfo.InvariantCulture);
    }
}
