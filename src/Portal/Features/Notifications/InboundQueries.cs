using System.Security.Cryptography;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>One inbound call in the list.</summary>
public sealed record InboundLine(
    Guid Id, DateTimeOffset At, Guid AccountId, InboundVerdict Verdict, InboundEffect Effect, string Why,
    int KeyVersion)
{
    public string AccountName { get; init; } = "";
    public string ProviderMark { get; init; } = "";
    public string ProviderName { get; init; } = "";

    /// <summary>Our number of the order it was about; null when none was found.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>The shop's number that a signed message names.</summary>
    public string? NamedOrder { get; init; }

    /// <summary>The provider's further tries; null where it was acknowledged and the provider tries no more.</summary>
    public RetryStanding? Retries { get; init; }
}

/// <summary>A page of calls, with how many lie behind each tab and the accounts to choose from.</summary>
public sealed record InboundPage(IReadOnlyList<InboundLine> Lines, bool HasNewer, bool HasOlder)
{
    public IReadOnlyDictionary<InboundEffect, int> Counts { get; init; } = new Dictionary<InboundEffect, int>();
    public IReadOnlyList<(Guid Id, string Name)> Accounts { get; init; } = [];

    /// <summary>Key and name of the providers of those accounts.</summary>
    public IReadOnlyList<(string Key, string Name)> Providers { get; init; } = [];

    public int All => Counts.Values.Sum();
}

/// <summary>One call with its message as it may be shown.</summary>
/// <param name="Shown">The message, masked by the provider's own code.</param>
/// <param name="Bytes">How many bytes arrived.</param>
public sealed record InboundDetail(InboundLine Line, string Shown, int Bytes, string ContentType, string Remote)
{
    /// <summary>SHA-256 of the bytes as they arrived, lower-case hex: tells two apart without showing them.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The kept headers, a signature by its length only.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The parts of the query, a signature by its length only.</summary>
    public IReadOnlyList<(string Name, string Value)> Query { get; init; } = [];

    /// <summary>What was answered when it is as the document wants it; null where it was refused.</summary>
    public Acknowledgement? Answer { get; init; }
}

/// <summary>Reads what providers called us about, within the accounts the reader may see.</summary>
public sealed class InboundQueries(IDbContextFactory<PortalDb> factory, ProviderCatalog catalog, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>Calls that match, newest first, older or newer than a place; null without the right.</summary>
    public async Task<InboundPage?> PageAsync(
        Actor actor, InboundFilter filter, TimeZoneInfo zone, InboundCursor? before, InboundCursor? after)
    {
        await using var db = await factory.CreateDbContextAsync();
        if (await SeenAsync(db, actor) is not { } accounts)
        {
            return null;
        }

        var within = accounts.Values
            .Where(row => filter.Provider is null || row.Provider == filter.Provider)
            .Select(row => row.Id).ToList();
        var all = Matching(db, within, filter, zone);
        var counts = await all.GroupBy(row => row.Effect)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count);
        var rows = filter.Effect is { } effect ? all.Where(row => row.Effect == effect) : all;
        var found = await Lines(db, Placed(rows, before, after)).Take(PageSize + 1).ToListAsync();
        var more = found.Count > PageSize;
        var page = found.Take(PageSize).Select(line => With(line, accounts)).ToList();
        if (after is not null)
        {
            page.Reverse();
        }

        var hasNewer = after is null ? before is not null : more;
        return new(page, hasNewer, HasOlder: after is null ? more : page.Count > 0)
        {
            Counts = counts,
            Accounts =
                [.. accounts.Values.OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => (row.Id, row.Name))],
            Providers =
            [
                .. catalog.All.Where(one => accounts.Values.Any(row => row.Provider == one.Descriptor.Key))
                    .Select(one => (one.Descriptor.Key, one.Descriptor.Name)),
            ],
        };
    }

    /// <summary>One call; null when there is none in the reader's view.</summary>
    public async Task<InboundDetail?> FindAsync(Actor actor, Guid id)
    {
        await using var db = await factory.CreateDbContextAsync();
        if (await SeenAsync(db, actor) is not { } accounts)
        {
            return null;
        }

        var row = await db.Set<Inbound>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id);
        if (row is null || !accounts.TryGetValue(row.AccountId, out var account))
        {
            return null;
        }

        var line = await Lines(db, db.Set<Inbound>().AsNoTracking().Where(one => one.Id == id)).SingleAsync();
        var protocol = catalog.Get(account.Provider).Notifications;
        var message = row.ToMessage();
        return new(With(line, accounts), protocol?.Show(message) ?? "", row.Body.Length, row.ContentType, row.Remote)
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(row.Body)),
            Headers = InboundHeaders.Show(message.Headers),
            Query = InboundQuery.Show(message.Query),
            Answer = row.Verdict.IsAcknowledged() ? protocol?.Taken : null,
        };
    }

    private async Task<IReadOnlyDictionary<Guid, Account>?> SeenAsync(PortalDb db, Actor actor)
    {
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        if (!rights.Allows(Permission.NotificationsRead))
        {
            return null;
        }

        var seen = rights.AccountsFor(Permission.NotificationsRead);
        return await db.Set<Account>().AsNoTracking().Where(row => seen == null || seen.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id);
    }

    private static IQueryable<Inbound> Matching(
        PortalDb db, List<Guid> accounts, InboundFilter filter, TimeZoneInfo zone)
    {
        var rows = db.Set<Inbound>().AsNoTracking().Where(row => accounts.Contains(row.AccountId));
        if (filter.Verdict is { } verdict)
        {
            rows = rows.Where(row => row.Verdict == verdict);
        }

        if (filter.Search is { } text)
        {
            var ours = text.ToUpperInvariant();
            var named = db.Set<Order>().Where(order => order.Number.StartsWith(ours)
                || order.MerchantNumber.StartsWith(text)
                || (order.ProviderNumber != null && order.ProviderNumber.StartsWith(text)));
            rows = rows.Where(row => (row.NamedOrder != null && row.NamedOrder.StartsWith(text))
                || named.Any(order => order.Id == row.OrderId));
        }

        if (filter.AccountId is { } account)
        {
            rows = rows.Where(row => row.AccountId == account);
        }

        if (filter.From is { } from)
        {
            var start = ZoneDay.Start(from, zone);
            rows = rows.Where(row => row.At >= start);
        }

        if (filter.To is { } to)
        {
            var end = ZoneDay.Start(to.AddDays(1), zone);
            rows = rows.Where(row => row.At < end);
        }

        return rows;
    }

    // Ids of one instant are compared too: two calls may arrive in the same microsecond.
    private static IQueryable<Inbound> Placed(IQueryable<Inbound> rows, InboundCursor? before, InboundCursor? after)
    {
        if (after is not null)
        {
            return rows.Where(row => row.At > after.At || (row.At == after.At && row.Id.CompareTo(after.Id) > 0))
                .OrderBy(row => row.At).ThenBy(row => row.Id);
        }

        return (before is null
            ? rows
            : rows.Where(row => row.At < before.At || (row.At == before.At && row.Id.CompareTo(before.Id) < 0)))
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id);
    }

    private static IQueryable<InboundLine> Lines(PortalDb db, IQueryable<Inbound> rows) => rows.Select(row =>
        new InboundLine(row.Id, row.At, row.AccountId, row.Verdict, row.Effect, row.Why, row.KeyVersion)
        {
            NamedOrder = row.NamedOrder,
            OrderNumber = db.Set<Order>().Where(order => order.Id == row.OrderId).Select(order => order.Number)
                .FirstOrDefault(),
        });

    private InboundLine With(InboundLine line, IReadOnlyDictionary<Guid, Account> accounts)
    {
        var account = accounts[line.AccountId];
        var provider = catalog.Get(account.Provider);
        return line with
        {
            AccountName = account.Name,
            ProviderMark = provider.Descriptor.Mark,
            ProviderName = provider.Descriptor.Name,
            Retries = line.Verdict.IsAcknowledged() || provider.Notifications is not { } protocol
                ? null
                : RetryStanding.Of(protocol.Retries, line.At, time.GetUtcNow()),
        };
    }
}
