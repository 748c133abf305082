using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>The provider does not know it, so it must have failed.</summary>
public sealed class NotFoundIsFailed : IPlantedBug
{
    public string Name => "not-found-is-failed";

    public void Plant(IServiceCollection services) => BentProvider.Plant(services, inner => new(inner)
    {
        Answer = (refund, answer) => answer is QueryAnswer<RefundFacts>.NotFound
            ? new QueryAnswer<RefundFacts>.Told(
                answer.Transcript, new(refund.RefundNumber, refund.Amount, RefundState.Failed, "none", null))
            : answer,
    });
}
