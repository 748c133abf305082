using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Payments.Providers.LianLianGlobal;
using MerchantPortal.Payments.Providers.LianLianMobile;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Portal;

/// <summary>The providers this product speaks to; a fifth one is one line here.</summary>
internal static class Providers
{
    public static ProviderCatalog Catalog(ProviderHttp http, TimeProvider time) => new(
        new LianLianGlobalProvider(http, time),
        new LianLianMobileProvider(http, time),
        new AllinpayProvider(http, time),
        new BgcPayProvider(http, time));

    /// <summary>The signing rules by provider, for whoever sends nothing.</summary>
    public static IReadOnlyDictionary<string, IMessageSigning> Signing { get; } = ReadSigning();

    private static Dictionary<string, IMessageSigning> ReadSigning()
    {
        using var closed = ProviderHttp.Create(TimeProvider.System);
        return Catalog(closed, TimeProvider.System).All
            .ToDictionary(provider => provider.Descriptor.Key, provider => provider.Signing);
    }
}
