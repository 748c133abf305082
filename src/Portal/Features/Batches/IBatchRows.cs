using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>What rows are judged against.</summary>
/// <param name="Db">The context that reads.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Rights">The actor's rights of this moment.</param>
/// <param name="Now">This moment.</param>
/// <param name="AccountId">The account that pays; null for refunds.</param>
public sealed record BatchGround(PortalDb Db, Actor Actor, Rights Rights, DateTimeOffset Now, Guid? AccountId);

/// <summary>
/// Rows of one kind: each is judged by the checks of a single request, in their order, as if the good ones before it
/// had been asked for already.
/// </summary>
public interface IBatchRows
{
    OperationKind Kind { get; }

    /// <summary>Locks what the rows are judged against until the command ends.</summary>
    Task HoldAsync(Commit commit, BatchForm form);

    /// <summary>The verdict of every row.</summary>
    Task<CheckedRows> CheckAsync(BatchGround ground, IReadOnlyList<BatchLine> lines);

    /// <summary>Submits the good rows, by line; null when one cannot be any more, and then nothing may stay.</summary>
    Task<IReadOnlyDictionary<int, Operation>?> SubmitAsync(
        Commit commit, CheckedRows rows, BatchForm form, Guid batchId);
}

internal static class BatchRowKinds
{
    /// <summary>The rules of a kind.</summary>
    public static IBatchRows Of(this IEnumerable<IBatchRows> kinds, OperationKind kind) =>
        kinds.Single(rows => rows.Kind == kind);
}
