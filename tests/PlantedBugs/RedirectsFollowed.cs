using MerchantPortal.Payments.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>The request goes wherever the answer points, with its body.</summary>
public sealed class RedirectsFollowed : IPlantedBug
{
    public string Name => "redirects-followed";

    public void Plant(IServiceCollection services) => services.AddSingleton(provider =>
    {
        var handler = ProviderConnections.CreateHandler();
        handler.AllowAutoRedirect = true;
        return new ProviderHttp(
            new Buffered { InnerHandler = handler }, provider.GetRequiredService<TimeProvider>(),
            ProviderHttpLimits.Default);
    });

    /// <summary>A body that can be read twice, as most are.</summary>
    private sealed class Buffered : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } once)
            {
                request.Content = new ByteArrayContent(await once.ReadAsByteArrayAsync(cancellationToken));
                request.Content.Headers.ContentType = once.Headers.ContentType;
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
