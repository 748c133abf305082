using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>A line of the policy as it is wished for.</summary>
/// <param name="Kind">The kind; null for all.</param>
/// <param name="Provider">The provider's key; empty for all.</param>
/// <param name="Currency">The currency's code; empty for all, and then from no amount.</param>
/// <param name="FromMinor">The least amount, in minor units.</param>
/// <param name="Needed">How many people.</param>
/// <param name="CoolingOffMinutes">How long it can be recalled.</param>
/// <param name="HoursToDecide">How long reviewers have.</param>
/// <param name="Approvers">The persons who may; none for everybody with the right.</param>
public sealed record TierTerms(
    OperationKind? Kind, string Provider, string Currency, long FromMinor, int Needed, int CoolingOffMinutes,
    int HoursToDecide, IReadOnlyList<Guid> Approvers)
{
    /// <summary>The persons as rows keep them.</summary>
    internal string ApproverIds => string.Join(',', Approvers.Distinct().Order().Select(id => id.ToString("N")));
}

/// <summary>One change of the policy: a line goes, a line comes, or one takes the place of another.</summary>
/// <param name="Retires">The line that goes; null for none.</param>
/// <param name="Adds">The line that comes; null for none.</param>
public sealed record PolicyChange(Guid? Retires, TierTerms? Adds);

/// <summary>Why a change of the policy cannot be. Each is a text's key.</summary>
public enum PolicyFault
{
    NothingToDo,
    NoSuchTier,
    UnknownProvider,
    UnknownCurrency,
    AmountWithoutCurrency,
    NegativeAmount,
    NeededOutOfRange,
    CoolingOutOfRange,
    HoursOutOfRange,
    UnknownPerson,
    TooFewNamed,
    SameTierStands,
}

/// <summary>What a change of the policy does, once a second person has agreed to it.</summary>
public sealed class PolicyChanges(ProviderCatalog catalog)
{
    public const int MostNeeded = 5;
    public const int MostCoolingOffMinutes = 24 * 60;
    public const int MostHours = 7 * 24;

    /// <summary>Why it cannot be done as things stand; null when it can.</summary>
    public async Task<PolicyFault?> FaultAsync(PortalDb db, PolicyChange change)
    {
        if (change is { Retires: null, Adds: null })
        {
            return PolicyFault.NothingToDo;
        }

        if (change.Retires is { } id
            && !await db.Set<PolicyTier>().AnyAsync(row => row.Id == id && row.RetiredAt == null))
        {
            return PolicyFault.NoSuchTier;
        }

        return change.Adds is { } terms
            ? FaultOf(terms) ?? await FaultAsync(db, terms, change.Retires)
            : null;
    }

    /// <summary>Does it, in the transaction of the person who agrees.</summary>
    /// <returns>False when somebody was faster: nothing of the commit must stay then.</returns>
    public async Task<bool> ApplyAsync(Commit commit, PolicyChange change)
    {
        if (await FaultAsync(commit.Db, change) is not null)
        {
            return false;
        }

        if (change.Retires is { } id)
        {
            var rows = await commit.Db.Set<PolicyTier>().Where(row => row.Id == id && row.RetiredAt == null)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.RetiredAt, commit.Now)
                    .SetProperty(row => row.RetiredBy, commit.Actor.Name));
            if (rows == 0)
            {
                return false;
            }

            commit.Audit($"policy {id:N}", new { retired = true });
            commit.Changed("policy", id);
        }

        if (change.Adds is { } terms)
        {
            Add(commit, terms);
        }

        return true;
    }

    private static void Add(Commit commit, TierTerms terms)
    {
        var tier = new PolicyTier
        {
            Id = Guid.CreateVersion7(),
            Kind = terms.Kind,
            Provider = terms.Provider,
            Currency = terms.Currency,
            FromMinor = terms.FromMinor,
            Needed = terms.Needed,
            CoolingOffMinutes = terms.CoolingOffMinutes,
            HoursToDecide = terms.HoursToDecide,
            ApproverIds = terms.ApproverIds,
            AddedAt = commit.Now,
            AddedBy = commit.Actor.Name,
        };
        commit.Db.Add(tier);
        commit.Audit($"policy {tier.Id:N}", terms);
        commit.Changed("policy", tier.Id);
    }

    private PolicyFault? FaultOf(TierTerms terms) =>
        terms.Provider.Length > 0 && catalog.All.All(provider => provider.Descriptor.Key != terms.Provider)
            ? PolicyFault.UnknownProvider
        : terms.Currency.Length > 0 && !CurrencyTable.TryGet(terms.Currency, out _) ? PolicyFault.UnknownCurrency
        : terms.FromMinor < 0 ? PolicyFault.NegativeAmount
        : terms is { Currency: "", FromMinor: > 0 } ? PolicyFault.AmountWithoutCurrency
        : terms.Needed is < 1 or > MostNeeded ? PolicyFault.NeededOutOfRange
        : terms.CoolingOffMinutes is < 0 or > MostCoolingOffMinutes ? PolicyFault.CoolingOutOfRange
        : terms.HoursToDecide is < 1 or > MostHours ? PolicyFault.HoursOutOfRange
        : terms.Approvers.Count > 0 && terms.Approvers.Distinct().Count() < terms.Needed ? PolicyFault.TooFewNamed
        : null;

    private static async Task<PolicyFault?> FaultAsync(PortalDb db, TierTerms terms, Guid? retires)
    {
        var named = terms.Approvers.Distinct().ToList();
        if (await db.Set<Person>().CountAsync(row => named.Contains(row.Id)) != named.Count)
        {
            return PolicyFault.UnknownPerson;
        }

        return await db.Set<PolicyTier>().AnyAsync(row => row.RetiredAt == null && row.Id != retires
            && row.Kind == terms.Kind && row.Provider == terms.Provider && row.Currency == terms.Currency
            && row.FromMinor == terms.FromMinor)
                ? PolicyFault.SameTierStands
                : null;
    }
}
