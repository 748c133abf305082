using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;

namespace MerchantPortal.Harness.Kinds;

/// <summary>Merchants of a Sandbox that remembers nothing: what comes again is done again and counted.</summary>
internal static class Merchants
{
    private const string Key = "harness-key-0001";

    public static Task<Account> AllinpayAsync(Bench bench, string merchant) => OpenAsync(
        bench, "allinpay", merchant, "CNY", $"/control/allinpay/merchants/{merchant}",
        new { md5Key = Key, redoesRepeats = true });

    public static Task<Account> LianLianMobileAsync(Bench bench, string merchant) => OpenAsync(
        bench, "lianlian-mobile", merchant, "CNY", $"/control/lianlian-mobile/merchants/{merchant}",
        new { signType = "MD5", md5Key = Key, redoesRepeats = true });

    /// <summary>BGCPay knows a number again, as its document promises; the same-number repeat lives by it.</summary>
    public static Task<Account> BgcPayAsync(Bench bench, string merchant) => OpenAsync(
        bench, "bgcpay", merchant, "USDT", $"/control/bgcpay/apps/{merchant}",
        new { md5Key = Key, balances = new Dictionary<string, long> { ["USDT"] = 1_000_000_000_000L } });

    private static async Task<Account> OpenAsync(
        Bench bench, string provider, string merchant, string currency, string path, object there)
    {
        await bench.Sandbox.SendAsync(HttpMethod.Put, path, there);
        return await bench.AddAccountAsync(new AccountForm
        {
            Name = $"{provider} {merchant}", Provider = provider, MerchantId = merchant,
            Mode = AccountMode.Rehearsal, AnswerSignature = SignatureMode.Md5, Currencies = currency, Md5Key = Key,
        });
    }
}
