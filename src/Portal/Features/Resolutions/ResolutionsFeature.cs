using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Shell;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>What people settle where no question can, two at a time, and the watch over what they found.</summary>
public static class ResolutionsFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Resolutions",
        Services = services => services
            .AddSingleton<ResolutionPolicy>()
            .AddSingleton<IChange, ResolveOperation>()
            .AddSingleton<IChange, ThirdPersonChange>()
            .AddSingleton<EarlyRequest>()
            .AddSingleton<IChange>(provider => provider.GetRequiredService<EarlyRequest>())
            .AddSingleton<VerdictWatch>()
            .AddSingleton<OpenFigures>()
            .AddScoped<AttentionQueries>()
            .AddScoped<SettleQueries>()
            .AddScoped<ResolutionWords>()
            .AddHostedService<VerdictWorker>(),
        Endpoints = OpenFigures.Map,
    };
}
