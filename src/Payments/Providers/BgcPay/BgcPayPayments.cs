using System.Globalization;
using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>A payment to be created (bgcpay.trade.pay).</summary>
public sealed record BgcPayPayment
{
    /// <summary>The shop's number: 1 to 64 letters, digits and underlines, never used twice (out_trade_no).</summary>
    public required string MerchantNumber { get; init; }

    /// <summary>0.01 to 100,000,000.00 of an asset that the account takes (currency, total_amount).</summary>
    public required Money Amount { get; init; }

    /// <summary>What is paid for: 1 to 256 characters without /, = and &amp; (subject).</summary>
    public required string Subject { get; init; }

    /// <summary>
    /// Passed through to the notification; empty for none. Without &amp; and =, because the notification's signature
    /// could not tell it from further fields (extend_params).
    /// </summary>
    public string ExtendParams { get; init; } = "";

    /// <summary>After how many seconds the payment runs out; null for BGCPay's own time (timeout).</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Where the notification goes; null for the application's own address (notify_url, 256).</summary>
    public Uri? NotifyUrl { get; init; }

    /// <summary>Where the payer's browser returns to; null for none (return_url, 256).</summary>
    public Uri? ReturnUrl { get; init; }

    /// <summary>Language shown to the payer: "en", "zh-Hans", "zh-Hant", or empty (lang).</summary>
    public string Language { get; init; } = "";
}

/// <summary>
/// Creates payments (bgcpay.trade.pay). Done means that BGCPay has the payment and waits for the payer; it is no sign
/// that anybody paid.
/// </summary>
public sealed class BgcPayPayments
{
    private readonly BgcPayMessages messages;

    internal BgcPayPayments(BgcPayMessages messages) => this.messages = messages;

    /// <summary>
    /// Creates the payment, once. An unknown outcome is asked about with trade.query; the same number may not be sent
    /// again before that, because BGCPay answers a repeat with TRADE_HAS_EXIST.
    /// </summary>
    /// <param name="account">The account; its merchant number is the app_id.</param>
    /// <param name="payment">What is to be created. Outside the document's shapes nothing is sent.</param>
    /// <param name="keys">The account's keys.</param>
    /// <param name="permit">Checked at the instant the body would be written.</param>
    /// <param name="cancel">Stops the process, not the request.</param>
    /// <returns>
    /// <see cref="ProviderOutcome.Done"/> with BGCPay's number, refused by the interface's own list, not sent, or
    /// unknown. Never throws for anything that the network or BGCPay does.
    /// </returns>
    public async Task<ProviderOutcome> CreateAsync(
        ProviderAccount account, BgcPayPayment payment, ProviderKeys keys, SendPermit permit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(payment);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(permit);
        var call = new BgcPayCall(
            BgcPayErrors.TradePay,
            [
                new("out_trade_no", payment.MerchantNumber), new("currency", payment.Amount.Currency.ToString()),
                new("total_amount", payment.Amount.ToDecimalText()), new("subject", payment.Subject),
                new("extend_params", payment.ExtendParams),
                new(
                    "timeout", payment.TimeoutSeconds?.ToString(CultureInfo.InvariantCulture) ?? "",
                    IsWholeNumber: true),
            ],
            [
                new("lang", payment.Language), new("notify_url", payment.NotifyUrl?.AbsoluteUri ?? ""),
                new("return_url", payment.ReturnUrl?.AbsoluteUri ?? ""),
            ]);
        var reply = IsSound(payment, account)
            ? await messages.SendAsync(account, call, keys, permit, cancel)
            : messages.Unsent(account, call, ProviderError.InvalidRequest, "a value is outside the document");
        return BgcPayAnswerErrors.Outcome(
            reply, BgcPayErrors.TradePay, Definite,
            answer => answer["out_trade_no"] != payment.MerchantNumber ? ProviderError.AnswerMismatch
                : answer["trade_no"].Length == 0 ? ProviderError.AnswerUnreadable
                : ProviderError.None,
            "trade_no");
    }

    // TRADE_HAS_EXIST may be our own first copy, SYSTEM_ERROR may have created it.
    private static bool Definite(string subCode) => subCode is "ACQ.ACCESS_FORBIDDEN" or "ACQ.CURRENCY_NOT_SUPPORT"
        or "ACQ.TOTAL_FEE_EXCEED" or "ACQ.INVALID_PARAMETER" or "ACQ.MISSING_PARAMETER"
        or "ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT";

    private static bool IsSound(BgcPayPayment payment, ProviderAccount account) =>
        BgcPayShape.IsNumber(payment.MerchantNumber) && BgcPayShape.IsPayment(payment.Amount, account)
        && BgcPayShape.IsTitle(payment.Subject, 256) && BgcPayShape.IsPlain(payment.ExtendParams, 8192)
        && (payment.TimeoutSeconds is null or >= 1)
        && (payment.Language is "" or "en" or "zh-Hans" or "zh-Hant")
        && IsAddress(payment.NotifyUrl) && IsAddress(payment.ReturnUrl);

    private static bool IsAddress(Uri? address) =>
        address is null || (address is { IsAbsoluteUri: true, Scheme: "http" or "https" }
            && address.AbsoluteUri.Length <= 256);
}
