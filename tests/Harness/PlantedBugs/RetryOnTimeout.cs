using MerchantPortal.Payments.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>What a resilience library does by default: no answer in time, so the request goes out once more.</summary>
public sealed class RetryOnTimeout : IPlantedBug
{
    public string Name => "retry-on-timeout";

    public void Plant(IServiceCollection services) => services.AddSingleton(provider =>
    {
        var time = provider.GetRequiredService<TimeProvider>();
        return new ProviderHttp(
            new Again(time) { InnerHandler = ProviderConnections.CreateHandler() }, time, ProviderHttpLimits.Default);
    });

    private sealed class Again(TimeProvider time) : DelegatingHandler
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is null)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            var body = await request.Content.ReadAsByteArrayAsync(cancellationToken);
            try
            {
                using var patience = new CancellationTokenSource(Patience, time);
                using var either =
                    CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
                return await base.SendAsync(Copy(request, body), either.Token);
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                return await base.SendAsync(Copy(request, body), cancellationToken);
            }
        }

        private static HttpRequestMessage Copy(HttpRequestMessage request, byte[] body)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri)
            {
                Content = new ByteArrayContent(body), Version = request.Version, VersionPolicy = request.VersionPolicy,
            };
            copy.Options.Set(
                ProviderConnections.AccountOption,
                request.Options.TryGetValue(ProviderConnections.AccountOption, out var account) ? account : null!);
            foreach (var (name, values) in request.Headers)
            {
                copy.Headers.TryAddWithoutValidation(name, values);
            }

            copy.Content.Headers.ContentType = request.Content!.Headers.ContentType;
            return copy;
        }
    }
}
