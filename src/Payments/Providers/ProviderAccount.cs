using System.Collections.Frozen;
using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers;

/// <summary>How a provider signs what it sends to an account. Pinned by us, never taken from a message.</summary>
public enum SignatureMode
{
    /// <summary>MD5 with the shared key.</summary>
    Md5,

    /// <summary>RSA with the provider's key or certificate.</summary>
    Rsa,
}

/// <summary>
/// Something that a document leaves open and an account decides, with the default that evidence speaks for.
/// </summary>
/// <param name="Key">Short key, such as "version-segment".</param>
/// <param name="Default">The value of accounts that do not say otherwise.</param>
/// <param name="Choices">The values it may have; empty where any text will do.</param>
/// <param name="Confirmed">Whether evidence confirms the default; false is said on the account's page.</param>
public sealed record ProviderSetting(string Key, string Default, IReadOnlyList<string> Choices, bool Confirmed);

/// <summary>A merchant's account at a provider, as far as speaking the protocol needs it.</summary>
public sealed record ProviderAccount
{
    /// <summary>The provider's number for the merchant.</summary>
    public required string MerchantId { get; init; }

    /// <summary>Where the provider listens: scheme, host and port; the paths are the interface's own.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>How the provider signs towards this account.</summary>
    public required SignatureMode AnswerSignature { get; init; }

    /// <summary>Further origins of the same provider, where its interfaces lie on several hosts.</summary>
    public IReadOnlyList<Uri> OtherAddresses { get; init; } = [];

    /// <summary>
    /// What the account decides where a document leaves it open, by <see cref="ProviderSetting.Key"/>. A key that is
    /// missing has the setting's default.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The currencies the account takes; an order in another one is not believed.</summary>
    public required IReadOnlyList<Currency> Currencies { get; init; }

    /// <summary>
    /// The only origin that plain http and loopback are allowed for: the Sandbox this process was started with.
    /// Null on a live account, always.
    /// </summary>
    public Uri? SandboxAddress { get; init; }
}
