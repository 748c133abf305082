using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>What a new account needs.</summary>
public sealed record AccountForm
{
    public required string Name { get; init; }
    public required string Provider { get; init; }
    public required string MerchantId { get; init; }
    public required AccountMode Mode { get; init; }
    public required SignatureMode AnswerSignature { get; init; }

    /// <summary>Origin of a live account's provider: one of the hosts that the document names.</summary>
    public string BaseAddress { get; init; } = "";

    /// <summary>Currency codes parted by blanks, the usual one first.</summary>
    public required string Currencies { get; init; }

    /// <summary>The MD5 key shared with the provider.</summary>
    public required string Md5Key { get; init; }

    /// <summary>The provider's certificate or public key, PEM; empty under MD5.</summary>
    public string ProviderPublicPem { get; init; } = "";
}

/// <summary>How making an account ended. The family is closed.</summary>
public abstract record AccountMade
{
    public sealed record Done(Guid Id) : AccountMade;

    public sealed record NoRight(string Permission) : AccountMade;

    /// <summary>One field cannot be taken; the field's name and the reason's text key.</summary>
    public sealed record Wrong(string Field, string Reason) : AccountMade;
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

            var publicKey = ReadPublic(form.ProviderPublicPem);
            if (Wrong(form, publicKey) is { } wrong)
            {
                return commit.Refuse(wrong, subject, $"{wrong.Field}: {wrong.Reason}");
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
                AnswerSignature = form.AnswerSignature,
                Currencies = string.Join(' ', form.Currencies.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
                InboundKey = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18)),
                CreatedAt = commit.Now,
            };
            db.Add(account);
            var secret = Encoding.UTF8.GetBytes(form.Md5Key);
            db.Add(Seal(commit, account, KeyUsage.SharedMd5Secret, secret));
            CryptographicOperations.ZeroMemory(secret);
            if (publicKey is not null)
            {
                db.Add(Keep(commit, account, publicKey));
            }

            commit.Audit(subject, new { account.Name, account.Provider, account.Mode, account.BaseAddress });
            commit.Changed("account", account.Id);
            return new AccountMade.Done(account.Id);
        });
    }

    private AccountMade.Wrong? Wrong(AccountForm form, byte[]? publicKey)
    {
        var provider = catalog.All.FirstOrDefault(one => one.Descriptor.Key == form.Provider);
        var codes = form.Currencies.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.IsNullOrWhiteSpace(form.Name) ? new(nameof(form.Name), "Missing")
            : provider is null ? new(nameof(form.Provider), "Unknown")
            : form.MerchantId.Length is 0 or > 30 || !form.MerchantId.All(char.IsAsciiLetterOrDigit)
                ? new(nameof(form.MerchantId), "MerchantId")
            : codes.Length == 0 || !codes.All(code => CurrencyTable.TryGet(code, out _))
                ? new(nameof(form.Currencies), "Currency")
            : form.Mode == AccountMode.Live && !IsHostOf(provider, form.BaseAddress)
                ? new(nameof(form.BaseAddress), "Host")
            : (form.Mode == AccountMode.Rehearsal) != (sandbox.Origin is not null) ? new(nameof(form.Mode), "NotHere")
            : form.Md5Key.Length < 8 ? new(nameof(form.Md5Key), "KeyTooShort")
            : form.AnswerSignature == SignatureMode.Rsa && publicKey is null
                ? new(nameof(form.ProviderPublicPem), "PublicKey")
            : null;
    }

    private static bool IsHostOf(IPaymentProvider provider, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort
        && uri.AbsolutePath == "/" && provider.Descriptor.Hosts.Contains(uri.Host);

    private static byte[]? ReadPublic(string pem)
    {
        try
        {
            if (pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
            {
                using var certificate = X509Certificate2.CreateFromPem(pem);
                return certificate.RawData;
            }

            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa.ExportSubjectPublicKeyInfo();
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return null;
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
