using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>What is asked for, as far as it matters for who may approve it.</summary>
/// <param name="AccountId">The account whose money it is.</param>
/// <param name="RequesterPersonId">Who asks; null for nobody in particular.</param>
/// <param name="ApproverIds">The persons whom the policy names; empty for everybody with the right.</param>
internal sealed record ApprovalWish(Guid AccountId, Guid? RequesterPersonId, string ApproverIds)
{
    public bool Names(Guid personId) =>
        ApproverIds.Length == 0 || ApproverIds.Contains(personId.ToString("N"), StringComparison.Ordinal);
}

/// <summary>
/// Who could decide at one moment: the rule check that names people before anybody waits for nobody. A team is small,
/// so everybody who holds the right, and every delegation that stands, is read at once.
/// </summary>
internal sealed class Approvers
{
    private static readonly Role[] Reviewing = [.. Roles.Holding(Permission.OperationsApprove)];
    private readonly IReadOnlyList<Grant> grants;
    private readonly IReadOnlyList<Delegation> delegations;
    private readonly DateTimeOffset now;

    private Approvers(IReadOnlyList<Grant> grants, IReadOnlyList<Delegation> delegations, DateTimeOffset now)
    {
        this.grants = grants;
        this.delegations = delegations;
        this.now = now;
    }

    /// <summary>
    /// The people who can decide on an operation of the account now: they hold operations.approve there, its money
    /// right counts already, and they are not the requester.
    /// </summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(
        PortalDb db, Guid accountId, Guid? requesterPersonId, DateTimeOffset now) =>
        (await ReadAsync(db, now)).Names(new(accountId, requesterPersonId, ""));

    /// <summary>The people who can decide on an operation, those whom its policy names where it names any.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(
        PortalDb db, Operations.Operation operation, DateTimeOffset now) => (await ReadAsync(db, now)).Names(
            new(operation.AccountId, operation.RequesterPersonId, operation.ApproverIds));

    public static async Task<Approvers> ReadAsync(PortalDb db, DateTimeOffset now)
    {
        var held =
            from grant in db.Set<RoleGrant>().AsNoTracking()
            join user in db.Set<PortalUser>() on grant.UserId equals user.Id
            join person in db.Set<Person>() on user.PersonId equals person.Id
            where grant.RevokedAt == null && Reviewing.Contains(grant.Role) && user.DisabledAt == null
            select new Grant(person.Id, person.Name, grant.AccountId, grant.MoneyFrom);
        var standing = db.Set<Delegation>().AsNoTracking()
            .Where(row => row.RevokedAt == null && row.From <= now && row.Until > now);
        var open = db.Set<PortalUser>().AsNoTracking().Where(user => user.DisabledAt == null);
        return new(
            await held.ToListAsync(),
            await standing.Where(row => open.Any(user => user.PersonId == row.DelegatePersonId)).ToListAsync(),
            now);
    }

    /// <summary>Everybody who may approve it, delegates included, by name.</summary>
    public IReadOnlyList<string> Names(ApprovalWish wish)
    {
        var own = Own(wish);
        var standIns = delegations.Where(row => own.ContainsKey(row.DelegatorPersonId)
            && row.DelegatePersonId != wish.RequesterPersonId).Select(row => row.DelegateName);
        return [.. own.Values.Concat(standIns).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>How many approvals it could get at most: a delegator and the delegate together are one.</summary>
    public int Most(ApprovalWish wish)
    {
        var own = Own(wish).Keys.ToHashSet();
        var pairs = delegations
            .Where(row => own.Contains(row.DelegatorPersonId) && own.Contains(row.DelegatePersonId))
            .Select(row => (row.DelegatorPersonId, row.DelegatePersonId)).Distinct().ToList();
        return own.Count - Conflicts(pairs);
    }

    /// <summary>The delegations that stand now and let this person approve for somebody.</summary>
    public IEnumerable<Delegation> For(Guid personId) => delegations.Where(row => row.DelegatePersonId == personId);

    /// <summary>The person may approve on the account, in their own name.</summary>
    public bool Holds(Guid personId, Guid accountId) => grants.Any(grant => grant.PersonId == personId
        && grant.MoneyFrom <= now && (grant.AccountId is null || grant.AccountId == accountId));

    /// <summary>The person may approve somewhere, in their own name.</summary>
    public bool HoldsAny(Guid personId) => grants.Any(grant => grant.PersonId == personId && grant.MoneyFrom <= now);

    /// <summary>The accounts a person may approve on; null for all.</summary>
    public IReadOnlyList<Guid>? AccountsOf(Guid personId)
    {
        var held = grants.Where(grant => grant.PersonId == personId && grant.MoneyFrom <= now).ToList();
        return held.Exists(grant => grant.AccountId is null)
            ? null
            : held.ConvertAll(grant => grant.AccountId!.Value);
    }

    /// <summary>From when on a fresh grant lets the person approve on the account; null without one.</summary>
    public DateTimeOffset? FreshFrom(Guid personId, Guid accountId) => grants
        .Where(grant => grant.PersonId == personId && grant.MoneyFrom > now
            && (grant.AccountId is null || grant.AccountId == accountId))
        .Select(grant => (DateTimeOffset?)grant.MoneyFrom).Min();

    /// <summary>Everybody who counts as one with this person while a delegation between them stands.</summary>
    public IEnumerable<Guid> PairedWith(Guid personId) =>
    [
        .. delegations.Where(row => row.DelegatePersonId == personId).Select(row => row.DelegatorPersonId),
        .. delegations.Where(row => row.DelegatorPersonId == personId).Select(row => row.DelegatePersonId),
    ];

    private Dictionary<Guid, string> Own(ApprovalWish wish) => grants
        .Where(grant => grant.PersonId != wish.RequesterPersonId && wish.Names(grant.PersonId)
            && Holds(grant.PersonId, wish.AccountId))
        .DistinctBy(grant => grant.PersonId).ToDictionary(grant => grant.PersonId, grant => grant.Name);

    // The fewest people to leave out so that no two of the rest are a pair. Delegations are few.
    private static int Conflicts(List<(Guid A, Guid B)> pairs)
    {
        if (pairs.Count == 0)
        {
            return 0;
        }

        var (a, b) = pairs[0];
        return 1 + Math.Min(Conflicts(Without(pairs, a)), Conflicts(Without(pairs, b)));
    }

    private static List<(Guid A, Guid B)> Without(List<(Guid A, Guid B)> pairs, Guid person) =>
        pairs.FindAll(pair => pair.A != person && pair.B != person);

    private sealed record Grant(Guid PersonId, string Name, Guid? AccountId, DateTimeOffset MoneyFrom);
}
