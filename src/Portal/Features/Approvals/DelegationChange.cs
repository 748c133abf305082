using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>A delegation as it is wished for: it gives somebody the right to approve.</summary>
/// <param name="DelegatorPersonId">Whose place it is.</param>
/// <param name="DelegatePersonId">Who may take it.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
public sealed record DelegationTerms(
    Guid DelegatorPersonId, Guid DelegatePersonId, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Why a delegation cannot be. Each is a text's key.</summary>
public enum DelegationFault
{
    Oneself,
    TimesWrong,
    TooLong,
    DelegatorHasNoRight,
    NoSuchPerson,
    RulesOverPeople,
    AnotherStands,
}

/// <summary>What a delegation does, once a second person has agreed to it, and how it ends.</summary>
public sealed class DelegationChanges(IDbContextFactory<PortalDb> factory)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Why it cannot be as things stand; null when it can.</summary>
    public static async Task<DelegationFault?> FaultAsync(PortalDb db, DelegationTerms terms, DateTimeOffset now)
    {
        var approvers = await Approvers.ReadAsync(db, now);
        var roles = await db.Set<RoleGrant>().Where(row => row.RevokedAt == null
            && db.Users.Any(user => user.Id == row.UserId && user.PersonId == terms.DelegatePersonId))
            .Select(row => row.Role).ToListAsync();
        return terms.DelegatorPersonId == terms.DelegatePersonId ? DelegationFault.Oneself
            : terms.Until <= terms.From || terms.Until <= now ? DelegationFault.TimesWrong
            : terms.Until - terms.From > Longest ? DelegationFault.TooLong
            : !approvers.HoldsAny(terms.DelegatorPersonId) ? DelegationFault.DelegatorHasNoRight
            : !await db.Set<PortalUser>().AnyAsync(user =>
                user.PersonId == terms.DelegatePersonId && user.DisabledAt == null) ? DelegationFault.NoSuchPerson
            : Roles.Conflict(roles.Append(Role.Reviewer)) ? DelegationFault.RulesOverPeople
            : await db.Set<Delegation>().AnyAsync(row => row.RevokedAt == null && row.Until > now
                && row.DelegatorPersonId == terms.DelegatorPersonId
                && row.From < terms.Until && row.Until > terms.From) ? DelegationFault.AnotherStands
            : null;
    }

    /// <summary>Does it, in the transaction of the person who agrees.</summary>
    /// <returns>False when it cannot be any more: nothing of the commit must stay then.</returns>
    public static async Task<bool> ApplyAsync(Commit commit, DelegationTerms terms)
    {
        if (await FaultAsync(commit.Db, terms, commit.Now) is not null)
        {
            return false;
        }

        var names = await commit.Db.Set<Person>().AsNoTracking()
            .Where(row => row.Id == terms.DelegatorPersonId || row.Id == terms.DelegatePersonId)
            .ToDictionaryAsync(row => row.Id, row => row.Name);
        var row = new Delegation
        {
            Id = Guid.CreateVersion7(),
            DelegatorPersonId = terms.DelegatorPersonId,
            DelegatorName = names[terms.DelegatorPersonId],
            DelegatePersonId = terms.DelegatePersonId,
            DelegateName = names[terms.DelegatePersonId],
            From = terms.From,
            Until = terms.Until,
            AddedAt = commit.Now,
            AddedBy = commit.Actor.Name,
        };
        commit.Db.Add(row);
        commit.Audit($"delegation {row.Id:N}", new { row.DelegatorName, row.DelegateName, row.From, row.Until });
        commit.Changed("policy", row.Id);
        return true;
    }

    /// <summary>Ends a delegation at once. Each of the two may, and whoever manages the policies.</summary>
    /// <returns>False when there is none that stands, or the actor may not.</returns>
    public async Task<bool> RevokeAsync(Actor actor, Guid id)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(actor, "delegation.revoke", async commit =>
        {
            var subject = $"delegation {id:N}";
            var row = await db.Set<Delegation>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id);
            var may = row is not null && (commit.Rights.Allows(Permission.PoliciesManage)
                || (commit.Rights.Allows(Permission.PoliciesRead)
                    && (row.DelegatorPersonId == actor.PersonId || row.DelegatePersonId == actor.PersonId)));
            if (!may)
            {
                return commit.Refuse(false, subject, "not theirs");
            }

            var rows = await db.Set<Delegation>().Where(found => found.Id == id && found.RevokedAt == null)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(found => found.RevokedAt, commit.Now)
                    .SetProperty(found => found.RevokedBy, actor.Name));
            if (rows == 0)
            {
                return commit.Refuse(false, subject, "ended before");
            }

            commit.Audit(subject, new { row!.DelegatorName, row.DelegateName });
            commit.Changed("policy", id);
            return true;
        });
    }
}
