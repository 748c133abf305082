using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal;

/// <summary>The providers this product speaks to; a fifth one is one line here.</summary>
internal static class Providers
{
    public static ProviderCatalog Catalog(ProviderHttp http, TimeProvider time) => new(
        new Payments.Providers.Allinpay.AllinpayProvider(http, time));
}
