using System.Text.Json;
using MerchantPortal.Sandbox.Callbacks;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>An order to place without the app, as the control API takes it.</summary>
sealed record MobilePlacedOrder
{
    public required string OidPartner { get; init; }
    public required string NoOrder { get; init; }
    public required string DtOrder { get; init; }
    public required string MoneyOrder { get; init; }
    public required string State { get; init; }
    public bool PreAuth { get; init; }
    public string? InfoOrder { get; init; }
    public string? NotifyUrl { get; init; }
    public string? UserId { get; init; }
    public string? CardNo { get; init; }
    public string? Memo { get; init; }
    public bool Notify { get; init; }

    public string? Problem(MobileLedger ledger)
    {
        if (ledger.Merchant(OidPartner) is null) return $"{NoOrder}: the merchant {OidPartner} is not known";
        if (!MobileShapes.Fits("no_order", NoOrder)) return $"{NoOrder}: not an order number";
        if (MobileText.ParseTime(DtOrder) is null) return $"{NoOrder}: dtOrder is not yyyyMMddHHmmss";
        if (MobileText.ParseMoney(MoneyOrder) is null) return $"{NoOrder}: moneyOrder is not yuan";
        if (!MobileState.IsState(State)) return $"{NoOrder}: no such state";
        if (State == (PreAuth ? MobileState.Paid : MobileState.Authorised))
            return $"{NoOrder}: a pre-authorisation is authorised, any other order paid";
        if (CardNo is not null && MobileBanks.Find(CardNo) is null) return $"{NoOrder}: no bank has this card";
        return Notify && (NotifyUrl is null || State != MobileState.Paid)
            ? $"{NoOrder}: only a paid order with a notifyUrl is notified"
            : null;
    }

    public MobileOrder ToOrder(DateTimeOffset now) => new()
    {
        OidPartner = OidPartner,
        NoOrder = NoOrder,
        DtOrder = DtOrder,
        Money = MobileText.ParseMoney(MoneyOrder)!.Value,
        IsPreAuth = PreAuth,
        InfoOrder = InfoOrder ?? "",
        NotifyUrl = NotifyUrl ?? "",
        UserId = UserId ?? "",
        State = State,
        CreatedAt = now,
        PaidAt = State is MobileState.Paid or MobileState.Authorised ? now : null,
        Card = CardNo is { } number ? MobileBanks.Find(number) : null,
        Memo = Memo ?? "",
    };
}

/// <summary>What the app is handed: the merchant's signed order, and the payer's card.</summary>
sealed record MobilePaid(JsonElement Order, string CardNo, string? BindMobile);

sealed record MobileBound(string UserId, string CardNo, string? BindMobile);

sealed record MobileForced(string State);

/// <summary>Control of this provider: merchants, orders, the app, cards, refund states, settlement files.</summary>
static class MobileControl
{
    public static void MapLianLianMobileControl(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/control/lianlian-mobile");
        routes.MapPut("/merchants/{oidPartner}", PutMerchant);
        routes.MapPost("/orders", PlaceOrders);
        routes.MapPost("/sdk/pay", (MobilePaid paid, MobileSdk sdk) => Sdk(paid, sdk, isPreAuth: false));
        routes.MapPost("/sdk/preauthorise", (MobilePaid paid, MobileSdk sdk) => Sdk(paid, sdk, isPreAuth: true));
        routes.MapPost("/merchants/{oidPartner}/cards", BindCard);
        routes.MapPost("/merchants/{oidPartner}/payouts", PayOut);
        routes.MapPost("/refunds/{oidRefundno}/state", ForceState);
        routes.MapPost("/notifications/{oidPartner}/{noOrder}", NotifyAgain);
        routes.MapGet("/ledger", ReadLedger);
        routes.MapGet("/settlement/{kind}/{oidPartner}/{period}", Settlement);
    }

    static IResult PutMerchant(string oidPartner, MobileMerchant merchant, MobileLedger ledger)
    {
        var hasKey = merchant.SignType switch
        {
            MobileMerchant.Md5 => merchant.Md5Key is { Length: > 0 },
            MobileMerchant.Rsa => merchant.PublicKey is { } text && IsKey(text),
            _ => false,
        };
        if (!MobileShapes.Fits("oid_partner", oidPartner) || !hasKey || merchant.PageSize < 1)
            return Results.BadRequest(new { error = "a merchant has 18 digits, signType MD5 or RSA, and that key" });
        ledger.Put(merchant with { OidPartner = oidPartner });
        return Results.Ok(new { publicKeyPem = ledger.KeyPair().PublicKeyPem });
    }

    static bool IsKey(string text)
    {
        using var key = MobileSigning.PublicKey(text);
        return key is not null;
    }

    static IResult PlaceOrders(
        MobilePlacedOrder[] placed, MobileLedger ledger, CallbackQueue callbacks, TimeProvider clock)
    {
        var problems = placed.Select(order => order.Problem(ledger)).OfType<string>().ToList();
        if (problems.Count > 0) return Results.BadRequest(new { error = string.Join("; ", problems) });
        var rows = new List<object>();
        foreach (var wanted in placed)
        {
            var order = wanted.ToOrder(clock.GetUtcNow());
            order = ledger.Change(order.Key, standing => order with { OidPaybill = standing?.OidPaybill ?? "" })!;
            if (wanted.Notify) Notify(order, callbacks);
            rows.Add(new { order.NoOrder, order.OidPaybill });
        }
        return Results.Ok(rows);
    }

    static IResult Sdk(MobilePaid paid, MobileSdk sdk, bool isPreAuth) =>
        sdk.Run(paid.Order, paid.CardNo, paid.BindMobile ?? "", isPreAuth) is { } result
            ? Results.Text(result, "application/json")
            : Results.BadRequest(new { error = "no flat order of a known merchant" });

    static IResult BindCard(string oidPartner, MobileBound bound, MobileLedger ledger, TimeProvider clock)
    {
        if (ledger.Merchant(oidPartner) is null) return Results.NotFound();
        if (MobileBanks.Find(bound.CardNo) is not { } card)
            return Results.BadRequest(new { error = "no bank of the Sandbox has this card" });
        var agreement = ledger.Bind(
            oidPartner, bound.UserId, bound.CardNo, card, bound.BindMobile ?? "", clock.GetUtcNow());
        return Results.Ok(new { agreement.NoAgree });
    }

    static IResult PayOut(string oidPartner, MobilePayout payout, MobileLedger ledger, TimeProvider clock)
    {
        if (ledger.Merchant(oidPartner) is null) return Results.NotFound();
        if (payout.Money <= 0) return Results.BadRequest(new { error = "money is in fen and positive" });
        ledger.Add(payout with { OidPartner = oidPartner, At = clock.GetUtcNow() });
        return Results.Ok();
    }

    static IResult ForceState(string oidRefundno, MobileForced forced, MobileLedger ledger)
    {
        if (forced.State is not ("0" or "1" or "2" or "3"))
            return Results.BadRequest(new { error = $"{forced.State} is not a state of a refund" });
        return ledger.ForceState(oidRefundno, forced.State) is null ? Results.NotFound() : Results.Ok();
    }

    static IResult NotifyAgain(string oidPartner, string noOrder, MobileLedger ledger, CallbackQueue callbacks)
    {
        var order = ledger.Orders(oidPartner).LastOrDefault(row => row.NoOrder == noOrder);
        if (order is null) return Results.NotFound();
        if (order.State != MobileState.Paid || order.NotifyUrl.Length == 0)
            return Results.BadRequest(new { error = "only a paid order with a notifyUrl is notified" });
        Notify(order, callbacks);
        return Results.Ok();
    }

    static object ReadLedger(string oidPartner, MobileLedger ledger, MobileQueries queries, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new
        {
            orders = ledger.Orders(oidPartner).Select(order => new
            {
                order.NoOrder,
                order.DtOrder,
                order.OidPaybill,
                moneyOrder = MobileText.Money(order.Money),
                resultPay = queries.ResultOf(order, now),
                preAuthState = order.IsPreAuth ? MobilePreAuths.StateOf(order, now) : null,
                endedTimes = order.Capture?.Times ?? 0,
                captured = order.Capture is { IsCancel: false } capture ? MobileText.Money(capture.Money) : null,
            }),
            refunds = ledger.Refunds(oidPartner).Select(refund => new
            {
                refund.NoRefund,
                refund.OidRefundno,
                refund.NoOrder,
                moneyRefund = MobileText.Money(refund.Money),
                state = refund.StateAt(now),
                moneyMoved = refund.StateAt(now) == "2",
            }),
            agreements = ledger.Agreements(oidPartner).Select(row => new
            {
                row.UserId,
                row.NoAgree,
                row.TimesUnbound,
            }),
        };
    }

    static IResult Settlement(
        string kind, string oidPartner, string period, MobileLedger ledger, MobileSettlement settlement)
    {
        if (ledger.Merchant(oidPartner) is null || !MobileSettlement.Kinds.Contains(kind)) return Results.NotFound();
        if (!MobileText.IsDigits(period) || !(period.Length == 8 || (period.Length == 6 && kind != "JYMXSUM")))
            return Results.BadRequest(new { error = "a period is yyyyMMdd, or yyyyMM of JYMX and FKMX" });
        return Results.File(
            System.Text.Encoding.UTF8.GetBytes(settlement.Write(kind, oidPartner, period)),
            "text/plain",
            $"{kind}_{oidPartner}_{period}.txt");
    }

    static void Notify(MobileOrder order, CallbackQueue callbacks) => callbacks.Add(
        MobileNotification.Provider, order.OidPartner, order.NoOrder, order.DtOrder, order.NotifyUrl);
}
