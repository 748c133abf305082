using System.Globalization;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>Changes a line of the approval policy, once a second person has agreed.</summary>
public sealed class PolicyTierChange(PolicyChanges policies) : IChange
{
    public const string Word = "policy.tier";

    public string Kind => Word;

    public string ProposeRight => Permission.PoliciesManage;

    public string ConfirmRight => Permission.ChangesConfirm;

    public async Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now)
    {
        var change = ChangeJson.Read<PolicyChange>(terms);
        if (await policies.FaultAsync(db, change) is { } fault)
        {
            return new ChangePlan.Refused(fault.ToString());
        }

        var old = change.Retires is { } id
            ? await db.Set<PolicyTier>().AsNoTracking().SingleAsync(row => row.Id == id)
            : null;
        return new ChangePlan.Possible
        {
            Subject = "approval policy",
            Target = change.Retires is { } retires
                ? $"policy {retires:N}"
                : $"policy {change.Adds!.Kind} {change.Adds.Provider} {change.Adds.Currency} {change.Adds.FromMinor}",
            Before = old is null ? [] : await FactsAsync(db, Terms(old)),
            After = change.Adds is { } adds ? await FactsAsync(db, adds) : [],
        };
    }

    public Task<bool> ApplyAsync(Commit commit, ChangeRequest request) =>
        policies.ApplyAsync(commit, ChangeJson.Read<PolicyChange>(request.Terms));

    private static TierTerms Terms(PolicyTier tier) => new(
        tier.Kind, tier.Provider, tier.Currency, tier.FromMinor, tier.Needed, tier.CoolingOffMinutes,
        tier.HoursToDecide,
        [.. tier.ApproverIds.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)]);

    private static async Task<List<ChangeFact>> FactsAsync(PortalDb db, TierTerms terms)
    {
        var names = await db.Set<Person>().AsNoTracking().Where(row => terms.Approvers.Contains(row.Id))
            .OrderBy(row => row.Name).Select(row => row.Name).ToListAsync();
        return
        [
            new("policy.kind", terms.Kind?.ToString() ?? "all"),
            new("provider", terms.Provider.Length == 0 ? "all" : terms.Provider),
            new("policy.from", terms.Currency.Length == 0
                ? "all"
                : OperationWords.Money(new Money(terms.FromMinor, CurrencyTable.Get(terms.Currency)))),
            new("policy.needed", terms.Needed.ToString(CultureInfo.InvariantCulture)),
            new("policy.cooling", terms.CoolingOffMinutes.ToString(CultureInfo.InvariantCulture)),
            new("policy.hours", terms.HoursToDecide.ToString(CultureInfo.InvariantCulture)),
            new("policy.approvers", names.Count == 0 ? "everybody" : string.Join('\n', names)),
        ];
    }
}

/// <summary>Lets one person approve in another's place for a time. Neither of the two confirms it.</summary>
public sealed class DelegationGrant : IChange
{
    public const string Word = "policy.delegation";

    public string Kind => Word;

    public string ProposeRight => Permission.PoliciesManage;

    public string ConfirmRight => Permission.ChangesConfirm;

    public async Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now)
    {
        var wish = ChangeJson.Read<DelegationTerms>(terms);
        if (await DelegationChanges.FaultAsync(db, wish, now) is { } fault)
        {
            return new ChangePlan.Refused(fault.ToString());
        }

        var names = await db.Set<Person>().AsNoTracking()
            .Where(row => row.Id == wish.DelegatorPersonId || row.Id == wish.DelegatePersonId)
            .ToDictionaryAsync(row => row.Id, row => row.Name);
        return new ChangePlan.Possible
        {
            Subject = $"delegation of {names[wish.DelegatorPersonId]}",
            Target = $"delegation {wish.DelegatorPersonId:N}",
            Before = [],
            After =
            [
                new("delegator", names[wish.DelegatorPersonId]),
                new("delegate", names[wish.DelegatePersonId]),
                new("from", Written(wish.From)),
                new("until", Written(wish.Until)),
            ],
            Barred = [wish.DelegatorPersonId, wish.DelegatePersonId],
        };
    }

    public Task<bool> ApplyAsync(Commit commit, ChangeRequest request) =>
        DelegationChanges.ApplyAsync(commit, ChangeJson.Read<DelegationTerms>(request.Terms));

    private static string Written(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
