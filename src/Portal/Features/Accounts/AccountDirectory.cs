using System.Security.Cryptography;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>Where this process's Sandbox listens; null in a live process.</summary>
public sealed class SandboxAddress
{
    public Uri? Origin { get; set; }
}

/// <summary>Turns account rows into what the providers' code speaks with: account, provider, opened keys.</summary>
public sealed class AccountDirectory(
    IDbContextFactory<PortalDb> factory, ProviderCatalog catalog, KeyVault vault, SandboxAddress sandbox)
{
    /// <summary>
    /// An account by id. It is read each time: what two people switched off in another process must act at once.
    /// </summary>
    public async Task<Account> GetAsync(Guid id)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id);
    }

    /// <summary>
    /// An account by id, read on the command's own connection: a command that waited for a second one while it holds
    /// the first could wait for others that do the same.
    /// </summary>
    public static Task<Account> GetAsync(PortalDb db, Guid id) =>
        db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id);

    /// <summary>The code that speaks the account's protocol.</summary>
    public IPaymentProvider Provider(Account account) => catalog.Get(account.Provider);

    /// <summary>The code behind a provider's key.</summary>
    public IPaymentProvider ProviderOf(string key) => catalog.Get(key);

    /// <summary>
    /// The account as the protocol needs it, or null where it may not be spoken to from this process.
    /// </summary>
    public ProviderAccount? Address(Account account)
    {
        var isRehearsal = account.Mode == AccountMode.Rehearsal;
        if (isRehearsal && sandbox.Origin is null)
        {
            return null;
        }

        return new()
        {
            MerchantId = account.MerchantId,
            BaseAddress = isRehearsal ? sandbox.Origin! : new Uri(account.BaseAddress),
            OtherAddresses = isRehearsal
                ? []
                : [.. account.OtherAddressList.Select(one => new Uri(one))],
            Settings = account.SettingList,
            AnswerSignature = account.AnswerSignature,
            Currencies = account.CurrencyList,
            SandboxAddress = isRehearsal ? sandbox.Origin : null,
        };
    }

    /// <summary>Opens the newest keys of an account. The caller disposes them.</summary>
    /// <exception cref="CryptographicException">
    /// A stored key was moved, changed or sealed under another root.
    /// </exception>
    public async Task<ProviderKeys> OpenKeysAsync(PortalDb db, Account account)
    {
        var rows = await db.Set<AccountKey>().AsNoTracking()
            .Where(row => row.AccountId == account.Id && row.RetiredAt == null)
            .ToListAsync();
        var newest = rows.GroupBy(row => row.Usage).Select(group => group.MaxBy(row => row.Version)!).ToList();
        return new()
        {
            Version = newest.Count == 0 ? 0 : newest.Max(row => row.Version),
            SharedSecret = Secret(account, newest, KeyUsage.SharedMd5Secret),
            SigningPrivate = Secret(account, newest, KeyUsage.OurSigningPrivate),
            ProviderPublic = Public(account, newest),
        };
    }

    /// <summary>The label that binds a key to its place.</summary>
    public static KeyLabel Label(Account account, AccountKey key) =>
        new(account.Provider, account.MerchantId, key.Usage, key.Id, key.Version, key.Fingerprint);

    /// <summary>Keyed digest of a public key and its label, so that it cannot be replaced in the database.</summary>
    public static byte[] PublicMac(KeyVault vault, Account account, AccountKey key) =>
        vault.Mac(
            "mp/public-key/v1",
            [.. System.Text.Encoding.UTF8.GetBytes(Label(account, key).ToString()), .. key.Content]);

    private SecretBytes? Secret(Account account, List<AccountKey> keys, KeyUsage usage) =>
        keys.Find(key => key.Usage == usage) is { } row ? vault.Open(row.Content, Label(account, row)) : null;

    private ReadOnlyMemory<byte>? Public(Account account, List<AccountKey> keys)
    {
        if (keys.Find(key => key.Usage == KeyUsage.ProviderPublic) is not { } row)
        {
            return null;
        }

        return CryptographicOperations.FixedTimeEquals(row.Mac, PublicMac(vault, account, row))
            ? row.Content
            : throw new CryptographicException("A stored public key is not the one that was entered.");
    }
}
