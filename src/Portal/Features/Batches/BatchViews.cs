using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Where the operations of a batch stand, as the person reads them.</summary>
public enum BatchGroup
{
    All,
    Waiting,
    OnTheWay,
    Unknown,
    Done,
    Failed,

    /// <summary>Rejected, taken back or expired: never sent.</summary>
    Dropped,

    /// <summary>Rows that nothing was asked for.</summary>
    NotAsked,
}

/// <summary>A batch as lists show it.</summary>
public sealed record BatchFacts
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required OperationKind Kind { get; init; }
    public required BatchSource Source { get; init; }
    public required string Name { get; init; }
    public required string SourceSha256 { get; init; }
    public required int Count { get; init; }
    public required string Totals { get; init; }
    public required string TermsHash { get; init; }
    public required Guid RequesterPersonId { get; init; }
    public required string RequesterName { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    public static BatchFacts From(OperationBatch row) => new()
    {
        Id = row.Id,
        Number = row.Number,
        Kind = row.Kind,
        Source = row.Source,
        Name = row.Name,
        SourceSha256 = row.SourceSha256,
        Count = row.Count,
        Totals = row.Totals,
        TermsHash = row.TermsHash,
        RequesterPersonId = row.RequesterPersonId,
        RequesterName = row.RequesterName,
        RequestedAt = row.RequestedAt,
    };
}

/// <summary>A batch in the list, with how many of its operations stand where.</summary>
public sealed record BatchLineFacts(BatchFacts Batch, IReadOnlyDictionary<BatchGroup, int> Counts);

/// <summary>One page of batches, newest first.</summary>
public sealed record BatchPage(IReadOnlyList<BatchLineFacts> Batches, string? Older);

/// <summary>One row of a batch with what became of it.</summary>
/// <param name="Line">Its number in the file or selection.</param>
/// <param name="Target">Order or payee as written.</param>
/// <param name="AmountText">The amount as written.</param>
/// <param name="Problem">Why nothing was asked for; null where an operation was.</param>
/// <param name="Operation">The operation with its order; null where nothing was asked for.</param>
public sealed record BatchRowFacts(
    int Line, string Target, string AmountText, FileProblem? Problem, OperationLine? Operation);

/// <summary>Something that a reviewer should look at before agreeing.</summary>
/// <param name="Key">Text key: what stands out.</param>
/// <param name="Lines">The rows that it is about.</param>
/// <param name="Value">Whom or what it is about; empty where the key says all.</param>
public sealed record BatchOutlier(string Key, IReadOnlyList<int> Lines, string Value);

/// <summary>Everything the page of one batch shows.</summary>
public sealed record BatchSheet
{
    public required BatchFacts Batch { get; init; }

    /// <summary>The accounts that its operations belong to.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    public required IReadOnlyDictionary<BatchGroup, int> Counts { get; init; }

    /// <summary>One page of the rows in their order.</summary>
    public required IReadOnlyList<BatchRowFacts> Rows { get; init; }

    /// <summary>The line that the next page begins after; null on the last one.</summary>
    public required int? NextAfter { get; init; }

    /// <summary>The largest operations, largest first.</summary>
    public required IReadOnlyList<BatchRowFacts> Largest { get; init; }

    public required IReadOnlyList<BatchOutlier> Outliers { get; init; }

    /// <summary>Sums of what waits, per currency.</summary>
    public required IReadOnlyList<Money> Waiting { get; init; }

    /// <summary>What a decision signs: see <see cref="BatchDecisions.Hash"/>.</summary>
    public required string SeenHash { get; init; }

    /// <summary>What looks like rows of it asked for once more: shown, and sent back with an approval.</summary>
    public required IReadOnlyList<Guid> Twins { get; init; }

    /// <summary>Why the actor cannot decide.</summary>
    public required DecisionBar Bar { get; init; }

    /// <summary>Who can decide; empty when nothing waits.</summary>
    public required IReadOnlyList<string> Approvers { get; init; }

    /// <summary>The earliest instant by which somebody has to decide; null when nothing waits.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>The actor may take back what waits.</summary>
    public required bool MayWithdraw { get; init; }

    /// <summary>How many rows are proven not to have happened and may be asked for again.</summary>
    public required int Failed { get; init; }

    /// <summary>The actor may ask again for what failed.</summary>
    public required bool MayRerun { get; init; }

    /// <summary>The batch whose failed rows these are; null otherwise.</summary>
    public required string? RerunOf { get; init; }

    /// <summary>Batches of the failed rows of this one.</summary>
    public required IReadOnlyList<string> Reruns { get; init; }
}
