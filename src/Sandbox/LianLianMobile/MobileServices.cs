namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>This provider's table of contents.</summary>
static class MobileServices
{
    public static void AddLianLianMobile(this IServiceCollection services, MobileLedger ledger)
    {
        services.AddSingleton(ledger);
        services.AddSingleton<MobileAnswers>();
        services.AddSingleton<MobileQueries>();
        services.AddSingleton<MobileRefunds>();
        services.AddSingleton<MobilePreAuths>();
        services.AddSingleton<MobileNotification>();
        services.AddSingleton<MobileSdk>();
        services.AddSingleton<MobileSettlement>();
        services.AddSingleton<MobileGateway>();
        services.AddSingleton(provider => provider.GetRequiredService<MobileNotification>().Rules());
    }
}
