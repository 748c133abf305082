using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// BGCPay open API: payee look-up, payments, transfers and notifications. What is confirmed and what is not stands in
/// the README beside this file.
/// </summary>
public sealed class BgcPayProvider : IPaymentProvider
{
    /// <summary>Builds the provider.</summary>
    /// <param name="http">The only sender.</param>
    /// <param name="time">The clock of the times that are sent.</param>
    /// <param name="options">Path and version; the document's own when left out.</param>
    public BgcPayProvider(ProviderHttp http, TimeProvider time, BgcPayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        options ??= new();
        Descriptor = new(
            "bgcpay", "BGCPay", "BG", "BGCPay open API 1.0", "Asia/Shanghai", options.Hosts,
            new("https://openapi.bgcpay.com/"));
        var messages = new BgcPayMessages(http, time, options, Signing);
        Payments = new(messages);
        Orders = new BgcPayQueries(messages);
        Transfers = new BgcPayTransfers(messages);
        Notifications = new BgcPayNotification(Signing);
    }

    /// <inheritdoc/>
    public ProviderDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public ErrorTable Errors => BgcPayErrors.Table;

    /// <inheritdoc/>
    public IReadOnlyList<ProviderSetting> Settings => BgcPayOptions.Settings;

    /// <summary>MD5 both ways: the document has nothing else.</summary>
    public IReadOnlyList<KeyPlan> KeyPlans { get; } = [new(SignatureMode.Md5, [ProviderKeyKind.SharedSecret])];

    /// <inheritdoc/>
    public IMessageSigning Signing { get; } = new BgcPaySigning();

    /// <summary>Creating payments (bgcpay.trade.pay), for integrators.</summary>
    public BgcPayPayments Payments { get; }

    /// <inheritdoc/>
    public IOrderLookup? Orders { get; }

    /// <inheritdoc/>
    public IStatements? Statements => null;

    /// <inheritdoc/>
    public IRefunds? Refunds => null;

    /// <inheritdoc/>
    public ITransfers? Transfers { get; }

    /// <inheritdoc/>
    public INotifications? Notifications { get; }
}
