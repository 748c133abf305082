using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Portal;

/// <summary>The providers this product speaks to; a fifth one is one line here.</summary>
internal static class Providers
{
    public static ProviderCatalog Catalog(ProviderHttp http, TimeProvider time) => new(
        new Payments.Providers.Allinpay.AllinpayProvider(http, time));

    /// <summary>The signing rules by provider, for whoever sends nothing.</summary>
    public static IReadOnlyDictionary<string, IMessageSigning> Signing { get; } = ReadSigning();

    private static Dictionary<string, IMessageSigning> ReadSigning()
    {
        using var closed = ProviderHttp.Create(TimeProvider.System);
        return Catalog(closed, TimeProvider.System).All
            .ToDictionary(provider => provider.Descriptor.Key, provider => provider.Signing);
    }
}
