using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>A change of the demo that waits for its second person: the finance lead finds it in the list.</summary>
internal static class DemoChanges
{
    public static async Task ProposeAsync(IServiceProvider services, Actor admin, string email)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var user = await db.Users.AsNoTracking().Where(row => row.Email == email).Select(row => row.Id).SingleAsync();
        var proposed = await services.GetRequiredService<ChangeCommands>().ProposeAsync(admin, new(
            Guid.CreateVersion7(), RoleGrantChange.Word, ChangeJson.Write(new GrantTerms(user, Role.Clerk)),
            "Covers for Chen Wei over the holidays. 假期代班。"));
        if (proposed is not Proposed.Done)
        {
            throw new InvalidOperationException($"The demo change was refused: {proposed}.");
        }
    }
}
