using System.Collections.Frozen;

namespace MerchantPortal.Payments.Providers;

/// <summary>The providers this product knows, by key.</summary>
public sealed class ProviderCatalog
{
    private readonly FrozenDictionary<string, IPaymentProvider> byKey;

    /// <summary>Builds a catalogue.</summary>
    public ProviderCatalog(params IEnumerable<IPaymentProvider> providers)
    {
        All = [.. providers];
        byKey = All.ToFrozenDictionary(provider => provider.Descriptor.Key);
    }

    /// <summary>All of them, in the order of menus.</summary>
    public IReadOnlyList<IPaymentProvider> All { get; }

    /// <summary>A provider by the key that a row of ours names.</summary>
    /// <exception cref="KeyNotFoundException">No provider has the key.</exception>
    public IPaymentProvider Get(string key) => byKey[key];
}
