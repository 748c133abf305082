using MerchantPortal.Payments.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Everything is told in the address, and the stack repeats such a request by itself.</summary>
public sealed class PostWithoutBody : IPlantedBug
{
    public string Name => "post-without-body";

    public void Plant(IServiceCollection services) => services.AddSingleton(provider => new ProviderHttp(
        new Bodyless { InnerHandler = ProviderConnections.CreateHandler() },
        provider.GetRequiredService<TimeProvider>(), ProviderHttpLimits.Default));

    private sealed class Bodyless : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } content)
            {
                // The body is asked for, as it would be to put it into the address; then it is left out.
                await content.ReadAsByteArrayAsync(cancellationToken);
                request.Content = null;
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
