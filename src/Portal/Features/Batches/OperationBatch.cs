using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Where the rows of a batch come from.</summary>
public enum BatchSource
{
    File,
    Selection,

    /// <summary>The failed rows of an earlier batch.</summary>
    FailedRows,
}

/// <summary>
/// Operations that were asked for together. The row is added once and never changed: where the batch stands is where
/// its operations stand.
/// </summary>
public sealed class OperationBatch
{
    public Guid Id { get; init; }

    /// <summary>Our number: B, the day, six letters or digits.</summary>
    public string Number { get; init; } = "";

    public OperationKind Kind { get; init; }
    public BatchSource Source { get; init; }

    /// <summary>What people call it: the file's name, unless the requester wrote another.</summary>
    public string Name { get; init; } = "";

    /// <summary>SHA-256 of the file, or of the rows where there is none; hex.</summary>
    public string SourceSha256 { get; init; } = "";

    /// <summary>The batch whose failed rows these are; null otherwise.</summary>
    public Guid? RerunOf { get; init; }

    /// <summary>How many operations it has.</summary>
    public int Count { get; init; }

    /// <summary>Sums per currency, by code: "CNY 1234.00, JPY 500".</summary>
    public string Totals { get; init; } = "";

    /// <summary>Digest over the terms of all its operations in their order: what a reviewer signs.</summary>
    public string TermsHash { get; init; } = "";

    /// <summary>Made when the rows were read: the same intention submitted twice is one batch.</summary>
    public Guid CommandId { get; init; }

    public Guid RequesterPersonId { get; init; }
    public Guid RequesterUserId { get; init; }
    public string RequesterName { get; init; } = "";
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>What the audit calls it.</summary>
    public string Subject => $"batch {Number}";

    /// <summary>The digest over source, totals and the terms of every member, in the order of the rows.</summary>
    public static string HashTerms(
        string number, OperationKind kind, string sourceSha256, string totals, IEnumerable<Operation> members)
    {
        var text = new StringBuilder($"{number}\n{kind}\n{sourceSha256}\n{totals}\n");
        foreach (var member in members)
        {
            text.Append(member.Number).Append(' ').Append(member.TermsHash).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The command id of one row's operation: the same row of the same intention is one operation.</summary>
    public static Guid RowCommand(Guid commandId, int line) => new(
        SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"batch row {commandId:N} {line}")))[..16]);
}

/// <summary>One row of what was read: it became an operation, or is told why not. Added once, never changed.</summary>
public sealed class BatchRow
{
    public Guid Id { get; init; }
    public Guid BatchId { get; init; }

    /// <summary>Its number in the file or selection.</summary>
    public int Line { get; init; }

    /// <summary>Null where nothing was asked for.</summary>
    public Guid? OperationId { get; init; }

    /// <summary>Order or payee as written.</summary>
    public string Target { get; init; } = "";

    public string AmountText { get; init; } = "";

    /// <summary>Why nothing was asked for, as a text key; empty where an operation was.</summary>
    public string Problem { get; init; } = "";

    /// <summary>What the problem is about.</summary>
    public string ProblemValue { get; init; } = "";
}
