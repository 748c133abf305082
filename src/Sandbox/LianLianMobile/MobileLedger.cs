using System.Globalization;
using MerchantPortal.Sandbox.Ledger;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>Merchants, orders, refunds, cards. Every change is in the journal before it is answered for.</summary>
sealed class MobileLedger(Journal journal, TimeSpan step) : IJournalled
{
    const string Kind = "lianlian-mobile.";

    readonly Lock gate = new();
    readonly Dictionary<string, MobileMerchant> merchants = [];
    readonly Dictionary<MobileKey, MobileOrder> orders = [];
    readonly Dictionary<string, MobileRefund> refunds = [];
    readonly Dictionary<string, MobileAgreement> agreements = [];
    readonly List<MobilePayout> payouts = [];
    MobileKeyPair? keyPair;

    public TimeSpan Step => step;

    public bool Apply(JournalEntry entry)
    {
        if (!entry.Kind.StartsWith(Kind, StringComparison.Ordinal)) return false;
        lock (gate)
        {
            switch (entry.Kind[Kind.Length..])
            {
                case "key":
                    keyPair = MobileKeyPair.Of(entry.As<MobileKeyRow>());
                    return true;
                case "merchant":
                    Keep(entry.As<MobileMerchant>());
                    return true;
                case "order":
                    Keep(entry.As<MobileOrder>());
                    return true;
                case "refund":
                    Keep(entry.As<MobileRefund>());
                    return true;
                case "agreement":
                    Keep(entry.As<MobileAgreement>());
                    return true;
                case "payout":
                    payouts.Add(entry.As<MobilePayout>());
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>Forgets all but the key pair, which callers may have pinned.</summary>
    public void Clear()
    {
        lock (gate)
        {
            merchants.Clear();
            orders.Clear();
            refunds.Clear();
            agreements.Clear();
            payouts.Clear();
        }
    }

    public MobileKeyPair KeyPair()
    {
        if (!journal.IsKept) return MobileKeyPair.Shared;
        lock (gate)
        {
            if (keyPair is null)
            {
                keyPair = MobileKeyPair.Create();
                journal.Append(Kind + "key", keyPair.ToRow());
            }
            return keyPair;
        }
    }

    public void Put(MobileMerchant merchant)
    {
        lock (gate)
        {
            journal.Append(Kind + "merchant", merchant);
            Keep(merchant);
        }
    }

    public MobileMerchant? Merchant(string oidPartner)
    {
        lock (gate) return merchants.GetValueOrDefault(oidPartner);
    }

    /// <summary>Changes an order, or makes it; the change sees what stands and may refuse by returning null.</summary>
    public MobileOrder? Change(MobileKey key, Func<MobileOrder?, MobileOrder?> change)
    {
        lock (gate)
        {
            if (change(orders.GetValueOrDefault(key)) is not { } order) return null;
            if (order.OidPaybill.Length == 0)
                order = order with { OidPaybill = Number(order.CreatedAt, orders.Count + 1) };
            journal.Append(Kind + "order", order);
            Keep(order);
            return order;
        }
    }

    public IReadOnlyList<MobileOrder> Orders(string oidPartner)
    {
        lock (gate) return [.. orders.Values.Where(order => order.OidPartner == oidPartner)];
    }

    /// <summary>By LianLian's number when it is given, else by the merchant's, with or without its time.</summary>
    public MobileOrder? Find(MobileRequest request)
    {
        lock (gate)
        {
            return orders.Values.LastOrDefault(order => order.OidPartner == request.Merchant.OidPartner
                && (request["oid_paybill"] is { Length: > 0 } paybill
                    ? order.OidPaybill == paybill
                    : order.NoOrder == request["no_order"]
                        && (request["dt_order"].Length == 0 || order.DtOrder == request["dt_order"])));
        }
    }

    /// <summary>Takes a refund on while what is left of the order and the merchant's balance cover it.</summary>
    public Verdict<MobileRefund> Refund(MobileRefund wanted, MobileMerchant merchant, DateTimeOffset now)
    {
        lock (gate)
        {
            var order = orders[wanted.Order];
            var earlier = refunds.Values.Where(row => row.Order == wanted.Order && row.StateAt(now) != "3")
                .Sum(row => row.Money);
            var spent = refunds.Values.Where(row => row.OidPartner == wanted.OidPartner && row.StateAt(now) != "3")
                .Sum(row => row.Money);
            if (!merchant.RedoesRepeats
                && refunds.Values.Any(row => row.OidPartner == wanted.OidPartner && row.NoRefund == wanted.NoRefund))
                return Verdict<MobileRefund>.Refused(MobileCodes.Submitted);
            if (order.State != MobileState.Paid) return Verdict<MobileRefund>.Refused(MobileCodes.NotPaid);
            if (wanted.Money > order.Money) return Verdict<MobileRefund>.Refused(MobileCodes.RefundAmount);
            if (earlier + wanted.Money > order.Money)
                return Verdict<MobileRefund>.Refused(MobileCodes.RefundedOver);
            if (spent + wanted.Money > (merchant.Balance ?? long.MaxValue))
                return Verdict<MobileRefund>.Refused(MobileCodes.Balance);
            return Save(wanted with { OidRefundno = Number(now, refunds.Count + 1), Step = step });
        }
    }

    public MobileRefund? ForceState(string oidRefundno, string state)
    {
        lock (gate)
        {
            return refunds.TryGetValue(oidRefundno, out var refund) ? Save(refund with { ForcedState = state }) : null;
        }
    }

    public IReadOnlyList<MobileRefund> Refunds(string oidPartner)
    {
        lock (gate) return [.. refunds.Values.Where(refund => refund.OidPartner == oidPartner)];
    }

    /// <summary>The standing agreement of a payer for a card, made when there is none.</summary>
    public MobileAgreement Bind(
        string oidPartner, string userId, string cardNo, MobileCard card, string mobile, DateTimeOffset now)
    {
        lock (gate)
        {
            var digest = MobileBanks.Digest(cardNo);
            var standing = agreements.Values.FirstOrDefault(row => row.OidPartner == oidPartner
                && row.UserId == userId && row.CardDigest == digest && !row.IsUnbound);
            return standing ?? Save(new MobileAgreement
            {
                OidPartner = oidPartner,
                UserId = userId,
                NoAgree = Number(now, agreements.Count + 1),
                Card = card,
                CardDigest = digest,
                BindMobile = mobile,
            });
        }
    }

    /// <summary>Standing agreements of a payer, newest first.</summary>
    public IReadOnlyList<MobileAgreement> Agreements(string oidPartner, string userId)
    {
        lock (gate)
        {
            return [.. agreements.Values.Reverse()
                .Where(row => row.OidPartner == oidPartner && row.UserId == userId && !row.IsUnbound)];
        }
    }

    /// <summary>Every agreement of a partner, ended ones too.</summary>
    public IReadOnlyList<MobileAgreement> Agreements(string oidPartner)
    {
        lock (gate) return [.. agreements.Values.Where(row => row.OidPartner == oidPartner)];
    }

    public bool Unbind(string oidPartner, string userId, string noAgree)
    {
        lock (gate)
        {
            if (!agreements.TryGetValue(noAgree, out var row) || row.OidPartner != oidPartner || row.UserId != userId
                || (row.IsUnbound && !merchants[oidPartner].RedoesRepeats))
                return false;
            Save(row with { IsUnbound = true, TimesUnbound = row.TimesUnbound + 1 });
            return true;
        }
    }

    public void Add(MobilePayout payout)
    {
        lock (gate)
        {
            var numbered = payout with { OidPaybill = Number(payout.At, 900_000 + payouts.Count) };
            journal.Append(Kind + "payout", numbered);
            payouts.Add(numbered);
        }
    }

    public IReadOnlyList<MobilePayout> Payouts(string oidPartner)
    {
        lock (gate) return [.. payouts.Where(payout => payout.OidPartner == oidPartner)];
    }

    /// <summary>Sixteen digits: the day and a running number.</summary>
    static string Number(DateTimeOffset at, int running) =>
        string.Create(CultureInfo.InvariantCulture, $"{MobileText.Day(at)}{running:D8}");

    MobileRefund Save(MobileRefund refund)
    {
        journal.Append(Kind + "refund", refund);
        Keep(refund);
        return refund;
    }

    MobileAgreement Save(MobileAgreement agreement)
    {
        journal.Append(Kind + "agreement", agreement);
        Keep(agreement);
        return agreement;
    }

    void Keep(MobileMerchant merchant) => merchants[merchant.OidPartner] = merchant;

    void Keep(MobileOrder order) => orders[order.Key] = order;

    void Keep(MobileRefund refund) => refunds[refund.OidRefundno] = refund;

    void Keep(MobileAgreement agreement) => agreements[agreement.NoAgree] = agreement;
}
