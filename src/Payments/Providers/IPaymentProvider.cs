using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers;

/// <summary>What a provider is, for lists and pages.</summary>
/// <param name="Key">Short key, used in rows and addresses: "allinpay".</param>
/// <param name="Name">The name people use.</param>
/// <param name="Mark">Two letters for the small square beside it.</param>
/// <param name="Document">Title and version of the document it is built from.</param>
/// <param name="Zone">Time zone of its times and business days, IANA name.</param>
/// <param name="Hosts">The hosts that a live account may speak to, by the document; https only.</param>
/// <param name="Station">Where people look things up at the provider itself.</param>
public sealed record ProviderDescriptor(
    string Key, string Name, string Mark, string Document, string Zone, IReadOnlyList<string> Hosts, Uri Station);

/// <summary>What an interface does, where accounts can switch it on and off.</summary>
public enum ProviderInterface
{
    /// <summary>Refunds and questions about them.</summary>
    Refunds,

    /// <summary>Confirming, cancelling and asking about pre-authorisations.</summary>
    PreAuthorisations,
}

/// <summary>
/// One provider. The parts are null where its document has no such interface; pages and jobs look at the parts and
/// never at the name.
/// </summary>
public interface IPaymentProvider
{
    /// <summary>What it is.</summary>
    ProviderDescriptor Descriptor { get; }

    /// <summary>Its codes.</summary>
    ErrorTable Errors { get; }

    /// <summary>What an account decides where the document leaves it open, in the order of its page.</summary>
    IReadOnlyList<ProviderSetting> Settings => [];

    /// <summary>The ways an account may be signed with, the usual one first.</summary>
    IReadOnlyList<KeyPlan> KeyPlans { get; }

    /// <summary>
    /// The interfaces that no evidence confirms, by <see cref="ProviderInterface"/>: off on live accounts until two
    /// people switch them on.
    /// </summary>
    IReadOnlyList<ProviderInterface> Unconfirmed => [];

    /// <summary>
    /// Beyond this difference between its clock and ours the provider refuses questions; null where the document names
    /// none.
    /// </summary>
    TimeSpan? ClockTolerance => null;

    /// <summary>The signing rules, by interface.</summary>
    IMessageSigning Signing { get; }

    /// <summary>Asking about single orders.</summary>
    IOrderLookup? Orders { get; }

    /// <summary>Lists of paid orders.</summary>
    IStatements? Statements { get; }

    /// <summary>Refunds.</summary>
    IRefunds? Refunds { get; }

    /// <summary>Pre-authorisations.</summary>
    IPreAuthorisations? PreAuthorisations => null;

    /// <summary>Transfers.</summary>
    ITransfers? Transfers => null;

    /// <summary>Cards.</summary>
    ICards? Cards => null;

    /// <summary>Notifications.</summary>
    INotifications? Notifications { get; }
}
