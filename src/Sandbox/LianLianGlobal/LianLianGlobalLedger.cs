using System.Globalization;
using MerchantPortal.Sandbox.Ledger;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>What became of a request: the row, or the code of the refusal and what it speaks of.</summary>
readonly record struct Outcome<T>(T? Row, string? Refusal, string About = "") where T : class
{
    public static implicit operator Outcome<T>(T row) => new(row, null);

    public static Outcome<T> Refused(string code, string about = "") => new(null, code, about);
}

/// <summary>Merchants, payments and refunds. Every change is in the journal before it is answered for.</summary>
sealed class LianLianGlobalLedger(Journal journal, TimeSpan step) : IJournalled
{
    const string KeyKind = "lianlian-global.key";
    const string MerchantKind = "lianlian-global.merchant";
    const string PaymentKind = "lianlian-global.payment";
    const string RefundKind = "lianlian-global.refund";

    readonly Lock gate = new();
    readonly Dictionary<string, LianLianGlobalMerchant> merchants = [];
    readonly Dictionary<TransactionKey, LianLianGlobalPayment> payments = [];
    readonly Dictionary<TransactionKey, LianLianGlobalRefund> refunds = [];
    LianLianGlobalKeyPair? keys;

    public bool Apply(JournalEntry entry)
    {
        lock (gate)
        {
            switch (entry.Kind)
            {
                case KeyKind:
                    keys = LianLianGlobalKeyPair.Of(entry.As<LianLianGlobalKeyRow>());
                    return true;
                case MerchantKind:
                    Keep(entry.As<LianLianGlobalMerchant>());
                    return true;
                case PaymentKind:
                    Keep(entry.As<LianLianGlobalPayment>());
                    return true;
                case RefundKind:
                    Keep(entry.As<LianLianGlobalRefund>());
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>Forgets all but the key pair, whose public half merchants may have pinned.</summary>
    public void Clear()
    {
        lock (gate)
        {
            merchants.Clear();
            payments.Clear();
            refunds.Clear();
        }
    }

    public LianLianGlobalKeyPair Keys()
    {
        if (!journal.IsKept) return LianLianGlobalKeyPair.Shared;
        lock (gate)
        {
            if (keys is null)
            {
                keys = LianLianGlobalKeyPair.Create();
                journal.Append(KeyKind, keys.ToRow());
            }
            return keys;
        }
    }

    public void Put(LianLianGlobalMerchant merchant)
    {
        lock (gate)
        {
            journal.Append(MerchantKind, merchant);
            Keep(merchant);
        }
    }

    public LianLianGlobalMerchant? Merchant(string merchantId)
    {
        lock (gate) return merchants.GetValueOrDefault(merchantId);
    }

    public LianLianGlobalPayment? Payment(TransactionKey key)
    {
        lock (gate) return payments.GetValueOrDefault(key);
    }

    public LianLianGlobalRefund? Refund(TransactionKey key)
    {
        lock (gate) return refunds.GetValueOrDefault(key);
    }

    public IReadOnlyList<LianLianGlobalPayment> Payments(string? merchantId)
    {
        lock (gate) return [.. payments.Values.Where(row => merchantId is null || row.MerchantId == merchantId)];
    }

    public IReadOnlyList<LianLianGlobalRefund> Refunds(string? merchantId)
    {
        lock (gate) return [.. refunds.Values.Where(row => merchantId is null || row.MerchantId == merchantId)];
    }

    public string StateAt(LianLianGlobalPayment payment, DateTimeOffset now)
    {
        lock (gate) return PaymentStates.StateAt(payment, RefundsOf(payment.Key, now), now);
    }

    /// <summary>Places a payment as control wants it, or brings a known one up to date.</summary>
    public LianLianGlobalPayment Place(LianLianGlobalPayment payment)
    {
        lock (gate)
        {
            var number = payments.GetValueOrDefault(payment.Key)?.LlTransactionId ?? NextNumber(payment.CreatedAt);
            return Save(payment with { LlTransactionId = number, Step = step });
        }
    }

    /// <summary>Creates a payment, or takes an unpaid one again with the same amount (4.1.1, note A).</summary>
    public Outcome<LianLianGlobalPayment> Create(LianLianGlobalPayment wanted, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!payments.TryGetValue(wanted.Key, out var known))
                return Save(wanted with { LlTransactionId = NextNumber(now), Step = step });
            var refusal = PaymentStates.StateAt(known, RefundsOf(known.Key, now), now) switch
            {
                PaymentStates.Initialised or PaymentStates.Waiting =>
                    known.Amount == wanted.Amount && known.Currency == wanted.Currency
                        ? null
                        : "NON_REISSUABLE_PAYMENT",
                PaymentStates.Processing => "PAYMENT_PROCESSING",
                PaymentStates.Cancelled or PaymentStates.Failed => "PAYMENT_CLOSED",
                _ => "PAYMENT_COMPLETED",
            };
            return refusal is null ? known : Outcome<LianLianGlobalPayment>.Refused(refusal, wanted.TransactionId);
        }
    }

    public Outcome<LianLianGlobalPayment> Cancel(TransactionKey key, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!payments.TryGetValue(key, out var known))
                return Outcome<LianLianGlobalPayment>.Refused("OBJECT_NOT_FOUND", "payment");
            var refusal = PaymentStates.StateAt(known, RefundsOf(key, now), now) switch
            {
                PaymentStates.Initialised or PaymentStates.Waiting => null,
                PaymentStates.Processing => "PAYMENT_PROCESSING",
                PaymentStates.Cancelled or PaymentStates.Failed => "PAYMENT_CLOSED",
                _ => "PAYMENT_COMPLETED",
            };
            return refusal is null
                ? Save(known with { ForcedState = PaymentStates.Cancelled })
                : Outcome<LianLianGlobalPayment>.Refused(refusal, key.TransactionId);
        }
    }

    /// <summary>Accepts a refund while what is left of the payment covers it.</summary>
    public Outcome<LianLianGlobalRefund> Accept(LianLianGlobalRefund wanted, DateTimeOffset now)
    {
        lock (gate)
        {
            var merchant = merchants[wanted.MerchantId];
            if (refunds.TryGetValue(wanted.Key, out var known) && !merchant.RedoesRepeats)
            {
                return merchant.RepeatsRefunds && known.Amount == wanted.Amount
                    && known.PaymentKey == wanted.PaymentKey
                    ? known
                    : Outcome<LianLianGlobalRefund>.Refused("EXISTING_OBJECT", $"refund {wanted.TransactionId}");
            }
            return Refusal(wanted, now) is { } refused
                ? Outcome<LianLianGlobalRefund>.Refused(refused.Code, refused.About)
                : Save(known is not null
                    ? known with { Times = known.Times + 1 }
                    : wanted with { LlTransactionId = NextNumber(now), Step = step });
        }
    }

    public LianLianGlobalPayment? ForcePayment(TransactionKey key, string state, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!payments.TryGetValue(key, out var known)) return null;
            var paidAt = PaymentStates.PaidAt(known, now) ?? (state == PaymentStates.Succeeded ? now : null);
            return Save(known with { ForcedState = state, PaidAt = paidAt });
        }
    }

    public LianLianGlobalRefund? ForceRefund(TransactionKey key, string state)
    {
        lock (gate) return refunds.TryGetValue(key, out var known) ? Save(known with { ForcedState = state }) : null;
    }

    (string Code, string About)? Refusal(LianLianGlobalRefund wanted, DateTimeOffset now)
    {
        if (!payments.TryGetValue(wanted.PaymentKey, out var payment)) return ("OBJECT_NOT_FOUND", "payment");
        if (payment.Currency != wanted.Currency) return ("INVALID_PARAMETER", "refund_currency_code");
        if (PaymentStates.OwnStateAt(payment, now) != PaymentStates.Succeeded) return ("NON_REFUNDABLE_ORDER", "");
        var held = Held(refunds.Values.Where(refund => refund.PaymentKey == payment.Key), now);
        if (held == payment.Amount) return ("REFUND_ALREADY_REQUESTED", "");
        if (held + wanted.Amount > payment.Amount) return ("REFUND_AMOUNT_EXCEEDED", "");
        var ofMerchant = refunds.Values.Where(refund => refund.MerchantId == wanted.MerchantId);
        return merchants[wanted.MerchantId].Balance is { } balance && Held(ofMerchant, now) + wanted.Amount > balance
            ? ("INSUFFICIENT_BALANCE", "")
            : null;
    }

    static long Held(IEnumerable<LianLianGlobalRefund> refunds, DateTimeOffset now) => refunds
        .Where(refund => RefundStates.HoldsAmount(RefundStates.StateAt(refund, now)))
        .Sum(refund => refund.Amount * refund.Times);

    // As of an earlier instant, refunds accepted later have not been yet.
    IEnumerable<LianLianGlobalRefund> RefundsOf(TransactionKey key, DateTimeOffset now) =>
        refunds.Values.Where(refund => refund.PaymentKey == key && refund.AcceptedAt <= now);

    string NextNumber(DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{LianLianGlobalText.Time(now)[..8]}{payments.Count + refunds.Count + 1:D10}");

    LianLianGlobalPayment Save(LianLianGlobalPayment payment)
    {
        journal.Append(PaymentKind, payment);
        Keep(payment);
        return payment;
    }

    LianLianGlobalRefund Save(LianLianGlobalRefund refund)
    {
        journal.Append(RefundKind, refund);
        Keep(refund);
        return refund;
    }

    void Keep(LianLianGlobalMerchant merchant) => merchants[merchant.MerchantId] = merchant;

    void Keep(LianLianGlobalPayment payment) => payments[payment.Key] = payment;

    void Keep(LianLianGlobalRefund refund) => refunds[refund.Key] = refund;
}
