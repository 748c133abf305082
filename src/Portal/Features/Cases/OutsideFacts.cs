using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Cases;

/// <summary>
/// Compares what a provider says of an order with what was asked for here, in the command that learns it. What no
/// operation of ours can account for opens a case.
/// </summary>
internal static class OutsideFacts
{
    /// <summary>States in which an operation may have had its effect at the provider.</summary>
    private static readonly OperationState[] MayHaveHappened =
    [
        OperationState.Sending, OperationState.Accepted, OperationState.Unknown, OperationState.NeedsPerson,
        OperationState.Succeeded, OperationState.ResolvedSucceeded,
    ];

    /// <summary>Opens a case where the news is not our own doing; the same news opens one case only.</summary>
    /// <param name="commit">The running command.</param>
    /// <param name="order">The order as it was before the news.</param>
    /// <param name="was">Its state before the news.</param>
    /// <param name="facts">What the provider says.</param>
    /// <param name="source">Where the news came from.</param>
    public static async Task CompareAsync(
        this Commit commit, Order order, OrderState was, OrderFacts facts, CaseSource source)
    {
        var (happened, rawState) = (facts.Event, facts.RawState);
        await commit.WeighEndsAsync(order, facts);
        if (KindOf(was, happened) is not { } kind)
        {
            return;
        }

        var ours = await OursAsync(commit.Db, order, kind);
        var balance = await commit.Db.Set<OrderBalance>().AsNoTracking().SingleAsync(row => row.OrderId == order.Id);
        if (IsAccountedFor(happened, ours, balance))
        {
            return;
        }

        await commit.WeighVerdictsAsync(order, kind, facts, balance.Paid - Math.Max(ours.Sum, balance.Refunded));
        if (await commit.Db.Set<OutsideCase>().AnyAsync(
            row => row.OrderId == order.Id && row.Kind == kind && row.RawState == rawState))
        {
            return;
        }

        var found = new OutsideCase
        {
            Id = Guid.CreateVersion7(),
            Number = Numbers.New('K', commit.Now),
            AccountId = order.AccountId,
            OrderId = order.Id,
            Kind = kind,
            Source = source,
            FoundAt = commit.Now,
            RawState = rawState,
            OursMinor = ours.Sum,
            Currency = order.Currency,
        };
        commit.Db.Add(found);
        commit.Audit($"case {found.Number}", new { order = order.Number, kind, rawState, source });
        commit.Changed("case", found.Id);
    }

    /// <summary>
    /// A held amount ends one way only: what ended it for us did not, where the provider tells the other.
    /// </summary>
    private static async Task WeighEndsAsync(this Commit commit, Order order, OrderFacts facts)
    {
        OperationKind? disproved = facts.Event switch
        {
            OrderEvent.PaymentSucceeded => OperationKind.Void,
            OrderEvent.PaymentClosed => OperationKind.Capture,
            _ => null,
        };
        if (disproved is { } kind)
        {
            var ended = await commit.Db.Set<Operation>().Where(row => row.OrderId == order.Id && row.Kind == kind
                    && (row.State == OperationState.Succeeded || row.State == OperationState.ResolvedSucceeded))
                .Select(row => row.Id).ToListAsync();
            foreach (var id in ended)
            {
                await commit.WeighAsync(id, OperationEvent.ProvedFailed, facts.RawState);
            }
        }
    }

    /// <summary>
    /// What nothing else of ours accounts for may be what people found not done, where the amount allows it. A hold
    /// that ran out ends by itself and says nothing of a cancellation.
    /// </summary>
    private static async Task WeighVerdictsAsync(
        this Commit commit, Order order, CaseKind kind, OrderFacts facts, long unaccounted)
    {
        var wanted = OperationOf(kind);
        var found = await commit.Db.Set<Operation>().AsNoTracking().Where(row => row.OrderId == order.Id
            && row.Kind == wanted && row.State == OperationState.ResolvedFailed).ToListAsync();
        if (kind == CaseKind.Void && found.Count > 0
            && await commit.Db.Set<Hold>().AnyAsync(row => row.OrderId == order.Id && row.EndsAt <= commit.Now))
        {
            return;
        }

        foreach (var operation in found.Where(row => kind switch
        {
            CaseKind.Refund => row.AmountMinor <= unaccounted,
            CaseKind.Capture => facts.Paid is null || facts.Paid == row.Amount,
            _ => true,
        }))
        {
            await commit.WeighAsync(operation.Id, OperationEvent.ProvedDone, facts.RawState);
        }
    }

    /// <summary>The open case that keeps further refunds of the order back; null where there is none.</summary>
    public static Task<string?> OpenOnAsync(PortalDb db, Guid orderId) =>
        db.Set<OutsideCase>().Where(row => row.OrderId == orderId && row.State == CaseState.Open)
            .OrderBy(row => row.FoundAt).Select(row => (string?)row.Number).FirstOrDefaultAsync();

    /// <summary>The open case of each of many orders that has one; in chunks, as queries take them.</summary>
    public static async Task<Dictionary<Guid, string>> OpenOnAllAsync(PortalDb db, IEnumerable<Guid[]> chunks)
    {
        var open = new Dictionary<Guid, string>();
        foreach (var chunk in chunks)
        {
            foreach (var found in await db.Set<OutsideCase>().AsNoTracking()
                .Where(row => chunk.Contains(row.OrderId) && row.State == CaseState.Open).ToListAsync())
            {
                open[found.OrderId] = found.Number;
            }
        }

        return open;
    }

    private static CaseKind? KindOf(OrderState was, OrderEvent happened) => (was, happened) switch
    {
        (_, OrderEvent.PartWasRefunded or OrderEvent.AllWasRefunded) => CaseKind.Refund,
        (OrderState.Held, OrderEvent.PaymentSucceeded) => CaseKind.Capture,
        (OrderState.Held, OrderEvent.PaymentClosed) => CaseKind.Void,
        _ => null,
    };

    private static OperationKind OperationOf(CaseKind kind) => kind switch
    {
        CaseKind.Refund => OperationKind.Refund,
        CaseKind.Capture => OperationKind.Capture,
        _ => OperationKind.Void,
    };

    private static async Task<(int Count, long Sum)> OursAsync(PortalDb db, Order order, CaseKind kind)
    {
        var wanted = OperationOf(kind);
        var amounts = await db.Set<Operation>().AsNoTracking()
            .Where(row => row.OrderId == order.Id && row.Kind == wanted && MayHaveHappened.Contains(row.State))
            .Select(row => row.AmountMinor).ToListAsync();
        return (amounts.Count, amounts.Sum());
    }

    /// <summary>
    /// "All" must be what we sent together with what people have already found outside; "a part" only needs one
    /// refund, since no provider says how large the part is.
    /// </summary>
    private static bool IsAccountedFor(OrderEvent happened, (int Count, long Sum) ours, OrderBalance balance)
    {
        var known = Math.Max(ours.Sum, balance.Refunded);
        return happened switch
        {
            OrderEvent.AllWasRefunded => balance.Paid > 0 && known >= balance.Paid,
            OrderEvent.PartWasRefunded => known > 0,
            _ => ours.Count > 0,
        };
    }
}
