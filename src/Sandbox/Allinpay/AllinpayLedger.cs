using System.Globalization;
using System.Runtime.InteropServices;
using MerchantPortal.Sandbox.Ledger;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>Merchants, orders and refunds. Every change is in the journal before it is answered for.</summary>
sealed class AllinpayLedger(Journal journal, TimeSpan reviewStep) : IJournalled
{
    const string KeyKind = "allinpay.key";
    const string MerchantKind = "allinpay.merchant";
    const string OrderKind = "allinpay.order";
    const string RefundKind = "allinpay.refund";

    readonly Lock gate = new();
    readonly Dictionary<string, AllinpayMerchant> merchants = [];
    readonly Dictionary<OrderKey, AllinpayOrder> orders = [];
    readonly Dictionary<string, List<OrderKey>> ordersOfMerchant = [];
    readonly Dictionary<(string MerchantId, string OrderNo), List<OrderKey>> ordersOfNumber = [];
    readonly Dictionary<string, AllinpayRefund> refunds = [];
    readonly Dictionary<OrderKey, List<string>> refundsOfOrder = [];
    AllinpayCertificate? certificate;

    public bool Apply(JournalEntry entry)
    {
        lock (gate)
        {
            switch (entry.Kind)
            {
                case KeyKind:
                    certificate = AllinpayCertificate.Of(entry.As<AllinpayKeyRow>());
                    return true;
                case MerchantKind:
                    Keep(entry.As<AllinpayMerchant>());
                    return true;
                case OrderKind:
                    Keep(entry.As<AllinpayOrder>());
                    return true;
                case RefundKind:
                    Keep(entry.As<AllinpayRefund>());
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>Forgets all but the certificate, which callers may have pinned.</summary>
    public void Clear()
    {
        lock (gate)
        {
            merchants.Clear();
            orders.Clear();
            ordersOfMerchant.Clear();
            ordersOfNumber.Clear();
            refunds.Clear();
            refundsOfOrder.Clear();
        }
    }

    public AllinpayCertificate Certificate()
    {
        if (!journal.IsKept) return AllinpayCertificate.Shared;
        lock (gate)
        {
            if (certificate is null)
            {
                certificate = AllinpayCertificate.Create();
                journal.Append(KeyKind, certificate.ToRow());
            }
            return certificate;
        }
    }

    public void Put(AllinpayMerchant merchant)
    {
        lock (gate)
        {
            journal.Append(MerchantKind, merchant);
            Keep(merchant);
        }
    }

    public AllinpayMerchant? Merchant(string merchantId)
    {
        lock (gate) return merchants.GetValueOrDefault(merchantId);
    }

    /// <summary>Places an order, or brings a known one up to date under its payment order id.</summary>
    public AllinpayOrder Place(AllinpayOrder order)
    {
        lock (gate)
        {
            if (order.PaymentOrderId.Length > 0) return Save(order);
            var number = orders.TryGetValue(order.Key, out var known)
                ? known.PaymentOrderId
                : string.Create(CultureInfo.InvariantCulture, $"{order.OrderDatetime}{orders.Count + 1:D6}");
            return Save(order with { PaymentOrderId = number });
        }
    }

    public AllinpayOrder? Order(OrderKey key)
    {
        lock (gate) return orders.GetValueOrDefault(key);
    }

    public IReadOnlyList<AllinpayOrder> Orders(string merchantId)
    {
        lock (gate)
            return [.. ordersOfMerchant.GetValueOrDefault(merchantId, []).Select(key => orders[key])];
    }

    /// <summary>The orders of one number; more than one when it was used again on another day.</summary>
    public IReadOnlyList<AllinpayOrder> Orders(string merchantId, string orderNo)
    {
        lock (gate)
            return [.. ordersOfNumber.GetValueOrDefault((merchantId, orderNo), []).Select(key => orders[key])];
    }

    public IReadOnlyList<string> MerchantIds()
    {
        lock (gate) return [.. merchants.Keys];
    }

    public IReadOnlyList<AllinpayRefund> Refunds(OrderKey key)
    {
        lock (gate) return [.. RefundsOf(key)];
    }

    public IReadOnlyList<AllinpayRefund> Refunds(string? merchantId)
    {
        lock (gate)
            return [.. refunds.Values.Where(refund => merchantId is null || refund.MerchantId == merchantId)];
    }

    /// <summary>Accepts a refund while what is left of the order covers it.</summary>
    public Verdict<AllinpayRefund> Refund(OrderKey key, long amount, string number, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!orders.TryGetValue(key, out var order))
                return Verdict<AllinpayRefund>.Refused(AllinpayErrors.OrderNotFound);
            if (merchants[key.MerchantId].StrictRefundNumbers && number.Length > 0
                && refunds.Values.Any(r => r.MerchantId == key.MerchantId && r.MchtRefundOrderNo == number))
                return Verdict<AllinpayRefund>.Refused(AllinpayErrors.RepeatedNumber);
            if (!order.IsPaid || RefundedAmount(key, now) + amount > order.Refundable)
                return Verdict<AllinpayRefund>.Refused(AllinpayErrors.NotRefundable);
            return Save(new AllinpayRefund
            {
                RefundId = string.Create(CultureInfo.InvariantCulture, $"R{refunds.Count + 1:D6}"),
                MerchantId = key.MerchantId,
                OrderNo = key.OrderNo,
                OrderDatetime = key.OrderDatetime,
                MchtRefundOrderNo = number,
                Amount = amount,
                AcceptedAt = now,
                ReviewStep = reviewStep,
                End = AmountTriggers.EndOf(amount),
            });
        }
    }

    public AllinpayRefund? ForceState(string refundId, string state)
    {
        lock (gate)
        {
            return refunds.TryGetValue(refundId, out var refund) ? Save(refund with { ForcedState = state }) : null;
        }
    }

    public long RefundedAmount(OrderKey key, DateTimeOffset now)
    {
        lock (gate)
        {
            return RefundsOf(key).Where(refund => RefundReview.HoldsAmount(RefundReview.StateAt(refund, now)))
                .Sum(refund => refund.Amount);
        }
    }

    /// <summary>Captures (with an amount) or cancels (without) an authorisation; null when none stands.</summary>
    public AllinpayOrder? EndPreAuthorisation(OrderKey key, long? captured, string payDatetime)
    {
        lock (gate)
        {
            var end = captured is null ? OrderState.Voided : OrderState.Captured;
            if (!orders.TryGetValue(key, out var order)
                || (order.State != OrderState.Authorised
                    && !(order.State == end && merchants[key.MerchantId].RedoesRepeats)))
                return null;
            var ended = order with { State = end, EndedTimes = order.EndedTimes + 1 };
            return Save(captured is { } amount
                ? ended with { PayAmount = amount, PayDatetime = payDatetime }
                : ended);
        }
    }

    IEnumerable<AllinpayRefund> RefundsOf(OrderKey key) =>
        refundsOfOrder.GetValueOrDefault(key, []).Select(id => refunds[id]);

    AllinpayOrder Save(AllinpayOrder order)
    {
        journal.Append(OrderKind, order);
        Keep(order);
        return order;
    }

    AllinpayRefund Save(AllinpayRefund refund)
    {
        journal.Append(RefundKind, refund);
        Keep(refund);
        return refund;
    }

    void Keep(AllinpayMerchant merchant) => merchants[merchant.MerchantId] = merchant;

    void Keep(AllinpayOrder order)
    {
        var isNew = !orders.ContainsKey(order.Key);
        orders[order.Key] = order;
        if (!isNew) return;
        ListAt(ordersOfMerchant, order.MerchantId).Add(order.Key);
        ListAt(ordersOfNumber, (order.MerchantId, order.OrderNo)).Add(order.Key);
    }

    void Keep(AllinpayRefund refund)
    {
        if (refunds.TryAdd(refund.RefundId, refund)) ListAt(refundsOfOrder, refund.Key).Add(refund.RefundId);
        else refunds[refund.RefundId] = refund;
    }

    static List<TValue> ListAt<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key) where TKey : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _) ??= [];
}
