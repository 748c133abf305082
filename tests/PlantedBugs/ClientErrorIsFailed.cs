using MerchantPortal.Payments.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>The caller is at fault in every answer of 400 to 499, so nothing was done.</summary>
public sealed class ClientErrorIsFailed : IPlantedBug
{
    public string Name => "client-error-is-failed";

    public void Plant(IServiceCollection services) => BentProvider.Plant(services, inner => new(inner)
    {
        Outcome = outcome => outcome is ProviderOutcome.Unknown
        { Transcript.Status: >= 400 and < 500 } unknown
            ? new ProviderOutcome.Refused(unknown.Transcript, unknown.Error)
            : outcome,
    });
}
