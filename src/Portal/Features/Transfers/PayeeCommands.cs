using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>How looking for a payee ended. The family is closed.</summary>
public abstract record PayeeChecked
{
    /// <summary>The provider knows the payee: people compare the name before anybody asks for money.</summary>
    /// <param name="Id">The check, named by the request.</param>
    /// <param name="PayeeId">The provider's number.</param>
    /// <param name="MaskedName">The name, as the provider masks it.</param>
    /// <param name="Until">Until when it can be asked with.</param>
    public sealed record Known(Guid Id, string PayeeId, string MaskedName, DateTimeOffset Until) : PayeeChecked;

    /// <summary>The provider knows nobody by this.</summary>
    public sealed record NobodyFound : PayeeChecked;

    public sealed record NoSuchAccount : PayeeChecked;

    public sealed record NoRight(string Permission) : PayeeChecked;

    /// <summary>The provider has no transfers, or this process may not speak to it.</summary>
    public sealed record NotOffered : PayeeChecked;

    /// <summary>Nothing was typed.</summary>
    public sealed record Empty : PayeeChecked;

    /// <summary>No usable answer.</summary>
    /// <param name="Error">Why.</param>
    /// <param name="ProviderCode">The provider's raw answer; empty when there was none.</param>
    /// <param name="Setting">The account's setting that is the reason, as "name: value"; null where none is.</param>
    public sealed record NoAnswer(ProviderError Error, string ProviderCode, string? Setting) : PayeeChecked;
}

/// <summary>Asks providers who a payee is. Moves nothing.</summary>
public sealed class PayeeCommands(IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    /// <summary>
    /// Looks for a payee by the provider's user number or, where it holds an @, by e-mail address, and keeps what was
    /// found. The address itself is kept nowhere.
    /// </summary>
    public async Task<PayeeChecked> CheckAsync(
        Actor actor, Guid accountId, string payee, CancellationToken cancel = default)
    {
        // Asked outside any transaction, and only for somebody who may: the answer itself is what the right protects.
        var answer = await AskAsync(actor, accountId, payee.Trim(), cancel);
        await using var db = await factory.CreateDbContextAsync(cancel);
        return await db.CommitAsync<PayeeChecked>(actor, "payee.check", async commit =>
        {
            var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == accountId);
            var subject = $"account {account?.Name ?? accountId.ToString("N")}";
            if (account is null)
            {
                return commit.Refuse(new PayeeChecked.NoSuchAccount(), subject, "no such account");
            }

            if (!commit.Rights.Allows(Permission.TransfersRequest, accountId))
            {
                return commit.Refuse(
                    new PayeeChecked.NoRight(Permission.TransfersRequest), subject,
                    $"lacks {Permission.TransfersRequest}");
            }

            return answer switch
            {
                QueryAnswer<PayeeFacts>.Told { Facts: var facts } => Keep(commit, account, facts, payee.Trim()),
                QueryAnswer<PayeeFacts>.NotFound => Say(commit, subject, new PayeeChecked.NobodyFound()),
                QueryAnswer<PayeeFacts>.NoAnswer no => Say(
                    commit, subject,
                    new PayeeChecked.NoAnswer(no.Error, no.ProviderCode, Named(account, no.Setting))),
                _ => commit.Refuse<PayeeChecked>(
                    payee.Trim().Length == 0 ? new PayeeChecked.Empty() : new PayeeChecked.NotOffered(), subject,
                    "nobody can be asked"),
            };
        });
    }

    private async Task<QueryAnswer<PayeeFacts>?> AskAsync(
        Actor actor, Guid accountId, string payee, CancellationToken cancel)
    {
        await using var db = await factory.CreateDbContextAsync(cancel);
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        if (payee.Length == 0 || !rights.Allows(Permission.TransfersRequest, accountId)
            || !await db.Set<Account>().AnyAsync(row => row.Id == accountId, cancel))
        {
            return null;
        }

        var account = await accounts.GetAsync(accountId);
        if (accounts.Provider(account).Transfers is not { } transfers || accounts.Address(account) is not { } address)
        {
            return null;
        }

        using var keys = await accounts.OpenKeysAsync(db, account);
        return await transfers.FindPayeeAsync(
            address, IsEmail(payee) ? new(null, payee) : new(payee, null), keys, cancel);
    }

    private static PayeeChecked.Known Keep(Commit commit, Account account, PayeeFacts facts, string asked)
    {
        var check = new PayeeCheck
        {
            Id = Guid.CreateVersion7(),
            AccountId = account.Id,
            PayeeId = facts.UserId,
            MaskedName = facts.MaskedName,
            MaskedEmail = IsEmail(asked) ? PayeeCheck.Mask(asked) : "",
            At = commit.Now,
            PersonId = commit.Actor.PersonId ?? Guid.Empty,
            PersonName = commit.Actor.Name,
        };
        commit.Db.Add(check);
        commit.Audit($"payee {check.PayeeId}", new { account = account.Name, check.MaskedName });
        return new(check.Id, check.PayeeId, check.MaskedName, check.At + PayeeCheck.Fresh);
    }

    private static PayeeChecked Say(Commit commit, string subject, PayeeChecked result)
    {
        commit.Audit(subject, new { result = result.ToString() });
        return result;
    }

    private static string? Named(Account account, ProviderSetting? setting) => setting is null
        ? null
        : $"{setting.Key}: {account.SettingList.GetValueOrDefault(setting.Key, setting.Default)}";

    private static bool IsEmail(string payee) => payee.Contains('@', StringComparison.Ordinal);
}
