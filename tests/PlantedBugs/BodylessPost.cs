using MerchantPortal.Payments.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>
/// The parameters travel in the address and the body is left out, on connections that are kept: where the other side
/// drops one, .NET sends such a request again by itself.
/// </summary>
public sealed class BodylessPost : IPlantedBug
{
    public string Name => "bodyless-post";

    public void Plant(IServiceCollection services) => services.AddSingleton(provider =>
    {
        var handler = ProviderConnections.CreateHandler();
        handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan;
        return new ProviderHttp(
            new InTheAddress { InnerHandler = handler }, provider.GetRequiredService<TimeProvider>(),
            ProviderHttpLimits.Default);
    });

    private sealed class InTheAddress : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } content)
            {
                request.RequestUri = new UriBuilder(request.RequestUri!)
                {
                    Query = Uri.EscapeDataString(await content.ReadAsStringAsync(cancellationToken)),
                }.Uri;
                request.Content = null;
            }

            request.Headers.ConnectionClose = false;
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
