using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>The send goes out, and only afterwards is it written down that it did.</summary>
public sealed class ClaimNotRecorded : IPlantedBug
{
    public string Name => "claim-not-recorded";

    public void Plant(IServiceCollection services) =>
        services.AddSingleton<IInterceptor>(new BentCommit("operation.claim", """
            DELETE FROM attempts;
            UPDATE operations SET "State" = 'Ready', "Attempts" = 0 WHERE "State" = 'Sending'
            """));
}
