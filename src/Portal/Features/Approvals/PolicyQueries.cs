using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>One line of the policy, with what it means for the people of today.</summary>
/// <param name="Id">Its id; empty for what holds where no line fits.</param>
/// <param name="Kind">The kind; null for all.</param>
/// <param name="Provider">The provider's name; empty for all.</param>
/// <param name="From">From which amount; null for any.</param>
/// <param name="Currency">The currency's code; empty for all.</param>
/// <param name="Rule">What it wants.</param>
/// <param name="Named">The persons named; empty for everybody with the right.</param>
/// <param name="Most">How many approvals it could get at most, on the account where it is fewest.</param>
public sealed record TierLine(
    Guid Id, OperationKind? Kind, string Provider, Money? From, string Currency, ApprovalRule Rule,
    IReadOnlyList<string> Named, int Most)
{
    /// <summary>The line as it would be wished for; null for what holds without a line.</summary>
    public TierTerms? Terms { get; init; }

    /// <summary>Nobody, or too few people, could approve what falls under it.</summary>
    public bool IsStuck => Most < Rule.Needed;

    /// <summary>It stands only as long as none of those who can approve asks for it themselves.</summary>
    public bool IsTight => Most == Rule.Needed;
}

/// <summary>One delegation.</summary>
/// <param name="MayRevoke">The actor may end it.</param>
public sealed record DelegationLine(
    Guid Id, string Delegator, string Delegate, DateTimeOffset From, DateTimeOffset Until, bool MayRevoke);

/// <summary>The policy as it stands.</summary>
public sealed record PolicyView
{
    /// <summary>Most specific first; what holds without a line is the last.</summary>
    public required IReadOnlyList<TierLine> Tiers { get; init; }

    /// <summary>Those that stand or will, soonest first.</summary>
    public required IReadOnlyList<DelegationLine> Delegations { get; init; }

    /// <summary>How many operations wait for approval.</summary>
    public required int Waiting { get; init; }

    /// <summary>Those of them that too few people can approve.</summary>
    public required IReadOnlyList<StuckLine> Stuck { get; init; }

    /// <summary>The actor may propose a change of the lines.</summary>
    public required bool MayPropose { get; init; }

    /// <summary>The actor approves, and so may name a delegate.</summary>
    public required bool MayDelegate { get; init; }

    /// <summary>What a line can be narrowed to.</summary>
    public required IReadOnlyList<(string Key, string Name)> Providers { get; init; }
    public required IReadOnlyList<string> Currencies { get; init; }

    /// <summary>Everybody who may approve somewhere.</summary>
    public required IReadOnlyList<(Guid Id, string Name)> Reviewers { get; init; }

    /// <summary>Everybody whom the actor can name as delegate.</summary>
    public required IReadOnlyList<(Guid Id, string Name)> StandIns { get; init; }
}

/// <summary>A waiting operation that too few people can approve.</summary>
public sealed record StuckLine(OperationFacts Operation, string AccountName, int Most);

/// <summary>Reads the approval policy and checks it against the people of today.</summary>
public sealed class PolicyQueries(IDbContextFactory<PortalDb> factory, ProviderCatalog catalog, TimeProvider time)
{
    private const int MostStuck = 50;

    /// <summary>The whole policy; null without the right to read it.</summary>
    public async Task<PolicyView?> ReadAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        if (!rights.Allows(Permission.PoliciesRead))
        {
            return null;
        }

        var approvers = await Approvers.ReadAsync(db, now);
        var accounts = await db.Set<Account>().AsNoTracking().ToListAsync();
        var people = await db.Set<Person>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.Name);
        var tiers = await db.Set<PolicyTier>().AsNoTracking().Where(row => row.RetiredAt == null).ToListAsync();
        var waiting = db.Set<Operation>().AsNoTracking().SeenBy(rights)
            .Where(row => row.State == OperationState.PendingApproval);
        return new()
        {
            Tiers =
            [
                .. tiers.OrderByDescending(row => row.Kind is not null).ThenBy(row => row.Kind)
                    .ThenByDescending(row => row.Provider.Length > 0).ThenBy(row => row.Provider)
                    .ThenByDescending(row => row.Currency.Length > 0).ThenBy(row => row.Currency)
                    .ThenBy(row => row.FromMinor)
                    .Select(row => Line(row, people, approvers, accounts)),
                new(Guid.Empty, null, "", null, "", ApprovalRule.Usual, [], Least("", approvers, accounts, "")),
            ],
            Delegations = await DelegationsAsync(db, rights, actor, now),
            Waiting = await waiting.CountAsync(),
            Stuck = await StuckAsync(waiting, approvers, accounts),
            MayPropose = rights.Allows(Permission.PoliciesManage),
            MayDelegate = actor.PersonId is { } me && approvers.HoldsAny(me),
            Providers =
            [
                .. catalog.All.Select(provider => (provider.Descriptor.Key, provider.Descriptor.Name)),
            ],
            Currencies =
            [
                .. accounts.SelectMany(row => row.CurrencyList).Select(currency => currency.Code).Distinct()
                    .Order(StringComparer.Ordinal),
            ],
            Reviewers =
            [
                .. people.Where(row => approvers.HoldsAny(row.Key)).OrderBy(row => row.Value, StringComparer.Ordinal)
                    .Select(row => (row.Key, row.Value)),
            ],
            StandIns = await StandInsAsync(db, actor, people),
        };
    }

    /// <summary>Everybody with an open sign-in but the actor and those who rule over people.</summary>
    private static async Task<IReadOnlyList<(Guid Id, string Name)>> StandInsAsync(
        PortalDb db, Actor actor, Dictionary<Guid, string> people)
    {
        var open = db.Set<PortalUser>().AsNoTracking().Where(user => user.DisabledAt == null
            && user.PersonId != actor.PersonId);
        var admins = db.Set<RoleGrant>().Where(row => row.RevokedAt == null && row.Role == Role.Admin)
            .Join(db.Users, row => row.UserId, user => user.Id, (row, user) => user.PersonId);
        var ids = await open.Where(user => !admins.Contains(user.PersonId)).Select(user => user.PersonId).Distinct()
            .ToListAsync();
        return [.. ids.Select(id => (id, people[id])).OrderBy(one => one.Item2, StringComparer.Ordinal)];
    }

    private TierLine Line(
        PolicyTier row, Dictionary<Guid, string> people, Approvers approvers, List<Account> accounts) => new(
            row.Id,
            row.Kind,
            row.Provider.Length == 0 ? "" : catalog.Get(row.Provider).Descriptor.Name,
            row.FromMinor == 0 ? null : new Money(row.FromMinor, CurrencyTable.Get(row.Currency)),
            row.Currency,
            row.Rule,
            [
                .. row.ApproverIds.Split(',', StringSplitOptions.RemoveEmptyEntries)
                    .Select(id => people[Guid.ParseExact(id, "N")]).Order(StringComparer.Ordinal),
            ],
            Least(row.Provider, approvers, accounts, row.ApproverIds))
        {
            Terms = PolicyTierChange.Terms(row),
        };

    private static int Least(string provider, Approvers approvers, List<Account> accounts, string approverIds) =>
        accounts.Where(account => provider.Length == 0 || account.Provider == provider)
            .Select(account => approvers.Most(new(account.Id, null, approverIds)))
            .DefaultIfEmpty(approvers.Most(new(Guid.Empty, null, approverIds))).Min();

    private static async Task<IReadOnlyList<DelegationLine>> DelegationsAsync(
        PortalDb db, Rights rights, Actor actor, DateTimeOffset now)
    {
        var rows = await db.Set<Delegation>().AsNoTracking().Where(row => row.RevokedAt == null && row.Until > now)
            .OrderBy(row => row.From).ThenBy(row => row.Id).ToListAsync();
        return rows.ConvertAll(row => new DelegationLine(
            row.Id, row.DelegatorName, row.DelegateName, row.From, row.Until,
            rights.Allows(Permission.PoliciesManage)
                || row.DelegatorPersonId == actor.PersonId || row.DelegatePersonId == actor.PersonId));
    }

    private static async Task<IReadOnlyList<StuckLine>> StuckAsync(
        IQueryable<Operation> waiting, Approvers approvers, List<Account> accounts)
    {
        var names = accounts.ToDictionary(row => row.Id, row => row.Name);

        // Few rows differ in who may approve them, so each kind of row is judged once.
        var groups = await waiting
            .GroupBy(row => new { row.AccountId, row.RequesterPersonId, row.ApproverIds, row.Needed })
            .Select(group => group.Key).ToListAsync();
        var stuck = new List<StuckLine>();
        foreach (var group in groups)
        {
            var most = approvers.Most(new(group.AccountId, group.RequesterPersonId, group.ApproverIds));
            if (most >= group.Needed || stuck.Count >= MostStuck)
            {
                continue;
            }

            var rows = await waiting.Where(row => row.AccountId == group.AccountId
                && row.RequesterPersonId == group.RequesterPersonId && row.ApproverIds == group.ApproverIds
                && row.Needed == group.Needed).OrderBy(row => row.DueAt).Take(MostStuck).ToListAsync();
            stuck.AddRange(rows.Select(row => new StuckLine(OperationFacts.From(row), names[row.AccountId], most)));
        }

        return [.. stuck.OrderBy(line => line.Operation.DueAt).Take(MostStuck)];
    }
}
