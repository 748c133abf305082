using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>What a limit is to be.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Scope">What is summed.</param>
/// <param name="Currency">Code of the currency.</param>
/// <param name="Minor">Minor units; 0 lets nothing through.</param>
public sealed record LimitTerms(Guid AccountId, LimitScope Scope, string Currency, long Minor);

/// <summary>Sets how much may be asked for in a day. Two people do it: a limit that one can lift is none.</summary>
public sealed class LimitChange : IChange
{
    public const string Word = "transfer.limit";

    /// <summary>More than any provider lets through at once; a slip of the hand is not a limit.</summary>
    private const long Most = 100_000_000_00;

    public string Kind => Word;

    public string ProposeRight => Permission.PoliciesManage;

    public string ConfirmRight => Permission.ChangesConfirm;

    /// <summary>The one thing that is changed.</summary>
    public static string Target(Guid accountId, LimitScope scope, string currency) =>
        $"transfer-limit {accountId:N} {scope} {currency}";

    public async Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now)
    {
        var (id, scope, code, minor) = ChangeJson.Read<LimitTerms>(terms);
        if (await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id) is not { } account)
        {
            return new ChangePlan.Refused("NoSuchAccount");
        }

        if (minor is < 0 or > Most || !Enum.IsDefined(scope) || account.CurrencyList.All(one => one.Code != code))
        {
            return new ChangePlan.Refused("LimitOutside");
        }

        var currency = CurrencyTable.Get(code);
        var before = (await TransferLimits.ReadAsync(db, id, currency))[scope];
        return before.Minor == minor
            ? new ChangePlan.Refused("AlreadySo")
            : new ChangePlan.Possible
            {
                Subject = $"account {account.MerchantId}",
                Target = Target(id, scope, code),
                AccountId = id,
                Before = Facts(account, scope, before),
                After = Facts(account, scope, new(minor, currency)),
            };
    }

    public async Task<bool> ApplyAsync(Commit commit, ChangeRequest request)
    {
        var (id, scope, code, minor) = ChangeJson.Read<LimitTerms>(request.Terms);
        var account = await commit.Db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id);
        await TransferLimits.ApplyAsync(
            commit, account, scope, new(minor, CurrencyTable.Get(code)),
            $"{request.ProposerName}, {commit.Actor.Name}");
        return true;
    }

    private static List<ChangeFact> Facts(Account account, LimitScope scope, Money limit) =>
    [
        new("account", $"{account.Name} · {account.MerchantId}"),
        new("limit", $"limit-{scope}"),
        new("in-a-day", OperationWords.Money(limit)),
    ];
}
