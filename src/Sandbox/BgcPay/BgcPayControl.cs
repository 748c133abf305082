namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>How a trade is brought into another state.</summary>
sealed record TradeChange
{
    /// <summary>TRADE_SUCCESS pays it, TRADE_CLOSED closes it, TRADE_FINISHED ends refunds of a paid one.</summary>
    public required string Status { get; init; }

    /// <summary>Who pays; a known user.</summary>
    public string PayerCid { get; init; } = "";
}

/// <summary>Control of this provider: applications, users, trades, ledger, notifications.</summary>
static class BgcPayControl
{
    public static void MapBgcPayControl(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/control/bgcpay");
        routes.MapPut("/apps/{appId}", PutApp);
        routes.MapPut("/users/{userCid}", PutUser);
        routes.MapPost("/trades/{outTradeNo}/status", ChangeTrade);
        routes.MapPost("/notifications/{outTradeNo}", NotifyAgain);
        routes.MapGet("/ledger", ReadLedger);
    }

    static IResult PutApp(string appId, BgcPayApp app, BgcPayLedger ledger)
    {
        var named = app with { AppId = appId };
        if (named.Problem() is { } problem) return Results.BadRequest(new { error = problem });
        ledger.Put(named);
        return Results.Ok();
    }

    static IResult PutUser(string userCid, BgcPayUser user, BgcPayLedger ledger)
    {
        if (userCid.Length is 0 or > 64 || user.Name.Length == 0 || user.Email.Length > 64)
            return Results.BadRequest(new { error = "a user has a CID of up to 64 letters and a name" });
        ledger.Put(user with { UserCid = userCid });
        return Results.Ok();
    }

    static IResult ChangeTrade(
        string outTradeNo, string? appId, TradeChange change, BgcPayLedger ledger, BgcPayNotification notification,
        TimeProvider clock)
    {
        if (Find(ledger, outTradeNo, appId) is not { } trade) return Results.NotFound();
        if (change.Status == TradeStatus.Success && ledger.User(change.PayerCid) is null)
            return Results.BadRequest(new { error = "payerCid is no known user" });
        var now = clock.GetUtcNow();
        var changed = ledger.Change(trade.TradeNo, row => (change.Status, row.StatusAt(now)) switch
        {
            (TradeStatus.Success, TradeStatus.WaitBuyerPay) =>
                row with { Status = TradeStatus.Success, PayerId = change.PayerCid, PaidAt = now },
            (TradeStatus.Closed, TradeStatus.WaitBuyerPay or TradeStatus.Success) =>
                row with { Status = TradeStatus.Closed },
            (TradeStatus.Finished, TradeStatus.Success) => row with { Status = TradeStatus.Finished },
            _ => null,
        });
        if (changed is null) return Results.BadRequest(new { error = $"the trade cannot become {change.Status}" });
        notification.Push(changed, changed.Status);
        return Results.Ok(new { changed.TradeNo, changed.Status });
    }

    static IResult NotifyAgain(
        string outTradeNo, string? appId, BgcPayLedger ledger, BgcPayNotification notification, TimeProvider clock)
    {
        if (Find(ledger, outTradeNo, appId) is not { } trade) return Results.NotFound();
        if (trade.NotifyUrl is null) return Results.BadRequest(new { error = "the trade has no notify_url" });
        var status = trade.StatusAt(clock.GetUtcNow());
        notification.Push(trade, status == TradeStatus.WaitBuyerPay ? TradeStatus.WaitPay : status);
        return Results.Ok();
    }

    static object ReadLedger(string? appId, BgcPayLedger ledger, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        bool IsMeant(string id) => appId is null || id == appId;
        return new
        {
            balances = ledger.Apps().Where(app => IsMeant(app.AppId)).SelectMany(app => app.Currencies.Select(
                currency => new { app.AppId, currency, amount = ledger.Balance(app.AppId, currency) })),
            users = ledger.Users(),
            trades = ledger.Trades().Where(trade => IsMeant(trade.AppId)).Select(trade => new
            {
                trade.AppId,
                trade.TradeNo,
                trade.OutTradeNo,
                trade.Currency,
                trade.Amount,
                trade.Subject,
                trade.NotifyUrl,
                trade.CreatedAt,
                status = trade.StatusAt(now),
                trade.PayerId,
                trade.PaidAt,
            }),
            transfers = ledger.Transfers().Where(transfer => IsMeant(transfer.AppId)),
        };
    }

    static BgcPayTrade? Find(BgcPayLedger ledger, string outTradeNo, string? appId) =>
        ledger.Trades().LastOrDefault(trade => trade.OutTradeNo == outTradeNo
            && (appId is null || trade.AppId == appId));
}
