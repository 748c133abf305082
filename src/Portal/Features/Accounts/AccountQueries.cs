using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>A key as it may be shown: never itself, only its fingerprint.</summary>
public sealed record KeyLine(
    KeyUsage Usage, int Version, string Fingerprint, DateTimeOffset CreatedAt, string CreatedBy);

/// <summary>One thing that an account decides.</summary>
/// <param name="Rule">What may be decided.</param>
/// <param name="Value">What holds for the account.</param>
public sealed record AccountSetting(ProviderSetting Rule, string Value)
{
    /// <summary>The account has decided otherwise than the default.</summary>
    public bool IsOwn => Value != Rule.Default;
}

/// <summary>What the form of an account offers for one provider.</summary>
public sealed record AccountOffer(
    ProviderDescriptor Provider, IReadOnlyList<KeyPlan> Plans, IReadOnlyList<ProviderSetting> Settings);

/// <summary>An account with its keys and the last reading of its statement.</summary>
public sealed record AccountLine(
    Guid Id, string Name, ProviderDescriptor Provider, string MerchantId, AccountMode Mode, SignatureMode Signature,
    string Currencies)
{
    /// <summary>Origin of the provider; empty for the Sandbox.</summary>
    public string BaseAddress { get; init; } = "";

    /// <summary>Further origins of the provider.</summary>
    public IReadOnlyList<string> OtherAddresses { get; init; } = [];

    /// <summary>What the account decides where the document leaves it open.</summary>
    public IReadOnlyList<AccountSetting> Settings { get; init; } = [];

    /// <summary>The interfaces that no evidence confirms, and whether they may be used here.</summary>
    public IReadOnlyList<(ProviderInterface Part, bool IsOn)> Unconfirmed { get; init; } = [];

    /// <summary>Switches of the account's interfaces that wait for a second person.</summary>
    public IReadOnlyList<WaitingChange> Waiting { get; init; } = [];

    /// <summary>Path of the address that the provider calls; null where its document has no notifications.</summary>
    public string? InboundPath { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<KeyLine> Keys { get; init; } = [];

    /// <summary>The provider has a list of paid orders that is read on schedule.</summary>
    public bool HasStatement { get; init; }

    /// <summary>When it was last read; null before the first time.</summary>
    public DateTimeOffset? StatementAt { get; init; }

    /// <summary>
    /// Why the last reading ended early, a word of <see cref="ProviderError"/>; empty when it was whole.
    /// </summary>
    public string StatementProblem { get; init; } = "";
}

/// <summary>The accounts that the reader may see, and when they were read.</summary>
public sealed record AccountList(IReadOnlyList<AccountLine> Accounts, bool MayManage, DateTimeOffset At);

/// <summary>Reads accounts with their fingerprints; no key leaves here.</summary>
public sealed class AccountQueries(
    IDbContextFactory<PortalDb> factory, ProviderCatalog catalog, ChangeQueries changes, TimeProvider time)
{
    /// <summary>Every account in the reader's view, by name; null without the right.</summary>
    public async Task<AccountList?> ListAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        if (!rights.Allows(Permission.AccountsRead))
        {
            return null;
        }

        var seen = rights.AccountsFor(Permission.AccountsRead);
        var accounts = await db.Set<Account>().AsNoTracking()
            .Where(row => seen == null || seen.Contains(row.Id)).OrderBy(row => row.Name).ToListAsync();
        var ids = accounts.Select(row => row.Id).ToList();
        var keys = (await db.Set<AccountKey>().AsNoTracking()
            .Where(row => ids.Contains(row.AccountId) && row.RetiredAt == null)
            .OrderBy(row => row.Usage).ThenByDescending(row => row.Version)
            .Select(row => new
            {
                row.AccountId,
                Line = new KeyLine(row.Usage, row.Version, row.Fingerprint, row.CreatedAt, row.CreatedBy),
            })
            .ToListAsync()).ToLookup(row => row.AccountId, row => row.Line);
        var names = ids.Select(StatementTask).ToList();
        var readings = await db.Set<ScheduledTask>().AsNoTracking()
            .Where(row => names.Contains(row.Name)).ToDictionaryAsync(row => row.Name);
        var waiting = await changes.WaitingForAsync("account ");
        return new([.. accounts.Select(row => Line(row, readings.GetValueOrDefault(StatementTask(row.Id))) with
        {
            Keys = [.. keys[row.Id]],
            Waiting =
            [
                .. waiting.Where(one =>
                    one.Target.StartsWith(AccountSwitch.Targets(row.Id), StringComparison.Ordinal)),
            ],
        })], rights.Allows(Permission.AccountsManage), time.GetUtcNow());
    }

    /// <summary>The providers that an account can be made for.</summary>
    public IReadOnlyList<AccountOffer> Offers() =>
        [.. catalog.All.Select(one => new AccountOffer(one.Descriptor, one.KeyPlans, one.Settings))];

    private static string StatementTask(Guid accountId) => $"statement {accountId:N}";

    private AccountLine Line(Account row, ScheduledTask? reading)
    {
        var provider = catalog.Get(row.Provider);
        return new(row.Id, row.Name, provider.Descriptor, row.MerchantId, row.Mode, row.AnswerSignature, row.Currencies)
        {
            BaseAddress = row.BaseAddress,
            OtherAddresses = row.OtherAddressList,
            Settings =
            [
                .. provider.Settings.Select(rule => new AccountSetting(
                    rule, row.SettingList.GetValueOrDefault(rule.Key, rule.Default))),
            ],
            Unconfirmed = [.. provider.Unconfirmed.Select(part => (part, row.IsOn(provider, part)))],
            InboundPath = provider.Notifications is null ? null : InboundEndpoint.Path(row.Provider, row.InboundKey),
            CreatedAt = row.CreatedAt,
            HasStatement = provider.Statements is not null,
            StatementAt = reading?.LastRunAt,
            StatementProblem = reading?.LastProblem ?? "",
        };
    }
}
