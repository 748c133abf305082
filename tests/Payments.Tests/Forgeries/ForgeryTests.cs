using System.Diagnostics;
using System.Globalization;
using MerchantPortal.Payments.Providers;
using Xunit.Abstractions;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Runs the forgeries of one provider: PORTAL_FORGERIES of them, from PORTAL_SEED.</summary>
internal static class ForgeryTrial
{
    private const ulong Fixed = 20261121;

    public static async Task HoldsAsync(Originals originals, ITestOutputHelper output)
    {
        var seed = Setting("PORTAL_SEED", Fixed);
        var watch = Stopwatch.StartNew();
        var count = await new ForgeryRun(originals, seed).RunAsync((long)Setting("PORTAL_FORGERIES", 20_000));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{originals.Provider}: {count.Refused} forgeries refused, {count.Harmless} harmless respellings, "
            + $"{watch.Elapsed.TotalSeconds:0.0} s, seed {seed}"));
        if (count.Through is { } through)
        {
            var file = Crasher.Write(originals.Provider, seed, through);
            Assert.Fail(
                $"{originals.Provider}: forgery {through.Number} of seed {seed} got through: {through.Kind}, "
                + $"{through.Original.Name}. Believed: {through.Verdict}. Genuine: {through.Original.Facts}. "
                + $"It lies in {file}");
        }

        count.Harmless.ShouldBeLessThan(count.Refused * 15 / 100);
    }

    private static ulong Setting(string name, ulong otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}

[Trait("Category", "Forgeries")]
public sealed class AllinpayForgeryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_forgery_of_Allinpay_is_believed() =>
        await ForgeryTrial.HoldsAsync(await ProviderOriginals.AllinpayAsync(), output);
}

[Trait("Category", "Forgeries")]
public sealed class LianLianGlobalForgeryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_forgery_of_LianLian_Global_is_believed() =>
        await ForgeryTrial.HoldsAsync(await ProviderOriginals.LianLianGlobalAsync(), output);
}

[Trait("Category", "Forgeries")]
public sealed class LianLianMobileForgeryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_forgery_of_LianLian_mobile_is_believed() =>
        await ForgeryTrial.HoldsAsync(await ProviderOriginals.LianLianMobileAsync(), output);
}

[Trait("Category", "Forgeries")]
public sealed class BgcPayForgeryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_forgery_of_BGCPay_is_believed() =>
        await ForgeryTrial.HoldsAsync(await ProviderOriginals.BgcPayAsync(), output);
}
