namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Cancelling and confirming the pre-authorisation of an international card, v1.8 and v1.9 (section 4). Neither has a
/// number of its own nor a query, so an answer that is lost stays unknown until a statement or people settle it, and
/// nothing is ever sent twice.
/// </summary>
internal sealed class AllinpayPreAuths(AllinpayMessages messages, AllinpayOptions options) : IPreAuthorisations
{
    public TimeSpan SettleTime { get; } = TimeSpan.FromMinutes(30);

    /// <summary>The document has no question about pre-authorisations.</summary>
    public bool CanQuery => false;

    public Task<ProviderOutcome> ConfirmAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel)
    {
        var call = new AllinpayCall(
            $"allinpay pre-authorisation confirm {options.PreAuthConfirmVersion}", "preauth-confirm",
            options.GatewayPath,
            [
                new("version", options.PreAuthConfirmVersion),
                new("merchantId", account.MerchantId),
                new("orderAmount", request.Authorised.ToMinorText()),
                new("confirmAmount", request.Amount.ToMinorText()),
                new("currency", Currency(request)),
                new("orderNo", request.Order.MerchantNumber),
                new("orderDatetime", AllinpayTime.Text(request.Order.OrderedAt)),
                new("signType", AllinpayOptions.SignType(account.AnswerSignature)),
            ],
            account.AnswerSignature);
        return SendAsync(account, request, call, keys, permit, cancel);
    }

    public Task<ProviderOutcome> CancelAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel)
    {
        var call = new AllinpayCall(
            $"allinpay pre-authorisation cancel {options.PreAuthCancelVersion}", "preauth-cancel",
            options.GatewayPath,
            [
                new("merchantId", account.MerchantId),
                new("version", options.PreAuthCancelVersion),
                new("orderAmount", request.Authorised.ToMinorText()),
                new("currency", Currency(request)),
                new("orderNo", request.Order.MerchantNumber),
                new("orderDatetime", AllinpayTime.Text(request.Order.OrderedAt)),
                new("signType", AllinpayOptions.SignType(account.AnswerSignature)),
            ],
            account.AnswerSignature);
        return request.Amount == request.Authorised
            ? SendAsync(account, request, call, keys, permit, cancel)
            : Task.FromResult<ProviderOutcome>(Unsent(account, call, "a pre-authorisation is cancelled as a whole"));
    }

    public Task<QueryAnswer<PreAuthFacts>> QueryAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, CancellationToken cancel)
    {
        var call = new AllinpayCall(
            "allinpay pre-authorisation query", "", options.GatewayPath,
            [new("orderNo", request.Order.MerchantNumber)], account.AnswerSignature);
        var reply = messages.Unsent(
            account, call, ProviderError.InvalidRequest, "the document has no question about pre-authorisations");
        return Task.FromResult<QueryAnswer<PreAuthFacts>>(
            new QueryAnswer<PreAuthFacts>.NoAnswer(reply.Transcript, reply.Failure));
    }

    private async Task<ProviderOutcome> SendAsync(
        ProviderAccount account, PreAuthRequest request, AllinpayCall call, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel)
    {
        if (!IsSound(account, request))
        {
            return Unsent(account, call, "a field is outside the document");
        }

        // A process that stops before the body leaves sends nothing; after that the answer is worth waiting for.
        var stop = cancel.IsCancellationRequested ? cancel : CancellationToken.None;
        var reply = await messages.SendAsync(account, call, keys, permit, stop);
        if (!reply.Transcript.BodyStarted)
        {
            return new ProviderOutcome.NotSent(
                reply.Transcript,
                reply.Failure == ProviderError.None ? ProviderError.ConnectionFailed : reply.Failure);
        }

        if (reply.Failure != ProviderError.None)
        {
            return new ProviderOutcome.Unknown(reply.Transcript, reply.Failure);
        }

        using var verifier = AllinpayVerifier.Open(call.AnswerMode, keys, messages.Time.GetUtcNow(), out _);
        return verifier is null
            ? new ProviderOutcome.Unknown(reply.Transcript, ProviderError.KeyMissing)
            : AllinpayPreAuthAnswer.Read(reply, call, request.Order.ProviderNumber, verifier);
    }

    private ProviderOutcome.NotSent Unsent(ProviderAccount account, AllinpayCall call, string why)
    {
        var reply = messages.Unsent(account, call, ProviderError.InvalidRequest, why);
        return new ProviderOutcome.NotSent(reply.Transcript, reply.Failure);
    }

    private static string Currency(PreAuthRequest request) =>
        AllinpayCurrencies.CodeOf(AllinpayCurrencies.InternationalCards, request.Authorised.Currency) ?? "";

    private static bool IsSound(ProviderAccount account, PreAuthRequest request) =>
        AllinpayShape.IsMerchant(account.MerchantId) && AllinpayShape.IsNumber(request.Order.MerchantNumber)
        && AllinpayShape.IsAmount(request.Authorised) && AllinpayShape.IsAmount(request.Amount)
        && request.Amount.Currency == request.Authorised.Currency
        && request.Amount.Minor <= request.Authorised.Minor
        && account.Currencies.Contains(request.Authorised.Currency) && Currency(request).Length > 0;
}
