using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>Who could decide: the rule check that names people before anybody waits for nobody.</summary>
internal static class Approvers
{
    private static readonly Role[] Reviewing = [.. Roles.Holding(Permission.OperationsApprove)];

    /// <summary>
    /// The people who can decide on a refund of the account now: they hold operations.approve there, its money right
    /// counts already, and they are not the requester.
    /// </summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(
        PortalDb db, Guid accountId, Guid? requesterPersonId, DateTimeOffset now)
    {
        var users = db.Set<RoleGrant>().AsNoTracking()
            .Where(grant => grant.RevokedAt == null && grant.MoneyFrom <= now && Reviewing.Contains(grant.Role)
                && (grant.AccountId == null || grant.AccountId == accountId))
            .Select(grant => grant.UserId);
        var people = db.Set<PortalUser>().AsNoTracking()
            .Where(user => user.DisabledAt == null && users.Contains(user.Id) && user.PersonId != requesterPersonId)
            .Select(user => user.PersonId);
        return await db.Set<Person>().AsNoTracking().Where(person => people.Contains(person.Id))
            .Select(person => person.Name).Distinct().OrderBy(name => name).ToListAsync();
    }
}
