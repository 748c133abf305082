using MerchantPortal.Payments.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>What the provider took on counts as done.</summary>
public sealed class AcceptedIsDone : IPlantedBug
{
    public string Name => "accepted-is-done";

    public void Plant(IServiceCollection services) => BentProvider.Plant(services, inner => new(inner)
    {
        Outcome = outcome => outcome is ProviderOutcome.Accepted
            ? new ProviderOutcome.Done(outcome.Transcript)
            : outcome,
    });
}
