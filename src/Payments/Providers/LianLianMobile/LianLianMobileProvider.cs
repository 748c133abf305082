using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// LianLian mobile (Yintong), SDK merchant interface v2.2: signed parameters for the merchant's app, notifications,
/// queries, cards, refunds and pre-authorisations. What is confirmed and what is not stands in the README beside this
/// file.
/// </summary>
public sealed class LianLianMobileProvider : IPaymentProvider
{
    /// <summary>Builds the provider.</summary>
    /// <param name="http">The only sender.</param>
    /// <param name="time">The clock of questions and of certificates checked.</param>
    /// <param name="options">Paths and hosts; the document's own when left out.</param>
    public LianLianMobileProvider(ProviderHttp http, TimeProvider time, LianLianMobileOptions? options = null)
    {
        options ??= new();
        var messages = new LianLianMobileMessages(http, time);
        Descriptor = new(
            "lianlian-mobile", "LianLian mobile", "LM", "LianLian Pay mobile SDK merchant interface v2.2",
            "Asia/Shanghai", options.Hosts, new("https://yintong.com.cn/merchant/"));
        Orders = new LianLianMobileQueries(messages, options);
        Refunds = new LianLianMobileRefunds(messages, options);
        PreAuthorisations = new LianLianMobilePreAuths(messages, options);
        Cards = new LianLianMobileCards(messages, options);
        Notifications = new LianLianMobileNotification(time);
        Payments = new(time);
    }

    /// <summary>Signed parameters for the merchant's app, and the results that its SDK gives back.</summary>
    public LianLianMobilePayments Payments { get; }

    /// <inheritdoc/>
    public ProviderDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public ErrorTable Errors => LianLianMobileErrors.Table;

    /// <inheritdoc/>
    public IReadOnlyList<ProviderSetting> Settings => LianLianMobileOptions.Settings;

    /// <summary>One of the two ways for everything, as the merchant chose it at LianLian.</summary>
    public IReadOnlyList<KeyPlan> KeyPlans { get; } =
    [
        new(SignatureMode.Rsa, [ProviderKeyKind.SigningPrivate, ProviderKeyKind.ProviderPublic]),
        new(SignatureMode.Md5, [ProviderKeyKind.SharedSecret]),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<ProviderInterface> Unconfirmed { get; } =
        [ProviderInterface.Refunds, ProviderInterface.PreAuthorisations];

    /// <inheritdoc/>
    public IMessageSigning Signing { get; } = new LianLianMobileSigning();

    /// <inheritdoc/>
    public IOrderLookup? Orders { get; }

    /// <summary>None: what was paid in a day comes as a file.</summary>
    public IStatements? Statements => null;

    /// <inheritdoc/>
    public IRefunds? Refunds { get; }

    /// <inheritdoc/>
    public IPreAuthorisations? PreAuthorisations { get; }

    /// <inheritdoc/>
    public ICards? Cards { get; }

    /// <inheritdoc/>
    public INotifications? Notifications { get; }
}
