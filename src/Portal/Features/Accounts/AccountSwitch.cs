using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>What is to be switched.</summary>
public sealed record SwitchTerms(Guid AccountId, ProviderInterface Part, bool On);

/// <summary>
/// Switches an interface that no evidence confirms on or off for a live account. Two people do it: what such an
/// interface answers may not be what its document says.
/// </summary>
public sealed class AccountSwitch(ProviderCatalog catalog) : IChange
{
    public const string Word = "account.switch";

    public string Kind => Word;

    public string ProposeRight => Permission.AccountsManage;

    public string ConfirmRight => Permission.ChangesConfirm;

    /// <summary>The beginning of the targets of one account.</summary>
    public static string Targets(Guid accountId) => $"account {accountId:N} ";

    public async Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now)
    {
        var (id, part, on) = ChangeJson.Read<SwitchTerms>(terms);
        if (await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id) is not { } account)
        {
            return new ChangePlan.Refused("NoSuchAccount");
        }

        var provider = catalog.Get(account.Provider);
        if (account.Mode == AccountMode.Rehearsal || !provider.Unconfirmed.Contains(part))
        {
            return new ChangePlan.Refused("AlwaysOn");
        }

        return account.IsOn(provider, part) == on
            ? new ChangePlan.Refused("AlreadySo")
            : new ChangePlan.Possible
            {
                Subject = $"account {account.MerchantId}",
                Target = $"{Targets(id)}{part}",
                AccountId = id,
                Before = Facts(account, provider, part, !on),
                After = Facts(account, provider, part, on),
            };
    }

    public async Task<bool> ApplyAsync(Commit commit, ChangeRequest request)
    {
        var (id, part, on) = ChangeJson.Read<SwitchTerms>(request.Terms);
        var account = await commit.Db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id);
        var others = account.SwitchedOn.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(name => name != part.ToString());
        var next = string.Join(' ', on ? others.Append(part.ToString()) : others);
        var rows = await commit.Db.Set<Account>()
            .Where(row => row.Id == id && row.SwitchedOn == account.SwitchedOn)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SwitchedOn, next));
        commit.Changed("account", id);
        return rows == 1;
    }

    private static List<ChangeFact> Facts(
        Account account, IPaymentProvider provider, ProviderInterface part, bool on) =>
    [
        new("account", $"{account.Name} · {account.MerchantId}"),
        new("provider", provider.Descriptor.Name),
        new("interface", part.ToString()),
        new("switch", on ? "on" : "off"),
    ];
}
