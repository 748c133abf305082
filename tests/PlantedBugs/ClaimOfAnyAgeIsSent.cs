using MerchantPortal.Payments.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Nobody looks at how long ago the claim was made.</summary>
public sealed class ClaimOfAnyAgeIsSent : IPlantedBug
{
    public string Name => "claim-of-any-age-is-sent";

    public void Plant(IServiceCollection services) => BentProvider.Plant(services, inner => new(inner)
    {
        Permit = _ => SendPermit.ForQuestions(TimeProvider.System),
    });
}
