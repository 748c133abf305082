namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>This provider's table of contents.</summary>
static class AllinpayServices
{
    public static void AddAllinpay(this IServiceCollection services, AllinpayLedger ledger)
    {
        services.AddSingleton(ledger);
        services.AddSingleton<AllinpayNotification>();
        services.AddSingleton<RefundInterface>();
        services.AddSingleton<RefundQueryInterface>();
        services.AddSingleton<OrderQueryInterface>();
        services.AddSingleton<BatchQueryInterface>();
        services.AddSingleton<PreAuthInterfaces>();
        services.AddSingleton(provider => provider.GetRequiredService<RefundInterface>().Describe());
        services.AddSingleton(provider => provider.GetRequiredService<RefundQueryInterface>().Describe());
        services.AddSingleton(provider => provider.GetRequiredService<OrderQueryInterface>().Describe());
        services.AddSingleton(provider => provider.GetRequiredService<BatchQueryInterface>().Describe());
        services.AddSingleton(provider => provider.GetRequiredService<PreAuthInterfaces>().DescribeCancel());
        services.AddSingleton(provider => provider.GetRequiredService<PreAuthInterfaces>().DescribeConfirm());
        services.AddSingleton<AllinpaySdk>();
        services.AddSingleton<AllinpayGateway>();
        services.AddSingleton(provider => provider.GetRequiredService<AllinpayNotification>().Rules());
    }
}
