using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>
/// What a provider's word about an order means for operations on it whose end is not known. It never settles them, for
/// money out is believed from a question alone; it is kept as evidence and makes that question due at once
/// (reliability design, section 4.7).
/// </summary>
internal static class OperationNews
{
    /// <summary>States in which a question can still tell how it ended.</summary>
    private static readonly OperationState[] Open =
        [OperationState.Accepted, OperationState.Unknown, OperationState.NeedsPerson];

    private static readonly OperationKind[] OfHolds = [OperationKind.Capture, OperationKind.Void];

    /// <summary>Keeps the news with every operation that it may be about, and asks about each at once.</summary>
    /// <param name="commit">The running command.</param>
    /// <param name="orderId">The order that the provider speaks of.</param>
    /// <param name="happened">What it says.</param>
    /// <param name="rawState">Its own word; the same word of the same source counts once.</param>
    /// <param name="source">Where from.</param>
    public static async Task TellOperationsAsync(
        this Commit commit, Guid orderId, OrderEvent happened, string rawState, EvidenceKind source)
    {
        OperationKind[] kinds = happened switch
        {
            OrderEvent.PartWasRefunded or OrderEvent.AllWasRefunded => [OperationKind.Refund],
            OrderEvent.PaymentSucceeded or OrderEvent.PaymentClosed => OfHolds,
            _ => [],
        };
        if (kinds.Length == 0)
        {
            return;
        }

        var evidence = commit.Db.Set<Evidence>();
        var open = await commit.Db.Set<Operation>().AsNoTracking()
            .Where(row => row.OrderId == orderId && kinds.Contains(row.Kind) && Open.Contains(row.State)
                && !evidence.Any(known => known.OperationId == row.Id && known.Kind == source
                    && known.RawState == rawState))
            .ToListAsync();
        foreach (var operation in open)
        {
            commit.Db.Add(new Evidence
            {
                Id = Guid.CreateVersion7(),
                OperationId = operation.Id,
                At = commit.Now,
                Kind = source,
                Proves = OperationEvent.Unclear,
                RawState = rawState,
            });
            commit.Audit(operation.Subject, new { told = happened, rawState, source });
        }

        await commit.AskNowAsync(open.ConvertAll(row => row.Id));
    }

    /// <summary>Makes the question about every open operation of an order due at once.</summary>
    public static async Task AskAboutOperationsAsync(this Commit commit, Guid orderId) => await commit.AskNowAsync(
        await commit.Db.Set<Operation>().Where(row => row.OrderId == orderId && Open.Contains(row.State))
            .Select(row => row.Id).ToListAsync());

    /// <summary>
    /// A question that is under way may have been answered before the news, so that another one follows it; the claim
    /// on the row decides whose answer counts.
    /// </summary>
    private static async Task AskNowAsync(this Commit commit, List<Guid> ids)
    {
        if (ids.Count == 0)
        {
            return;
        }

        await commit.Db.Set<Operation>()
            .Where(row => ids.Contains(row.Id) && Open.Contains(row.State)
                && (row.NextQuestionAt == null || row.NextQuestionAt > commit.Now))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextQuestionAt, commit.Now));
        ids.ForEach(id => commit.Changed("operation", id));
    }
}
