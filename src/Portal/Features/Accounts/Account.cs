using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>Whether an account moves real money. Fixed when the account is made.</summary>
public enum AccountMode
{
    Live,
    Rehearsal,
}

/// <summary>A merchant account at a provider.</summary>
public sealed class Account
{
    public Guid Id { get; init; }

    /// <summary>What the team calls it: "HK store".</summary>
    public string Name { get; set; } = "";

    /// <summary>Key of the provider in the catalogue.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The provider's number for the merchant.</summary>
    public string MerchantId { get; init; } = "";

    public AccountMode Mode { get; init; }

    /// <summary>Origin the provider listens on; empty on rehearsal accounts, which speak to the Sandbox only.</summary>
    public string BaseAddress { get; init; } = "";

    public SignatureMode AnswerSignature { get; init; }

    /// <summary>Currency codes the account takes, the usual one first, parted by blanks.</summary>
    public string Currencies { get; init; } = "";

    /// <summary>The unguessable part of the account's notification address.</summary>
    public string InboundKey { get; init; } = "";

    /// <summary>Further origins of the provider, parted by blanks; empty on rehearsal accounts.</summary>
    public string OtherAddresses { get; init; } = "";

    /// <summary>What the account decides where the document leaves it open: a JSON object.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>Unconfirmed interfaces that two people switched on, by name and parted by blanks.</summary>
    public string SwitchedOn { get; set; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Whether an interface may be used: always where evidence confirms it and in a rehearsal, else once it was
    /// switched on.
    /// </summary>
    public bool IsOn(IPaymentProvider provider, ProviderInterface part) =>
        Mode == AccountMode.Rehearsal || !provider.Unconfirmed.Contains(part)
            || SwitchedOn.Split(' ').Contains(part.ToString());

    public IReadOnlyList<string> OtherAddressList =>
        OtherAddresses.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyDictionary<string, string> SettingList =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Settings)
            ?? throw new InvalidOperationException("The settings of an account are empty.");

    public IReadOnlyList<Currency> CurrencyList => [.. Currencies.Split(' ').Select(CurrencyTable.Get)];
}

/// <summary>One version of one key of an account. Secrets are stored only inside their envelope.</summary>
public sealed class AccountKey
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public KeyUsage Usage { get; init; }
    public int Version { get; init; }

    /// <summary>First digits of SHA-256 of the key.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The envelope; for a public key the key itself in DER.</summary>
    public byte[] Content { get; init; } = [];

    /// <summary>Keyed digest of a public key, which is stored in clear; empty for enveloped secrets.</summary>
    public byte[] Mac { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset? RetiredAt { get; set; }
}
