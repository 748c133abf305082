using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>What the policy wants of one operation, fixed with its row when it is asked for.</summary>
/// <param name="Needed">How many people have to approve; at least one.</param>
/// <param name="CoolingOffMinutes">How long it can be recalled after the last approval.</param>
/// <param name="TimeToDecide">How long reviewers have before it expires.</param>
public sealed record ApprovalRule(int Needed, int CoolingOffMinutes, TimeSpan TimeToDecide)
{
    /// <summary>One second person, no cooling-off, a day.</summary>
    public static ApprovalRule Usual { get; } = new(1, 0, TimeSpan.FromHours(24));

    /// <summary>
    /// The persons who may approve, ids of 32 letters parted by commas; empty for everybody with the right.
    /// </summary>
    public string ApproverIds { get; init; } = "";
}

/// <summary>Finds the rule that an operation is asked for under.</summary>
public sealed class ApprovalPolicies
{
    /// <summary>The rule for an operation of this kind, account and amount at this moment.</summary>
    public async Task<ApprovalRule> ForAsync(PortalDb db, OperationKind kind, Account account, Money amount) =>
        Rule(await TiersAsync(db), kind, account, amount);

    /// <summary>The same inside a command, which may make many: the policy is read once for all of them.</summary>
    public async Task<ApprovalRule> ForAsync(Commit commit, OperationKind kind, Account account, Money amount) =>
        Rule(await commit.OnceAsync(() => TiersAsync(commit.Db)), kind, account, amount);

    /// <summary>What requests of a person on an account would meet, whatever their kind and amount.</summary>
    /// <param name="db">The database.</param>
    /// <param name="account">The account.</param>
    /// <param name="requesterPersonId">Who would ask.</param>
    /// <param name="now">The moment.</param>
    public async Task<ApprovalOutlook> OutlookAsync(
        PortalDb db, Account account, Guid? requesterPersonId, DateTimeOffset now)
    {
        var tiers = await db.Set<PolicyTier>().AsNoTracking().Where(row => row.RetiredAt == null).ToListAsync();
        var people = await Approvers.ReadAsync(db, now);
        return new((kind, amount) =>
        {
            var rule = Pick(tiers, kind, account.Provider, amount)?.Rule ?? ApprovalRule.Usual;
            var wish = new ApprovalWish(account.Id, requesterPersonId, rule.ApproverIds);
            return new(rule, people.Names(wish), people.Most(wish), now + rule.TimeToDecide);
        });
    }

    /// <summary>
    /// The most specific of the tiers that fit: kind before provider before currency, then the highest amount.
    /// </summary>
    public static PolicyTier? Pick(
        IEnumerable<PolicyTier> tiers, OperationKind kind, string provider, Money amount) => tiers
        .Where(tier => tier.Kind is null || tier.Kind == kind)
        .Where(tier => tier.Provider.Length == 0 || tier.Provider == provider)
        .Where(tier => tier.Currency.Length == 0
            || (tier.Currency == amount.Currency.Code && tier.FromMinor <= amount.Minor))
        .OrderByDescending(tier => tier.Kind is not null)
        .ThenByDescending(tier => tier.Provider.Length > 0)
        .ThenByDescending(tier => tier.Currency.Length > 0)
        .ThenByDescending(tier => tier.FromMinor)
        .ThenBy(tier => tier.Id)
        .FirstOrDefault();

    private static Task<List<PolicyTier>> TiersAsync(PortalDb db) =>
        db.Set<PolicyTier>().AsNoTracking().Where(row => row.RetiredAt == null).ToListAsync();

    private static ApprovalRule Rule(
        IReadOnlyList<PolicyTier> tiers, OperationKind kind, Account account, Money amount) =>
        Pick(tiers, kind, account.Provider, amount) is { } tier ? tier.Rule : ApprovalRule.Usual;
}
