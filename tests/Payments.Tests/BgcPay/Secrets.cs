using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.BgcPay;

/// <summary>Looks for what a transcript must not hold.</summary>
internal static class Secrets
{
    /// <summary>The parts of a transcript that hold a secret; empty when none does.</summary>
    public static IEnumerable<string> Leak(Transcript transcript, BgcPayBench bench)
    {
        var signatures = bench.Addresses.SelectMany(address => address.Query.Split('&'))
            .Where(part => part.StartsWith("sign=", StringComparison.Ordinal)).Select(part => part[5..]);
        string[] forbidden =
        [
            .. signatures, BgcPayBench.Secret, BgcPayBench.Application, BgcPayBench.Payee, "test@gmail.com",
            "te*@gmail.com", "201905代发", "wages/May",
        ];
        return new[] { transcript.Address, transcript.ShownRequest, transcript.ShownAnswer, transcript.Interface }
            .Where(shown => forbidden.Any(secret => shown.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }
}
