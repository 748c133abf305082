using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>The rows that tell what happened to one order.</summary>
internal sealed record OrderHistoryRows(
    Order Order,
    long Paid,
    IReadOnlyList<Inbound> Inbound,
    IReadOnlyList<Operation> Operations,
    IReadOnlyList<Approval> Approvals,
    IReadOnlyList<Attempt> Attempts,
    IReadOnlyList<Evidence> Evidence);

/// <summary>Puts the history of an order together from its rows.</summary>
internal static class OrderHistory
{
    /// <summary>Every event, oldest first; those of one instant in the order they can only have happened in.</summary>
    public static IReadOnlyList<OrderMoment> Of(OrderHistoryRows rows) =>
    [
        .. OfOrder(rows.Order, rows.Paid)
            .Concat(rows.Inbound.Select(OfInbound))
            .Concat(rows.Operations.SelectMany(operation => OfRefund(operation, rows)))
            .OrderBy(moment => moment.At).ThenBy(moment => moment.Kind),
    ];

    private static IEnumerable<OrderMoment> OfOrder(Order order, long minor)
    {
        yield return new(order.OrderedAt, OrderMomentKind.Placed) { Minor = order.AmountMinor };
        yield return new(order.CreatedAt, OrderMomentKind.Received);
        if (order.PaidAt is { } paid)
        {
            yield return new(paid, OrderMomentKind.Paid) { Minor = minor, RawState = order.RawState };
        }

        if (order.AskedAt is { } asked)
        {
            yield return new(asked, OrderMomentKind.Asked) { Times = order.Questions, RawState = order.RawState };
        }
    }

    private static OrderMoment OfInbound(Inbound inbound) => new(inbound.At, OrderMomentKind.Notified)
    {
        Verdict = inbound.Verdict,
        Effect = inbound.Effect,
        InboundId = inbound.Id,
    };

    private static IEnumerable<OrderMoment> OfRefund(Operation operation, OrderHistoryRows rows)
    {
        OrderMoment Moment(DateTimeOffset at, OrderMomentKind kind) => new(at, kind)
        {
            Minor = operation.AmountMinor,
            RefundNumber = operation.Number,
        };
        yield return Moment(operation.RequestedAt, OrderMomentKind.RefundAsked) with
        {
            Person = operation.RequesterName,
            UserId = operation.RequesterUserId,
            Comment = operation.Comment,
        };
        var decisions = rows.Approvals.Where(row => row.OperationId == operation.Id).ToList();
        foreach (var decision in decisions)
        {
            var kind = decision.Decision == Decision.Approved
                ? OrderMomentKind.RefundApproved
                : OrderMomentKind.RefundRejected;
            yield return Moment(decision.At, kind) with
            {
                Person = decision.PersonName,
                UserId = decision.UserId,
                Comment = decision.Comment,
            };
        }

        foreach (var attempt in rows.Attempts.Where(row => row.OperationId == operation.Id))
        {
            yield return Moment(attempt.StartedAt, OrderMomentKind.RefundSent) with { Attempt = attempt.Number };
        }

        foreach (var told in Told(rows.Evidence.Where(row => row.OperationId == operation.Id)))
        {
            yield return Moment(told.First.At, KindOf(told.First.Proves)) with
            {
                RawState = told.First.RawState,
                Evidence = told.First.Kind,
                Times = told.Times,
            };
        }

        if (EndOf(operation, decisions) is { } end)
        {
            yield return Moment(operation.StateAt, end);
        }
    }

    // The same answer to question after question is one event that says how often.
    private static IEnumerable<(Evidence First, int Times)> Told(IEnumerable<Evidence> evidence)
    {
        (Evidence First, int Times)? run = null;
        foreach (var row in evidence.OrderBy(row => row.At).ThenBy(row => row.Id))
        {
            if (run is { First: var first } && IsSame(first, row))
            {
                run = (first, run.Value.Times + 1);
                continue;
            }

            if (run is { } past)
            {
                yield return past;
            }

            run = (row, 1);
        }

        if (run is { } last)
        {
            yield return last;
        }
    }

    private static bool IsSame(Evidence first, Evidence next) =>
        (first.Kind, first.Proves, first.RawState) == (next.Kind, next.Proves, next.RawState);

    private static OrderMomentKind KindOf(OperationEvent proves) => proves switch
    {
        OperationEvent.ProvedDone => OrderMomentKind.RefundDone,
        OperationEvent.ProvedAccepted => OrderMomentKind.RefundAccepted,
        OperationEvent.ProvedFailed => OrderMomentKind.RefundFailed,
        OperationEvent.ProvedNotSent => OrderMomentKind.RefundNotSent,
        _ => OrderMomentKind.RefundUnclear,
    };

    private static OrderMomentKind? EndOf(Operation operation, List<Approval> decisions) => operation.State switch
    {
        OperationState.Expired => OrderMomentKind.RefundExpired,
        OperationState.Rejected when decisions.TrueForAll(row => row.Decision == Decision.Approved) =>
            OrderMomentKind.RefundWithdrawn,
        OperationState.ResolvedSucceeded => OrderMomentKind.RefundSettledSent,
        OperationState.ResolvedFailed => OrderMomentKind.RefundSettledNotSent,
        _ => null,
    };
}
