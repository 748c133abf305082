namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>This provider's table of contents.</summary>
static class BgcPayServices
{
    public static void AddBgcPay(this IServiceCollection services, BgcPayLedger ledger)
    {
        services.AddSingleton(ledger);
        services.AddSingleton<BgcPayNotification>();
        services.AddSingleton<BgcPayUserQuery>();
        services.AddSingleton<BgcPayTrades>();
        services.AddSingleton<BgcPayTransfers>();
        services.AddSingleton(provider => provider.GetRequiredService<BgcPayUserQuery>().Describe());
        services.AddSingleton(provider => provider.GetRequiredService<BgcPayTrades>().DescribePay());
        services.AddSingleton(provider => provider.GetRequiredService<BgcPayTrades>().DescribeQuery());
        services.AddSingleton(provider => provider.GetRequiredService<BgcPayTransfers>().DescribeTransfer());
        services.AddSingleton(provider => provider.GetRequiredService<BgcPayTransfers>().DescribeQuery());
        services.AddSingleton<BgcPayGateway>();
        services.AddSingleton(provider => provider.GetRequiredService<BgcPayNotification>().Rules());
    }
}
