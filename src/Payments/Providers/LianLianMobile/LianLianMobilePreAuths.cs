using Answer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.PreAuthFacts>;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// Capturing, cancelling and asking about pre-authorisations. The document only names the SDK call that makes one;
/// paths, members and states are those of LianLian's public description of the same product for web pages. Neither
/// order is ever sent twice, and only the query says how it ended.
/// </summary>
internal sealed class LianLianMobilePreAuths(LianLianMobileMessages messages, LianLianMobileOptions options)
    : IPreAuthorisations
{
    private const string PayType = "F";
    private const string Version = "1.0";

    public TimeSpan SettleTime { get; } = TimeSpan.FromHours(2);

    public bool CanQuery => true;

    /// <summary>user_id is a member of both orders.</summary>
    public bool NeedsPayer => true;

    public Task<ProviderOutcome> ConfirmAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel) =>
        SendAsync(account, request, "complete", options.PreAuthCompletePath, keys, permit, cancel);

    public Task<ProviderOutcome> CancelAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel) =>
        SendAsync(account, request, "cancel", options.PreAuthCancelPath, keys, permit, cancel);

    public async Task<QueryAnswer<PreAuthFacts>> QueryAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, CancellationToken cancel)
    {
        var call = new LianLianMobileCall(
            "lianlian-mobile pre-authorisation query",
            LianLianMobileOptions.Address(
                account, LianLianMobileOptions.PreAuthQueryAddress, options.PreAuthQueryPath),
            Order(request),
            LianLianMobileFields.Answer)
        {
            Unsound = Unsound(account, request, needsPayer: false),
        };
        var reply = await messages.SendAsync(account, call, keys, SendPermit.ForQuestions(messages.Time), cancel);
        return reply.IsGenuine
            ? Read(reply, request)
            : new Answer.NoAnswer(reply.Transcript, reply.Failure) { ProviderCode = reply.Code };
    }

    /// <summary>
    /// ret_code of the query in our words. PR09 is "being worked on" without saying what at; it counts as a capture
    /// under way, because nothing may be sent while it lasts.
    /// </summary>
    internal static PreAuthState? State(string code) => code switch
    {
        "2003" or "PR08" => PreAuthState.Open,
        "2006" => PreAuthState.Expired,
        "PR07" => PreAuthState.Held,
        "PR10" => PreAuthState.Failed,
        "PR11" => PreAuthState.Captured,
        "PR09" or "PR12" => PreAuthState.Capturing,
        "PR13" => PreAuthState.CaptureFailed,
        "PR14" => PreAuthState.Cancelled,
        "PR15" => PreAuthState.Cancelling,
        "PR16" => PreAuthState.CancelFailed,
        _ => null,
    };

    private async Task<ProviderOutcome> SendAsync(
        ProviderAccount account, PreAuthRequest request, string what, string path, ProviderKeys keys,
        SendPermit permit, CancellationToken cancel)
    {
        var call = new LianLianMobileCall(
            $"lianlian-mobile pre-authorisation {what}",
            LianLianMobileOptions.Address(account, LianLianMobileOptions.PreAuthAddress, path),
            [
                .. Order(request),
                new("user_id", request.PayerId),
                new("money_order", request.Amount.ToDecimalText()),
                new("platform", LianLianMobileOptions.Value(account, LianLianMobileOptions.Platform)),
            ],
            LianLianMobileFields.Answer)
        {
            Unsound = Unsound(account, request, needsPayer: true),
        };

        // A process that stops before the body leaves sends nothing; after that the answer is worth waiting for.
        var stop = cancel.IsCancellationRequested ? cancel : CancellationToken.None;
        var reply = await messages.SendAsync(account, call, keys, permit, stop);
        return LianLianMobileOutcome.Unread(reply) ?? Judge(reply, request);
    }

    /// <summary>
    /// An order's own answer is never final: success, and the states of being worked on, are "accepted"; everything
    /// else is unknown, PR13 and PR16 included, which are believed from a query only.
    /// </summary>
    private static ProviderOutcome Judge(LianLianMobileReply reply, PreAuthRequest request)
    {
        var isAccepted = reply.Code is LianLianMobileErrors.Success or "PR12" or "PR15" or "PR09";
        if (!IsOurs(reply.Answer!, request, mustBeNamed: isAccepted))
        {
            return new ProviderOutcome.Unknown(reply.Transcript, ProviderError.AnswerMismatch)
            {
                ProviderCode = reply.Code,
            };
        }

        var number = reply.Answer!["oid_paybill"] is { Length: > 0 } told ? told : null;
        return isAccepted
            ? new ProviderOutcome.Accepted(reply.Transcript) { ProviderCode = reply.Code, ProviderNumber = number }
            : new ProviderOutcome.Unknown(reply.Transcript, LianLianMobileErrors.Meaning(reply.Code))
            {
                ProviderCode = reply.Code,
            };
    }

    private static Answer Read(LianLianMobileReply reply, PreAuthRequest request)
    {
        if (State(reply.Code) is not { } state)
        {
            return LianLianMobileErrors.IsNotFound(reply.Code)
                ? new Answer.NotFound(reply.Transcript) { ProviderCode = reply.Code }
                : new Answer.NoAnswer(reply.Transcript, LianLianMobileErrors.Meaning(reply.Code))
                {
                    ProviderCode = reply.Code,
                };
        }

        // The end of an order has to name what it moved; before that the held amount or the asked one may stand there.
        var answer = reply.Answer!;
        var isEnd = state is PreAuthState.Captured or PreAuthState.Cancelled;
        var isOurs = IsNamed(answer, request, mustBeNamed: true)
            && LianLianMobileText.TryReadAmount(answer["money_order"], out var amount)
            && (amount == request.Amount || (!isEnd && amount == request.Authorised));
        return isOurs
            ? new Answer.Told(
                reply.Transcript,
                new(request.Order.MerchantNumber, Amount(answer), state, reply.Code)
                {
                    ProviderNumber = answer["oid_paybill"] is { Length: > 0 } number ? number : null,
                })
            {
                ProviderCode = reply.Code,
            }
            : new Answer.NoAnswer(reply.Transcript, ProviderError.AnswerMismatch) { ProviderCode = reply.Code };
    }

    private static Amounts.Money Amount(LianLianMobileMessage answer) =>
        LianLianMobileText.TryReadAmount(answer["money_order"], out var amount) ? amount : default;

    private static bool IsOurs(LianLianMobileMessage answer, PreAuthRequest request, bool mustBeNamed) =>
        IsNamed(answer, request, mustBeNamed)
        && LianLianMobileOutcome.EqualAmount(answer, "money_order", request.Amount, mustBeNamed);

    private static bool IsNamed(LianLianMobileMessage answer, PreAuthRequest request, bool mustBeNamed) =>
        LianLianMobileOutcome.Equal(answer, "no_order", request.Order.MerchantNumber, mustBeNamed)
        && LianLianMobileOutcome.Equal(
            answer, "dt_order", LianLianMobileText.Time(request.Order.OrderedAt), mustBeNamed)
        && (request.Order.ProviderNumber is not { } number
            || LianLianMobileOutcome.Equal(answer, "oid_paybill", number, mustBeNamed: false))
        && (!mustBeNamed || answer["oid_partner"].Length > 0);

    private static LianLianMobileField[] Order(PreAuthRequest request) =>
    [
        new("no_order", request.Order.MerchantNumber),
        new("dt_order", LianLianMobileText.Time(request.Order.OrderedAt)),
        new("oid_paybill", request.Order.ProviderNumber ?? ""),
        new("pay_type", PayType),
        new("api_version", Version),
    ];

    private static string Unsound(ProviderAccount account, PreAuthRequest request, bool needsPayer) =>
        !LianLianMobileText.IsNumber(request.Order.MerchantNumber) || !LianLianMobileText.IsAmount(request.Amount)
            || !LianLianMobileText.IsAmount(request.Authorised) || request.Amount.Minor > request.Authorised.Minor
            || !account.Currencies.Contains(request.Amount.Currency) ? "a member is outside the document"
        : needsPayer && !LianLianMobileText.IsNumber(request.PayerId) ? "the payer's number is missing"
        : "";
}
