using System.Globalization;
using MerchantPortal.Sandbox.Ledger;

namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>Applications, users, trades and transfers; a change is in the journal before it is answered for.</summary>
sealed class BgcPayLedger(Journal journal) : IJournalled
{
    const string AppKind = "bgcpay.app";
    const string UserKind = "bgcpay.user";
    const string TradeKind = "bgcpay.trade";
    const string TransferKind = "bgcpay.transfer";

    readonly Lock gate = new();
    readonly Dictionary<string, BgcPayApp> apps = [];
    readonly Dictionary<string, BgcPayUser> users = [];
    readonly Dictionary<string, BgcPayTrade> trades = [];
    readonly Dictionary<string, BgcPayTransfer> transfers = [];

    public bool Apply(JournalEntry entry)
    {
        lock (gate)
        {
            switch (entry.Kind)
            {
                case AppKind:
                    Keep(entry.As<BgcPayApp>());
                    return true;
                case UserKind:
                    Keep(entry.As<BgcPayUser>());
                    return true;
                case TradeKind:
                    Keep(entry.As<BgcPayTrade>());
                    return true;
                case TransferKind:
                    Keep(entry.As<BgcPayTransfer>());
                    return true;
                default:
                    return false;
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            apps.Clear();
            users.Clear();
            trades.Clear();
            transfers.Clear();
        }
    }

    public void Put(BgcPayApp app)
    {
        lock (gate)
        {
            journal.Append(AppKind, app);
            Keep(app);
        }
    }

    public void Put(BgcPayUser user)
    {
        lock (gate)
        {
            journal.Append(UserKind, user);
            Keep(user);
        }
    }

    public BgcPayApp? App(string appId)
    {
        lock (gate) return apps.GetValueOrDefault(appId);
    }

    public BgcPayUser? User(string userCid)
    {
        lock (gate) return users.GetValueOrDefault(userCid);
    }

    public BgcPayUser? UserOfEmail(string email)
    {
        lock (gate) return users.Values.FirstOrDefault(user => user.Email == email);
    }

    public BgcPayTrade? Trade(string tradeNo)
    {
        lock (gate) return trades.GetValueOrDefault(tradeNo);
    }

    public BgcPayTrade? Trade(string appId, string outTradeNo)
    {
        lock (gate)
            return trades.Values.FirstOrDefault(row => row.AppId == appId && row.OutTradeNo == outTradeNo);
    }

    public BgcPayTransfer? Transfer(string orderId)
    {
        lock (gate) return transfers.GetValueOrDefault(orderId);
    }

    public BgcPayTransfer? Transfer(string appId, string outBizNo)
    {
        lock (gate)
            return transfers.Values.FirstOrDefault(row => row.AppId == appId && row.OutBizNo == outBizNo);
    }

    public IReadOnlyList<BgcPayApp> Apps()
    {
        lock (gate) return [.. apps.Values];
    }

    public IReadOnlyList<BgcPayUser> Users()
    {
        lock (gate) return [.. users.Values];
    }

    public IReadOnlyList<BgcPayTrade> Trades()
    {
        lock (gate) return [.. trades.Values];
    }

    public IReadOnlyList<BgcPayTransfer> Transfers()
    {
        lock (gate) return [.. transfers.Values];
    }

    /// <summary>What is left of the merchant's balance.</summary>
    public long Balance(string appId, string currency)
    {
        lock (gate) return BalanceOf(apps[appId], currency);
    }

    /// <summary>Creates a trade under a number of its own; the shop's number may come once.</summary>
    public Verdict<BgcPayTrade> Create(BgcPayTrade trade)
    {
        lock (gate)
        {
            if (trades.Values.Any(row => row.AppId == trade.AppId && row.OutTradeNo == trade.OutTradeNo))
                return Verdict<BgcPayTrade>.Refused(BgcPayErrors.TradeHasExist);
            return Save(trade with { TradeNo = Number(trade.CreatedAt, "1001", trades.Count) });
        }
    }

    /// <summary>Brings a trade into another state; null when it does not stand open for that.</summary>
    public BgcPayTrade? Change(string tradeNo, Func<BgcPayTrade, BgcPayTrade?> change)
    {
        lock (gate)
        {
            return trades.TryGetValue(tradeNo, out var trade) && change(trade) is { } changed ? Save(changed) : null;
        }
    }

    /// <summary>Makes a transfer when payee, limits and balance allow it and the number is new.</summary>
    public Verdict<BgcPayTransfer> Send(BgcPayTransfer transfer)
    {
        lock (gate)
        {
            var app = apps[transfer.AppId];
            var own = transfers.Values.Where(row => row.AppId == transfer.AppId).ToList();
            var refusal = own.Any(row => row.OutBizNo == transfer.OutBizNo) ? BgcPayErrors.BizUnique
                : app.Frozen ? BgcPayErrors.PayerFrozen
                : !users.TryGetValue(transfer.PayeeDid, out var payee) ? BgcPayErrors.PayeeNotMatched
                : payee.IsFrozen ? BgcPayErrors.PayeeFrozen
                : TransferRules.Exceeded(app, payee, transfer, own)
                    ?? (BalanceOf(app, transfer.Currency) < transfer.Amount ? BgcPayErrors.BalanceNotEnough : null);
            return refusal is not null
                ? Verdict<BgcPayTransfer>.Refused(refusal)
                : Save(transfer with { OrderId = Number(transfer.At, "1100", transfers.Count) });
        }
    }

    long BalanceOf(BgcPayApp app, string currency) => app.Balances.GetValueOrDefault(currency)
        - transfers.Values.Where(row => row.AppId == app.AppId && row.Currency == currency).Sum(row => row.Amount);

    static string Number(DateTimeOffset at, string kind, int known) => string.Create(
        CultureInfo.InvariantCulture, $"{at.ToOffset(TimeSpan.FromHours(8)):yyyyMMdd}{kind}{known + 1:D16}");

    BgcPayTrade Save(BgcPayTrade trade)
    {
        journal.Append(TradeKind, trade);
        Keep(trade);
        return trade;
    }

    BgcPayTransfer Save(BgcPayTransfer transfer)
    {
        journal.Append(TransferKind, transfer);
        Keep(transfer);
        return transfer;
    }

    void Keep(BgcPayApp app) => apps[app.AppId] = app;

    void Keep(BgcPayUser user) => users[user.UserCid] = user;

    void Keep(BgcPayTrade trade) => trades[trade.TradeNo] = trade;

    void Keep(BgcPayTransfer transfer) => transfers[transfer.OrderId] = transfer;
}

/// <summary>The limits of a transfer, in the order of the document's codes.</summary>
static class TransferRules
{
    public static string? Exceeded(
        BgcPayApp app, BgcPayUser payee, BgcPayTransfer transfer, IReadOnlyList<BgcPayTransfer> own)
    {
        var limits = app.Limits;
        var zone = TimeSpan.FromHours(app.UtcOffset);
        var today = transfer.At.ToOffset(zone).Date;
        var ofDay = own.Where(row => row.At.ToOffset(zone).Date == today && row.Currency == transfer.Currency).ToList();
        var ofMonth = own.Where(row => row.Currency == transfer.Currency
            && row.At.ToOffset(zone) is var at && at.Year == today.Year && at.Month == today.Month).ToList();
        var toPayee = ofDay.Where(row => row.PayeeDid == transfer.PayeeDid).ToList();
        return transfer.Amount > limits.Single ? BgcPayErrors.SingleMost
            : !payee.IsCompany && transfer.Amount > limits.SingleToPersons ? BgcPayErrors.PersonSingle
            : payee.IsCompany && transfer.Amount > limits.SingleToCompanies ? BgcPayErrors.CompanySingle
            : transfer.Amount > limits.Day ? BgcPayErrors.DayMost
            : transfer.Amount + ofDay.Sum(row => row.Amount) > limits.Day ? BgcPayErrors.DaySum
            : transfer.Amount > limits.Month ? BgcPayErrors.MonthMost
            : transfer.Amount + ofMonth.Sum(row => row.Amount) > limits.Month ? BgcPayErrors.MonthSum
            : toPayee.Count >= limits.DayCountPerPayee ? BgcPayErrors.DayCount
            : payee.IsUnverified && transfer.Amount + toPayee.Sum(row => row.Amount) > limits.DayToUnverified
                ? BgcPayErrors.UnverifiedDay
            : null;
    }
}
