using System.Data.Common;
using System.Globalization;
using MerchantPortal.Portal;

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

    /// <summary>How many wait to be sent, or were not yet asked about so often.</summary>
    public static async Task<long> CountOpenAsync(PortalOptions portal, int questions) =>
        (await PortalBooks.ReadAsync(
            portal,
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT COUNT(*) FROM operations WHERE "State" IN ('Ready', 'Sending')
                  OR ("State" IN ('Accepted', 'Unknown') AND "Questions" < {questions})
                """),
            row => row.GetInt64(0))).Single();

    public static Task<IReadOnlyList<PortalRow>> ReadAsync(PortalOptions portal) =>
        PortalBooks.ReadAsync(portal, Sql, row => new PortalRow
        {
            Number = row.GetString(0),
            Kind = row.GetString(1),
            Provider = row.GetString(2),
            State = row.GetString(3),
            Questions = Count(row, 4),
            OrderNumber = row.IsDBNull(5) ? "" : row.GetString(5),
            Target = row.GetString(6),
            Approvals = Count(row, 7),
            Attempts = Count(row, 8),
            BrokenOff = Count(row, 9),
        });

    private static int Count(DbDataReader row, int column) =>
        Convert.ToInt32(row.GetValue(column), CultureInfo.InvariantCulture);
}
