using MerchantPortal.Sandbox.Callbacks;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>A payment to place, as the control API takes it.</summary>
sealed record PlacedPayment
{
    public required string MerchantId { get; init; }
    public required string MerchantTransactionId { get; init; }
    public required string Amount { get; init; }
    public required string Currency { get; init; }
    public required string State { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public string? NotificationUrl { get; init; }
    public bool Notify { get; init; }

    public string? Problem(LianLianGlobalLedger ledger)
    {
        var id = MerchantTransactionId;
        if (ledger.Merchant(MerchantId) is null) return $"{id}: the merchant {MerchantId} is not known";
        if (id.Length is 0 or > 64) return $"{id}: merchantTransactionId has 1 to 64 characters";
        if (LianLianGlobalText.ParseAmount(Amount) is null) return $"{id}: amount is not a positive 0.00";
        if (!PaymentInterfaces.IsCurrency(Currency)) return $"{id}: {Currency} is not a currency of the document";
        if (!PaymentStates.CanBeOrdered(State)) return $"{id}: state must be IN, WP, PP, PC, PS, PF or CB";
        return Notify && (NotificationUrl is null || State != PaymentStates.Succeeded)
            ? $"{id}: only a paid payment with a notificationUrl is notified"
            : null;
    }

    public LianLianGlobalPayment ToPayment(DateTimeOffset now) => new()
    {
        MerchantId = MerchantId,
        TransactionId = MerchantTransactionId,
        LlTransactionId = "",
        Amount = LianLianGlobalText.ParseAmount(Amount)!.Value,
        Currency = Currency,
        CreatedAt = PaidAt ?? now,
        Step = default,
        End = PaymentStates.Waiting,
        ForcedState = State,
        PaidAt = State is PaymentStates.Succeeded or PaymentStates.ChargedBack ? PaidAt ?? now : null,
        NotificationUrl = NotificationUrl,
    };
}

sealed record ForcedTransaction(string State, bool Notify = false);

/// <summary>A refund made at the provider's own station.</summary>
sealed record StationRefund(string Amount);

/// <summary>Control of this provider: merchants, payments, ledger, states, notifications.</summary>
static class LianLianGlobalControl
{
    public static void MapLianLianGlobalControl(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/control/lianlian-global");
        routes.MapPut("/merchants/{merchantId}", PutMerchant);
        routes.MapPost("/payments", PlacePayments);
        routes.MapGet("/ledger", ReadLedger);
        routes.MapPost("/payments/{id}/state", ForcePayment);
        routes.MapPost("/payments/{id}/refunds", RefundAtStation);
        routes.MapPost("/refunds/{id}/state", ForceRefund);
        routes.MapPost("/notifications/{id}", NotifyAgain);
    }

    static IResult PutMerchant(string merchantId, LianLianGlobalMerchant merchant, LianLianGlobalLedger ledger)
    {
        if (merchantId.Length > 32 || !merchantId.All(char.IsAsciiLetterOrDigit))
            return Results.BadRequest(new { error = "a merchant id is up to 32 letters and digits" });
        if (LianLianGlobalSigning.ReadPublicKey(merchant.PublicKey) is not { } key)
            return Results.BadRequest(new { error = "publicKey is no RSA public key, neither PEM nor Base64" });
        ledger.Put(merchant with { MerchantId = merchantId, PublicKey = key });
        return Results.Ok(new { publicKey = ledger.Keys().PublicKey });
    }

    static IResult PlacePayments(
        PlacedPayment[] placed, LianLianGlobalLedger ledger, CallbackQueue callbacks, TimeProvider clock)
    {
        var problems = placed.Select(payment => payment.Problem(ledger)).OfType<string>().ToList();
        if (problems.Count > 0) return Results.BadRequest(new { error = string.Join("; ", problems) });
        var answers = new List<object>();
        foreach (var wanted in placed)
        {
            var payment = ledger.Place(wanted.ToPayment(clock.GetUtcNow()));
            if (wanted.Notify) Notify(payment, callbacks);
            answers.Add(new { merchantTransactionId = payment.TransactionId, payment.LlTransactionId });
        }
        return Results.Ok(answers);
    }

    static object ReadLedger(string? merchantId, LianLianGlobalLedger ledger, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new
        {
            payments = ledger.Payments(merchantId).Select(payment => new
            {
                payment.MerchantId,
                merchantTransactionId = payment.TransactionId,
                payment.LlTransactionId,
                amount = LianLianGlobalText.Amount(payment.Amount),
                payment.Currency,
                state = ledger.StateAt(payment, now),
                payment.CreatedAt,
                paidAt = PaymentStates.PaidAt(payment, now),
                payment.NotificationUrl,
            }),
            refunds = ledger.Refunds(merchantId).Select(refund => new
            {
                refund.MerchantId,
                merchantTransactionId = refund.TransactionId,
                refund.OriginalTransactionId,
                refund.LlTransactionId,
                amount = LianLianGlobalText.Amount(refund.Amount),
                refund.Currency,
                state = RefundStates.StateAt(refund, now),
                refund.AcceptedAt,
                refund.Times,
                moneyMoved = RefundStates.StateAt(refund, now) == RefundStates.Succeeded,
            }),
        };
    }

    static IResult ForcePayment(
        string id, string merchantId, ForcedTransaction forced, LianLianGlobalLedger ledger, CallbackQueue callbacks,
        TimeProvider clock)
    {
        if (!PaymentStates.CanBeOrdered(forced.State))
            return Results.BadRequest(new { error = $"{forced.State} is not a state that a payment can be put into" });
        if (ledger.ForcePayment(new(merchantId, id), forced.State, clock.GetUtcNow()) is not { } payment)
            return Results.NotFound();
        if (!forced.Notify) return Results.Ok();
        if (payment.NotificationUrl is null || forced.State != PaymentStates.Succeeded)
            return Results.BadRequest(new { error = "only a paid payment with a notification_url is notified" });
        Notify(payment, callbacks);
        return Results.Ok();
    }

    static IResult RefundAtStation(
        string id, string merchantId, StationRefund wanted, LianLianGlobalLedger ledger, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (LianLianGlobalText.ParseAmount(wanted.Amount) is not { } amount)
            return Results.BadRequest(new { error = "amount is not a positive 0.00" });
        if (ledger.Payment(new(merchantId, id)) is not { } payment) return Results.NotFound();
        var (refund, refused, about) = ledger.Accept(
            new LianLianGlobalRefund
            {
                MerchantId = merchantId,
                TransactionId = $"STATION{Guid.CreateVersion7():N}",
                OriginalTransactionId = id,
                LlTransactionId = "",
                Amount = amount,
                Currency = payment.Currency,
                AcceptedAt = now,
                Step = default,
                End = RefundStates.Succeeded,
                ForcedState = RefundStates.Succeeded,
            },
            now);
        return refund is null
            ? Results.BadRequest(new { error = $"{refused} {about}" })
            : Results.Ok(new { refund.LlTransactionId });
    }

    static IResult ForceRefund(string id, string merchantId, ForcedTransaction forced, LianLianGlobalLedger ledger)
    {
        if (!RefundStates.IsState(forced.State) || forced.Notify)
            return Results.BadRequest(new { error = "a refund is PA, RP, WR, RS, RF or RC and never notified" });
        return ledger.ForceRefund(new(merchantId, id), forced.State) is null ? Results.NotFound() : Results.Ok();
    }

    static IResult NotifyAgain(
        string id, string merchantId, LianLianGlobalLedger ledger, CallbackQueue callbacks, TimeProvider clock)
    {
        if (ledger.Payment(new(merchantId, id)) is not { } payment) return Results.NotFound();
        if (payment.NotificationUrl is null || PaymentStates.PaidAt(payment, clock.GetUtcNow()) is null)
            return Results.BadRequest(new { error = "only a paid payment with a notification_url is notified" });
        Notify(payment, callbacks);
        return Results.Ok();
    }

    static void Notify(LianLianGlobalPayment payment, CallbackQueue callbacks) => callbacks.Add(
        LianLianGlobalNotification.Provider, payment.MerchantId, payment.TransactionId, "", payment.NotificationUrl!);
}
