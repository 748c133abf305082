using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>
/// LianLian Global, payment gateway v2.6.0: payments, payment query and notifications by the document; refunds by the
/// third version's clients. What is confirmed and what is not stands in the README beside this file.
/// </summary>
public sealed class LianLianGlobalProvider : IPaymentProvider
{
    /// <summary>Builds the provider.</summary>
    /// <param name="http">The only sender.</param>
    /// <param name="time">The clock of times sent and certificates checked.</param>
    /// <param name="options">Hosts; the document's own when left out.</param>
    public LianLianGlobalProvider(ProviderHttp http, TimeProvider time, LianLianGlobalOptions? options = null)
    {
        options ??= new();
        var messages = new LianLianGlobalMessages(http, time, Signing);
        Descriptor = new(
            "lianlian-global", "LianLian Global", "LG", "LianLian Global payment gateway v2.6.0", "Asia/Hong_Kong",
            options.Hosts, new("https://gpapi.lianlianpay.com/"));
        Orders = new LianLianGlobalQueries(messages);
        Refunds = new LianLianGlobalRefunds(messages);
        Notifications = new LianLianGlobalNotification(time);
    }

    /// <inheritdoc/>
    public ProviderDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public ErrorTable Errors => LianLianGlobalErrors.WithStates;

    /// <inheritdoc/>
    public IReadOnlyList<ProviderSetting> Settings => LianLianGlobalOptions.Settings;

    /// <summary>RSA both ways (2.2).</summary>
    public IReadOnlyList<KeyPlan> KeyPlans { get; } =
        [new(SignatureMode.Rsa, [ProviderKeyKind.SigningPrivate, ProviderKeyKind.ProviderPublic])];

    /// <summary>The document has states and codes of refunds, and no interface for them.</summary>
    public IReadOnlyList<ProviderInterface> Unconfirmed { get; } = [ProviderInterface.Refunds];

    /// <inheritdoc/>
    public IMessageSigning Signing { get; } = new LianLianGlobalSigning();

    /// <inheritdoc/>
    public IOrderLookup? Orders { get; }

    /// <inheritdoc/>
    public IStatements? Statements => null;

    /// <inheritdoc/>
    public IRefunds? Refunds { get; }

    /// <inheritdoc/>
    public INotifications? Notifications { get; }
}
