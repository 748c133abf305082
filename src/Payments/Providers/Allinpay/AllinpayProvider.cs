using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Allinpay, mobile payment control v2.7: the app's order, notifications, single and batch query, refund and refund
/// query, pre-authorisations. What is confirmed and what is not stands in the README beside this file.
/// </summary>
public sealed class AllinpayProvider : IPaymentProvider
{
    /// <summary>Builds the provider.</summary>
    /// <param name="http">The only sender.</param>
    /// <param name="time">The clock of times sent and certificates checked.</param>
    /// <param name="options">Paths and versions; the document's own when left out.</param>
    public AllinpayProvider(ProviderHttp http, TimeProvider time, AllinpayOptions? options = null)
    {
        options ??= new();
        var messages = new AllinpayMessages(http, time);
        Descriptor = new(
            "allinpay", "Allinpay", "AP", "Allinpay mobile payment control v2.7", "Asia/Shanghai", options.Hosts,
            new("https://service.allinpay.com/"));
        Orders = new AllinpayQueries(messages, options);
        Statements = new AllinpayBatch(messages, options);
        Refunds = new AllinpayRefunds(messages, options);
        Notifications = new AllinpayNotification(time);
        PreAuthorisations = new AllinpayPreAuths(messages, options);
        Payments = new(options);
    }

    /// <inheritdoc/>
    public ProviderDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public ErrorTable Errors => AllinpayErrors.Table;

    /// <inheritdoc/>
    public IReadOnlyList<ProviderSetting> Settings => HoldTimes.PerScheme;

    /// <summary>What we send carries MD5 either way; only the answers may have a certificate (5.1, 5.3).</summary>
    public IReadOnlyList<KeyPlan> KeyPlans { get; } =
    [
        new(SignatureMode.Rsa, [ProviderKeyKind.SharedSecret, ProviderKeyKind.ProviderPublic]),
        new(SignatureMode.Md5, [ProviderKeyKind.SharedSecret]) { Also = [ProviderKeyKind.ProviderPublic] },
    ];

    /// <summary>queryDatetime may be fifteen minutes off, no more.</summary>
    public TimeSpan? ClockTolerance { get; } = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public IMessageSigning Signing { get; } = new AllinpaySigning();

    /// <inheritdoc/>
    public IOrderLookup? Orders { get; }

    /// <inheritdoc/>
    public IStatements? Statements { get; }

    /// <inheritdoc/>
    public IRefunds? Refunds { get; }

    /// <inheritdoc/>
    public INotifications? Notifications { get; }

    /// <inheritdoc/>
    public IPreAuthorisations? PreAuthorisations { get; }

    /// <summary>Nobody has published a signed answer of a pre-authorisation.</summary>
    public IReadOnlyList<ProviderInterface> Unconfirmed { get; } = [ProviderInterface.PreAuthorisations];

    /// <summary>Signs orders for the merchant's app (section 2.1).</summary>
    public AllinpayPayments Payments { get; }
}
