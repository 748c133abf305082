using System.Data.Common;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>An operation as its row says, read past the product's own code.</summary>
internal sealed record SeenOperation
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required Guid CommandId { get; init; }
    public required string Kind { get; init; }
    public required string Target { get; init; }
    public required int Needed { get; init; }
    public required string State { get; init; }
    public required long Minor { get; init; }
    public required int Version { get; init; }
    public required long Fence { get; init; }
    public required int Attempts { get; init; }
    public required string TermsHash { get; init; }
    public required Guid Requester { get; init; }
    public required int Questions { get; init; }
    public required string Problem { get; init; }
    public required Guid? OrderId { get; init; }
    public required string Payee { get; init; }

    /// <summary>When it came into its state, in microseconds since 1970.</summary>
    public required long StateAt { get; init; }

    /// <summary>People found that it did not happen, and what was set aside for it is free again.</summary>
    public required bool IsReleased { get; init; }

    public required bool IsDisputed { get; init; }

    /// <summary>The next instant at which something falls due, in microseconds since 1970; null for none.</summary>
    public required long? Due { get; init; }
}

/// <summary>What is left of an order.</summary>
internal sealed record SeenBalance(Guid OrderId, long Paid, long Refunded, long Reserved);

/// <summary>One approval.</summary>
/// <param name="At">Microseconds since 1970.</param>
internal sealed record SeenApproval(Guid OperationId, Guid Person, string Decision, string TermsHash, long At);

/// <summary>What somebody proposes that an operation came to.</summary>
/// <param name="Terms">The proposal as stored.</param>
/// <param name="Confirmed">Who said yes.</param>
internal sealed record SeenVerdict(
    Guid Id, Guid OperationId, string State, string Terms, int Version, string TermsHash, Guid Proposer,
    IReadOnlyList<Guid> Confirmed);

/// <summary>One attempt.</summary>
/// <param name="StartedAt">Microseconds since 1970.</param>
internal sealed record SeenAttempt(Guid OperationId, int Number, long Fence, long StartedAt);

/// <summary>All that the invariants read, at one moment between two transactions.</summary>
internal sealed record DatabaseLook(
    IReadOnlyList<SeenOperation> Operations, IReadOnlyList<SeenBalance> Balances,
    IReadOnlyList<SeenApproval> Approvals, IReadOnlyList<SeenAttempt> Attempts,
    IReadOnlyList<(long Seq, string Subject, string Action)> Audit)
{
    public IReadOnlyList<SeenVerdict> Verdicts { get; private init; } = [];

    /// <summary>Orders of which a provider shows more than we did, unexplained.</summary>
    public IReadOnlyList<Guid> OpenCases { get; private init; } = [];

    public static DatabaseLook Read(DbConnection database, long auditedTo) => new(
        Rows(database, """
            SELECT "Id", "Number", "CommandId", "State", "AmountMinor", "Version", "Fence", "Attempts", "TermsHash",
                "RequesterPersonId", "Questions", "Problem", "OrderId", "Payee",
                "Kind", "Target", "Needed", "StateAt", "ReleasedAt" IS NOT NULL, "DisputedAt" IS NOT NULL,
                CASE "State" WHEN 'PendingApproval' THEN "DueAt" WHEN 'Ready' THEN "NotBefore"
                    WHEN 'Sending' THEN "LeaseUntil" + 1 ELSE "NextQuestionAt" END
            FROM operations ORDER BY "RequestedAt", "Id"
            """, Operation),
        Rows(database, "SELECT \"OrderId\", \"Paid\", \"Refunded\", \"Reserved\" FROM order_balances",
            row => new SeenBalance(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))),
        Rows(database,
            "SELECT \"OperationId\", \"PersonId\", \"Decision\", \"TermsHash\", \"At\" FROM approvals",
            row => new SeenApproval(
                row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetInt64(4))),
        Rows(database, "SELECT \"OperationId\", \"Number\", \"Fence\", \"StartedAt\" FROM attempts ORDER BY \"Number\"",
            row => new SeenAttempt(row.GetGuid(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3))),
        Rows(database,
            $"""
            SELECT "Seq", "Subject", "Action" FROM audit WHERE "Seq" > {auditedTo} AND "Outcome" = 'Done'
            """,
            row => (row.GetInt64(0), row.GetString(1), row.GetString(2))))
    {
        Verdicts = ReadVerdicts(database),
        OpenCases = Rows(
            database, "SELECT \"OrderId\" FROM cases WHERE \"State\" = 'Open'", row => row.GetGuid(0)),
    };

    /// <summary>Changes with every commit of somebody else.</summary>
    public static long DataVersion(DbConnection database) =>
        Rows(database, "PRAGMA data_version", row => row.GetInt64(0))[0];

    private static SeenOperation Operation(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Number = row.GetString(1),
        CommandId = row.GetGuid(2),
        State = row.GetString(3),
        Minor = row.GetInt64(4),
        Version = row.GetInt32(5),
        Fence = row.GetInt64(6),
        Attempts = row.GetInt32(7),
        TermsHash = row.GetString(8),
        Requester = row.GetGuid(9),
        Questions = row.GetInt32(10),
        Problem = row.GetString(11),
        OrderId = row.IsDBNull(12) ? null : row.GetGuid(12),
        Payee = row.GetString(13),
        Kind = row.GetString(14),
        Target = row.GetString(15),
        Needed = row.GetInt32(16),
        StateAt = row.GetInt64(17),
        IsReleased = row.GetBoolean(18),
        IsDisputed = row.GetBoolean(19),
        Due = row.IsDBNull(20) ? null : row.GetInt64(20),
    };

    private static List<SeenVerdict> ReadVerdicts(DbConnection database) =>
    [
        .. Rows(
            database,
            """
            SELECT c."Id", c."OperationId", c."State", c."Terms", c."Version", c."TermsHash", c."ProposerPersonId",
                v."PersonId"
            FROM changes c LEFT JOIN change_votes v ON v."ChangeId" = c."Id" AND v."Answer" = 'Confirmed'
            WHERE c."Kind" = 'operation.resolve' ORDER BY c."ProposedAt", c."OperationId"
            """,
            row => (
                Verdict: new SeenVerdict(
                    row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetInt32(4),
                    row.GetString(5), row.GetGuid(6), []),
                Voter: row.IsDBNull(7) ? (Guid?)null : row.GetGuid(7)))
            .GroupBy(row => row.Verdict.Id)
            .Select(all => all.First().Verdict with { Confirmed = [.. all.Select(row => row.Voter).OfType<Guid>()] }),
    ];

    private static List<T> Rows<T>(DbConnection database, string sql, Func<DbDataReader, T> read)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
