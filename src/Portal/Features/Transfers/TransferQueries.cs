using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>Reads transfers, and what asking for one would mean, for their pages.</summary>
public sealed class TransferQueries(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, OperationSheets sheets, TransferLimits limits,
    ApprovalPolicies policies, TimeProvider time)
{
    /// <summary>The accounts that the actor may transfer from, by name.</summary>
    public async Task<IReadOnlyList<PayingAccount>> AccountsAsync(Actor actor) =>
        await ListAsync(actor, Permission.TransfersRequest);

    /// <summary>The accounts with transfers whose orders the actor may see, by name.</summary>
    public async Task<IReadOnlyList<PayingAccount>> SeenAccountsAsync(Actor actor) =>
        await ListAsync(actor, Permission.OrdersRead);

    /// <summary>What asking with a look at a payee would mean; null when it is not the actor's own look.</summary>
    public async Task<TransferOffer?> OfferAsync(Actor actor, Guid checkId)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var check = await db.Set<PayeeCheck>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == checkId);
        if (check is null || check.PersonId != actor.PersonId
            || !rights.Allows(Permission.TransfersRequest, check.AccountId))
        {
            return null;
        }

        var account = await accounts.GetAsync(check.AccountId);
        List<CurrencyStanding> standings = [];
        foreach (var currency in account.CurrencyList)
        {
            standings.Add(new(currency, await limits.StandingAsync(
                db, account, currency, check.PayeeId, check.PersonId, now)));
        }

        return new()
        {
            CheckId = check.Id,
            AccountName = account.Name,
            Provider = accounts.Provider(account).Descriptor,
            PayeeId = check.PayeeId,
            MaskedName = check.MaskedName,
            Until = check.At + PayeeCheck.Fresh,
            Currencies = standings,
            Approval = await policies.OutlookAsync(db, account, actor.PersonId, now),
        };
    }

    /// <summary>One transfer by its number; null when there is none or the actor may not see it.</summary>
    public async Task<TransferSheet?> FindAsync(Actor actor, string number) =>
        await sheets.FindAsync(actor, number, OperationKind.Transfer) is { } common
            ? new(common, OperationDetails.Read<TransferDetails>(common.Operation.Details))
            : null;

    /// <summary>The limits of every account with transfers that the actor may see.</summary>
    public async Task<IReadOnlyList<LimitLine>> LimitsAsync(Actor actor)
    {
        var seen = await ListAsync(actor, Permission.PoliciesRead);
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var rows = await db.Set<TransferLimit>().AsNoTracking().ToListAsync();
        List<LimitLine> lines = [];
        foreach (var paying in seen)
        {
            var account = await accounts.GetAsync(paying.Id);
            lines.AddRange(
                from currency in account.CurrencyList
                from scope in Enum.GetValues<LimitScope>()
                let set = rows.Find(row => row.AccountId == account.Id && row.Scope == scope
                    && row.Currency == currency.Code)
                select new LimitLine(
                    account.Id, account.Name, paying.Provider, scope,
                    set is null ? TransferLimit.Usual(scope, currency) : new(set.Minor, currency), set?.ChangedAt,
                    set?.ChangedBy ?? "")
                {
                    MayChange = rights.Allows(Permission.PoliciesManage, account.Id),
                });
        }

        return lines;
    }

    private async Task<IReadOnlyList<PayingAccount>> ListAsync(Actor actor, string permission)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        if (!rights.Allows(permission))
        {
            return [];
        }

        var allowed = rights.AccountsFor(permission);
        var rows = await db.Set<Account>().AsNoTracking()
            .Where(row => allowed == null || allowed.Contains(row.Id)).OrderBy(row => row.Name).ToListAsync();
        return
        [
            .. from row in rows
               let provider = accounts.Provider(row)
               where provider.Transfers is not null && accounts.Address(row) is not null
               select new PayingAccount(row.Id, row.Name, provider.Descriptor),
        ];
    }
}
