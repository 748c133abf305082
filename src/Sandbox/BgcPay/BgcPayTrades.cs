using System.Globalization;
using MerchantPortal.Sandbox.Callbacks;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>bgcpay.trade.pay, which creates a trade that somebody pays later, and bgcpay.trade.query.</summary>
sealed class BgcPayTrades(BgcPayLedger ledger, BgcPayNotification notification, TimeProvider clock)
{
    const long Least = 1;
    const long Most = 100_000_000_00;

    public BgcPayInterface DescribePay() => new(
        "trade-pay", "bgcpay.trade.pay", "out_trade_no", BgcPayErrors.AcqSystem, Pay)
    {
        Trigger = call => BgcPayTriggers.FaultOf(
            BgcPayText.ParseAmount(call["total_amount"]), BgcPayErrors.AccessForbidden, BgcPayErrors.AcqSystem),
    };

    public BgcPayInterface DescribeQuery() => new(
        "trade-query", "bgcpay.trade.query", "out_trade_no", BgcPayErrors.AcqSystem, Query);

    BgcPayAnswer Pay(BgcPayCall call, AnswerShape shape)
    {
        if (Fault(call) is { } fault) return BgcPayErrors.Answer(fault);
        var now = clock.GetUtcNow();
        var (trade, refusal) = ledger.Create(new BgcPayTrade
        {
            AppId = call.App.AppId,
            TradeNo = "",
            OutTradeNo = call["out_trade_no"],
            Currency = call["currency"],
            Amount = BgcPayText.ParseAmount(call["total_amount"])!.Value,
            Subject = call["subject"],
            ExtendParams = call["extend_params"] is { Length: > 0 } extended ? extended : null,
            NotifyUrl = call.NotifyUrl,
            CreatedAt = now,
            ExpiresAt = Timeout(call["timeout"]) is { } seconds ? now.AddSeconds(seconds) : null,
        });
        if (trade is null) return BgcPayErrors.Answer(refusal!);
        notification.Push(trade, TradeStatus.WaitPay);
        return BgcPayErrors.Success(
            ("trade_no", trade.TradeNo), ("out_trade_no", Named(trade, shape)));
    }

    static string? Fault(BgcPayCall call)
    {
        if (((string[])["out_trade_no", "currency", "total_amount", "subject"]).Any(name => call[name].Length == 0))
            return BgcPayErrors.AcqMissing;
        var amount = BgcPayText.ParseAmount(call["total_amount"]);
        return !IsNumber(call["out_trade_no"]) || call["currency"].Length > 64 || amount is not (>= Least and <= Most)
                || call["subject"].Length > 256 || call["subject"].AsSpan().ContainsAny("/=&")
                || (call["timeout"].Length > 0 && Timeout(call["timeout"]) is null) ? BgcPayErrors.AcqInvalid
            : !call.App.Currencies.Contains(call["currency"]) ? BgcPayErrors.AcqCurrency
            : amount > call.App.TradeLimit ? BgcPayErrors.TotalFeeExceed
            : null;
    }

    BgcPayAnswer Query(BgcPayCall call, AnswerShape shape)
    {
        var (tradeNo, outTradeNo) = (call["trade_no"], call["out_trade_no"]);
        if (tradeNo.Length > 64 || outTradeNo.Length > 64 || tradeNo.Length + outTradeNo.Length == 0)
            return BgcPayErrors.Answer(BgcPayErrors.AcqInvalid);
        var trade = tradeNo.Length > 0 ? ledger.Trade(tradeNo) : ledger.Trade(call.App.AppId, outTradeNo);
        var now = clock.GetUtcNow();
        var asOf = shape.StaleBy is { } by ? by == TimeSpan.MaxValue ? DateTimeOffset.MinValue : now - by : now;
        if (trade is null || trade.AppId != call.App.AppId || trade.CreatedAt > asOf)
            return BgcPayErrors.Answer(BgcPayErrors.TradeNotExist);
        var isPaid = trade.PaidAt <= asOf;
        return BgcPayErrors.Success(
            ("trade_no", trade.TradeNo),
            ("out_trade_no", Named(trade, shape)),
            ("payer_id", isPaid ? trade.PayerId : ""),
            ("trade_status", trade.PaidAt > asOf ? TradeStatus.WaitBuyerPay : trade.StatusAt(asOf)),
            ("currency", trade.Currency),
            ("total_amount", BgcPayText.Amount(trade.Amount)),
            ("trade_date", BgcPayText.Time(trade.CreatedAt, call.App)),
            ("pay_date", isPaid ? BgcPayText.Time(trade.PaidAt!.Value, call.App) : null),
            ("subject", trade.Subject),
            ("extend_params", trade.ExtendParams));
    }

    static string Named(BgcPayTrade trade, AnswerShape shape) =>
        shape.OtherOrder ? trade.OutTradeNo + "9" : trade.OutTradeNo;

    static bool IsNumber(string text) =>
        text.Length <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    static int? Timeout(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? seconds
            : null;
}

/// <summary>The notification of a trade's state, pushed behind the address and as a multipart form.</summary>
sealed class BgcPayNotification(BgcPayLedger ledger, CallbackQueue callbacks, TimeProvider clock)
{
    public const string Provider = "bgcpay";
    const string Boundary = "----BgcPayNotification";
    const int Pushes = 100;

    /// <summary>At once, one minute later, a minute and a half after that, and so on, a hundred times in all.</summary>
    public static readonly IReadOnlyList<TimeSpan> Resends =
        [.. Enumerable.Range(2, Pushes - 1).Select(push => TimeSpan.FromSeconds(30 * push))];

    public CallbackRules Rules() => new(Provider, Resends, (_, _) => null)
    {
        Compose = Compose,
        IsAcknowledged = answer => answer.Trim() == "SUCCESS",
    };

    /// <summary>Queues the news where the application has it on and the trade has an address.</summary>
    public void Push(BgcPayTrade trade, string status)
    {
        if (trade.NotifyUrl is { } url && ledger.App(trade.AppId) is { } app && app.Pushes.Contains(status))
            callbacks.Add(Provider, trade.AppId, trade.OutTradeNo, status, url);
    }

    CallbackMessage? Compose(Callback callback, AnswerShape shape)
    {
        if (ledger.App(callback.MerchantId) is not { } app
            || ledger.Trade(callback.MerchantId, callback.OrderNo) is not { } trade) return null;
        (string Name, string Value)[] common =
        [
            ("charset", "UTF-8"), ("method", "alipay.trade.notify"), ("format", "json"), ("app_id", app.AppId),
            ("version", "1.0"), ("sign_type", "MD5"), ("timestamp", BgcPayText.Time(clock.GetUtcNow(), app)),
        ];
        (string Name, string Value)[] business =
        [
            ("trade_no", trade.TradeNo),
            ("out_trade_no", shape.OtherOrder ? trade.OutTradeNo + "9" : trade.OutTradeNo),
            ("currency", trade.Currency),
            ("total_amount", BgcPayText.Amount(trade.Amount)),
            ("subject", shape.WrongCharset ? AnswerShape.ForeignText : trade.Subject),
            ("extend_params", trade.ExtendParams ?? ""),
            ("payer_id", trade.PayerId),
            ("trade_status", callback.OrderDatetime),
            ("trade_date", BgcPayText.Time(trade.CreatedAt, app)),
            ("pay_date", trade.PaidAt is { } paid ? BgcPayText.Time(paid, app) : ""),
        ];
        var signed = common.Concat(business).Where(field => !app.SignTypeUnsigned || field.Name != "sign_type");
        var sign = BgcPaySigning.Of(BgcPaySigning.Source(signed), app, shape.Signature);
        var query = sign is null ? common : [.. common, ("sign", sign)];
        return new CallbackMessage(BgcPayText.Multipart(business, Boundary))
        {
            Query = string.Join('&', query.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}")),
            ContentType = $"multipart/form-data; boundary={Boundary}",
        };
    }
}
