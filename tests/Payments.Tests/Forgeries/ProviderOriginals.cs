using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>The genuine messages of each provider, under every way of signing that accounts have.</summary>
internal static class ProviderOriginals
{
    public static async Task<Originals> AllinpayAsync() => new(
        "allinpay",
        [
            .. await new AllinpayOriginals(SignatureMode.Md5).AllAsync(),
            .. await new AllinpayOriginals(SignatureMode.Rsa).AllAsync(),
        ]);

    public static async Task<Originals> LianLianGlobalAsync() =>
        new("lianlian-global", await new LianLianGlobalOriginals().AllAsync());

    public static async Task<Originals> LianLianMobileAsync() => new(
        "lianlian-mobile",
        [
            .. await new LianLianMobileOriginals(SignatureMode.Md5).AllAsync(),
            .. await new LianLianMobileOriginals(SignatureMode.Rsa).AllAsync(),
        ]);

    public static async Task<Originals> BgcPayAsync() => new(
        "bgcpay",
        [
            .. await new BgcPayOriginals(ampKey: false).AllAsync(),
            .. await new BgcPayOriginals(ampKey: true).AllAsync(),
        ]);
}
