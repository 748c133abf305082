namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>This provider's table of contents.</summary>
static class LianLianGlobalServices
{
    public static void AddLianLianGlobal(this IServiceCollection services, LianLianGlobalLedger ledger)
    {
        services.AddSingleton(ledger);
        services.AddSingleton<PaymentInterfaces>();
        services.AddSingleton<RefundInterfaces>();
        services.AddSingleton<LianLianGlobalNotification>();
        services.AddSingleton<LianLianGlobalGateway>();
        services.AddSingleton(provider => provider.GetRequiredService<LianLianGlobalNotification>().Rules());
    }
}
