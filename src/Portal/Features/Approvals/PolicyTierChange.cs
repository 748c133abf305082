using System.Globalization;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>A line of the approval policy comes, goes, or takes the place of another, with a second person.</summary>
public sealed class PolicyTierChange(PolicyChanges changes, ProviderCatalog catalog) : IChange
{
    public const string Word = "policy.tier";

    public string Kind => Word;

    public string ProposeRight => Permission.PoliciesManage;

    public string ConfirmRight => Permission.ChangesConfirm;

    public async Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now)
    {
        var change = ChangeJson.Read<PolicyChange>(terms);
        if (await changes.FaultAsync(db, change) is { } fault)
        {
            return new ChangePlan.Refused(fault.ToString());
        }

        var old = change.Retires is { } id
            ? await db.Set<PolicyTier>().AsNoTracking().SingleAsync(row => row.Id == id)
            : null;
        var people = await db.Set<Person>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.Name);
        return new ChangePlan.Possible
        {
            Subject = "approval policy",
            Target = change.Adds is { } adds
                ? $"policy {adds.Kind} {adds.Provider} {adds.Currency} {adds.FromMinor}"
                : $"policy {change.Retires:N}",
            Before = Facts(old is null ? null : Terms(old), people),
            After = Facts(change.Adds, people),
        };
    }

    public Task<bool> ApplyAsync(Commit commit, ChangeRequest request) =>
        changes.ApplyAsync(commit, ChangeJson.Read<PolicyChange>(request.Terms));

    /// <summary>A line that stands, as it would be wished for.</summary>
    internal static TierTerms Terms(PolicyTier row) => new(
        row.Kind, row.Provider, row.Currency, row.FromMinor, row.Needed, row.CoolingOffMinutes, row.HoursToDecide,
        [.. row.ApproverIds.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => Guid.ParseExact(id, "N"))]);

    private List<ChangeFact> Facts(TierTerms? terms, Dictionary<Guid, string> people) =>
    [
        new("policy.for", terms is null ? "" : terms.Kind?.ToString() ?? "AllKinds"),
        new("provider", terms is null ? ""
            : terms.Provider.Length == 0 ? "AllProviders" : catalog.Get(terms.Provider).Descriptor.Name),
        new("policy.from", terms is null ? ""
            : terms.Currency.Length == 0 ? "AnyAmount"
            : new Money(terms.FromMinor, CurrencyTable.Get(terms.Currency)).ToString()),
        new("policy.needed", terms is null ? "" : terms.Needed.ToString(CultureInfo.InvariantCulture)),
        new("policy.named", terms is null ? ""
            : terms.Approvers.Count == 0 ? "Everybody"
            : string.Join('\n', terms.Approvers.Select(id => people[id]).Order(StringComparer.Ordinal))),
        new("policy.cooling", terms is null ? "" : $"{terms.CoolingOffMinutes} min"),
        new("policy.hours", terms is null ? "" : $"{terms.HoursToDecide} h"),
    ];
}
