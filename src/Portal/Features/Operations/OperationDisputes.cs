using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>
/// Marks operations whose end later evidence contradicts, whether a provider or people told it. The end stays as it
/// is; the mark is the alarm (reliability design, sections 4.1 and 4.6).
/// </summary>
internal static class OperationDisputes
{
    /// <summary>
    /// Weighs a piece of evidence against how the operation ended, whoever brings it: a late answer, a question, or
    /// what is told of its order. The evidence row itself is the caller's.
    /// </summary>
    /// <returns>True when it contradicts the end for the first time.</returns>
    public static async Task<bool> WeighAsync(
        this Commit commit, Guid operationId, OperationEvent proves, string rawState)
    {
        var operation = await commit.Db.Set<Operation>().AsNoTracking().SingleAsync(row => row.Id == operationId);
        if (!Contradicts(operation.State, proves))
        {
            return false;
        }

        var rows = await commit.Db.Set<Operation>()
            .Where(row => row.Id == operationId && row.State == operation.State && row.DisputedAt == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.DisputedAt, commit.Now)
                .SetProperty(row => row.Version, row => row.Version + 1));
        if (rows == 1)
        {
            commit.Audit(operation.Subject, new { disputed = operation.State, proves, rawState });
            commit.Changed("operation", operationId);
        }

        return rows == 1;
    }

    /// <summary>Whether evidence proves the opposite of how an operation ended.</summary>
    public static bool Contradicts(OperationState end, OperationEvent proves) => end switch
    {
        OperationState.Succeeded or OperationState.ResolvedSucceeded => proves == OperationEvent.ProvedFailed,
        OperationState.Failed or OperationState.ResolvedFailed =>
            proves is OperationEvent.ProvedDone or OperationEvent.ProvedAccepted,
        _ => false,
    };
}
