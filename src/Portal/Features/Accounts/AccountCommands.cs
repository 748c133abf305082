using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>How making an account ended. The family is closed.</summary>
public abstract record AccountMade
{
    public sealed record Done(Guid Id) : AccountMade;

    public sealed record NoRight(string Permission) : AccountMade;

    /// <summary>One field cannot be taken; the field's name and the reason's text key.</summary>
    public sealed record Wrong(string Field, string Reason) : AccountMade
    {
        /// <summary>What exactly is wrong with it, in English; empty where the reason says it all.</summary>
        public string Detail { get; init; } = "";
    }
}

/// <summary>Makes accounts. Their keys go into the envelope before the row is written.</summary>
public sealed class AccountCommands(
    IDbContextFactory<PortalDb> factory, ProviderCatalog catalog, KeyVault vault, SandboxAddress sandbox)
{
    public async Task<AccountMade> CreateAsync(Actor actor, AccountForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<AccountMade>(actor, "account.create", async commit =>
        {
            var subject = $"account {form.MerchantId}";
            if (!commit.Rights.Allows(Permission.AccountsManage))
            {
                return commit.Refuse(
                    new AccountMade.NoRight(Permission.AccountsManage), subject, $"lacks {Permission.AccountsManage}");
            }

            var provider = catalog.All.FirstOrDefault(one => one.Descriptor.Key == form.Provider);
            var wrong = AccountFormCheck.Wrong(form, provider, sandbox.Origin is not null);
            using var keys = wrong is null
                ? AccountKeyFiles.Read(form, AccountFormCheck.PlanOf(provider!, form)!)
                : new() { Wrong = wrong };
            if (keys.Wrong is { } field)
            {
                return commit.Refuse(field, subject, $"{field.Field}: {field.Reason} {field.Detail}".TrimEnd());
            }

            if (await db.Set<Account>().AnyAsync(row => row.Provider == form.Provider
                && row.MerchantId == form.MerchantId && row.Mode == form.Mode))
            {
                return commit.Refuse(new AccountMade.Wrong(nameof(form.MerchantId), "Exists"), subject, "exists");
            }

            var account = new Account
            {
                Id = Guid.CreateVersion7(),
                Name = form.Name.Trim(),
                Provider = form.Provider,
                MerchantId = form.MerchantId,
                Mode = form.Mode,
                BaseAddress = form.Mode == AccountMode.Live ? form.BaseAddress : "",
                OtherAddresses = form.Mode == AccountMode.Live ? string.Join(' ', form.OtherAddresses) : "",
                Settings = JsonSerializer.Serialize(form.Settings.OrderBy(one => one.Key, StringComparer.Ordinal)
                    .ToDictionary(one => one.Key, one => one.Value)),
                AnswerSignature = form.AnswerSignature,
                Currencies = string.Join(' ', form.Currencies.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
                InboundKey = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18)),
                CreatedAt = commit.Now,
            };
            db.Add(account);
            AddKeys(commit, account, form, keys);
            commit.Audit(subject, new
            {
                account.Name,
                account.Provider,
                account.Mode,
                account.BaseAddress,
                account.OtherAddresses,
                account.AnswerSignature,
                settings = account.SettingList,
            });
            commit.Changed("account", account.Id);
            return new AccountMade.Done(account.Id);
        });
    }

    private void AddKeys(Commit commit, Account account, AccountForm form, AccountKeyFiles keys)
    {
        var needs = AccountFormCheck.PlanOf(catalog.Get(account.Provider), form)!.Needs;
        if (needs.Contains(ProviderKeyKind.SharedSecret))
        {
            var secret = Encoding.UTF8.GetBytes(form.Md5Key);
            commit.Db.Add(Seal(commit, account, KeyUsage.SharedMd5Secret, secret));
            CryptographicOperations.ZeroMemory(secret);
        }

        if (needs.Contains(ProviderKeyKind.SigningPrivate))
        {
            commit.Db.Add(Seal(commit, account, KeyUsage.OurSigningPrivate, keys.SigningPrivate));
        }

        if (keys.ProviderPublic.Length > 0)
        {
            commit.Db.Add(Keep(commit, account, keys.ProviderPublic));
        }
    }

    private AccountKey Seal(Commit commit, Account account, KeyUsage usage, ReadOnlySpan<byte> secret)
    {
        var draft = Row(commit, account, usage, KeyVault.Fingerprint(secret), [], []);
        return Row(
            commit,
            account,
            usage,
            draft.Fingerprint,
            vault.Seal(secret, AccountDirectory.Label(account, draft)),
            [],
            draft.Id);
    }

    private AccountKey Keep(Commit commit, Account account, byte[] publicKey)
    {
        var draft = Row(commit, account, KeyUsage.ProviderPublic, KeyVault.Fingerprint(publicKey), publicKey, []);
        return Row(
            commit,
            account,
            draft.Usage,
            draft.Fingerprint,
            publicKey,
            AccountDirectory.PublicMac(vault, account, draft),
            draft.Id);
    }

    private static AccountKey Row(
        Commit commit,
        Account account,
        KeyUsage usage,
        string fingerprint,
        byte[] content,
        byte[] mac,
        Guid? id = null) => new()
        {
            Id = id ?? Guid.CreateVersion7(),
            AccountId = account.Id,
            Usage = usage,
            Version = 1,
            Fingerprint = fingerprint,
            Content = content,
            Mac = mac,
            CreatedAt = commit.Now,
            CreatedBy = commit.Actor.Name,
        };
}
