using System.Globalization;
using System.Text;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>
/// The settlement files of a day or a month from the ledger (document 5): JYMX and FKMX with commas between the
/// fields, JYMXSUM with bars. Nothing is quoted or escaped, as in the real ones.
/// </summary>
sealed class MobileSettlement(MobileLedger ledger, TimeProvider clock)
{
    const string Product = "手机应用支付网关";
    const string Titles = "商户订单号,商户号,商户订单时间,商户业务编号,银通支付单号,银通账务日期,订单金额,商户收款标志,"
        + "交易状态,更新时间,手续费,支付产品,支付方式,订单信息";

    public static readonly IReadOnlyList<string> Kinds = ["JYMX", "FKMX", "JYMXSUM"];

    /// <summary>The file's text.</summary>
    /// <param name="period">yyyyMMdd or yyyyMM; sums are of a day.</param>
    public string Write(string kind, string oidPartner, string period)
    {
        var lines = kind switch
        {
            "JYMX" => [Titles, .. Trades(oidPartner, period).Select(trade => trade.Line)],
            "FKMX" => [Titles + ",收款银行,收款账号,收款户名", .. Payouts(oidPartner, period)],
            _ => new List<string> { Sum([.. Trades(oidPartner, period)]) },
        };
        var text = new StringBuilder();
        foreach (var line in lines) text.Append(line).Append("\r\n");
        return text.ToString();
    }

    IEnumerable<(string Line, long Money)> Trades(string oidPartner, string period)
    {
        var now = clock.GetUtcNow();
        var refunds = ledger.Refunds(oidPartner).Where(refund => refund.StateAt(now) == "2").ToList();
        foreach (var order in ledger.Orders(oidPartner))
        {
            if (Settled(order, now) is { } settled && IsIn(settled.At, period))
            {
                var isRefunded = refunds.Exists(refund => refund.Order == order.Key
                    && MobileText.Day(refund.EndsAt) == MobileText.Day(settled.At));
                yield return (Line(order, settled.Money, settled.At, isRefunded), settled.Money);
            }
        }
        foreach (var refund in refunds.Where(refund => IsIn(refund.EndsAt, period)))
        {
            var order = ledger.Orders(oidPartner).First(row => row.Key == refund.Order);
            yield return (Line(refund, order), -refund.Money);
        }
    }

    static (long Money, DateTimeOffset At)? Settled(MobileOrder order, DateTimeOffset now)
    {
        if (order is { IsPreAuth: true, Capture: { } capture } && MobilePreAuths.StateOf(order, now) == "PR11")
            return (capture.Money, capture.At + capture.Step);
        return order is { State: MobileState.Paid, PaidAt: { } paid } ? (order.Money, paid) : null;
    }

    static string Line(MobileOrder order, long money, DateTimeOffset at, bool isRefunded) => string.Join(
        ',',
        order.NoOrder,
        order.OidPartner,
        MobileText.Spaced(MobileText.ParseTime(order.DtOrder)!.Value),
        order.BusiPartner,
        order.OidPaybill,
        MobileText.Day(at),
        MobileText.Money(money),
        "0",
        isRefunded ? "5" : "0",
        MobileText.Spaced(at),
        MobileText.Money(Fee(money)),
        Product,
        WayOf(order),
        order.InfoOrder);

    static string Line(MobileRefund refund, MobileOrder order) => string.Join(
        ',',
        refund.NoRefund,
        refund.OidPartner,
        MobileText.Spaced(MobileText.ParseTime(refund.DtRefund)!.Value),
        order.BusiPartner,
        order.NoOrder,
        MobileText.Day(refund.EndsAt),
        MobileText.Money(-refund.Money),
        "1",
        "5",
        MobileText.Spaced(refund.EndsAt),
        MobileText.Money(-Fee(refund.Money)),
        Product,
        WayOf(order),
        order.InfoOrder);

    IEnumerable<string> Payouts(string oidPartner, string period) =>
        from payout in ledger.Payouts(oidPartner)
        where IsIn(payout.At, period)
        select string.Join(
            ',',
            payout.NoOrder,
            payout.OidPartner,
            MobileText.Spaced(payout.At),
            "101001",
            payout.OidPaybill,
            MobileText.Day(payout.At),
            MobileText.Money(payout.Money),
            "1",
            "0",
            MobileText.Spaced(payout.At),
            "0.00",
            "API渠道",
            "余额支付",
            payout.InfoOrder,
            payout.PayeeBank,
            payout.PayeeAccount,
            payout.PayeeName);

    /// <summary>Count, successes and sum, refunds and sum, cancellations; sums of nothing stay empty.</summary>
    static string Sum(IReadOnlyList<(string Line, long Money)> trades)
    {
        var paid = trades.Where(trade => trade.Money > 0).ToList();
        var back = trades.Where(trade => trade.Money < 0).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{trades.Count}|{paid.Count}|{MobileText.Money(paid.Sum(trade => trade.Money))}|{back.Count}|"
            + $"{(back.Count > 0 ? MobileText.Money(back.Sum(trade => trade.Money)) : "")}|0|");
    }

    static bool IsIn(DateTimeOffset at, string period) =>
        MobileText.Day(at).StartsWith(period, StringComparison.Ordinal);

    /// <summary>Half a per cent, to the nearest fen.</summary>
    static long Fee(long money) => ((money * 5) + 500) / 1000;

    static string WayOf(MobileOrder order) =>
        order.Card is { CardType: MobileBanks.Credit } ? "信用卡快捷支付" : "储蓄卡快捷支付";
}
