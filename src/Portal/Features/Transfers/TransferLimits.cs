using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>Sums a day's transfers and says what is left of each limit.</summary>
public sealed class TransferLimits(AccountDirectory accounts)
{
    private static readonly OperationState[] Uncounted =
        [OperationState.Rejected, OperationState.Expired, OperationState.Failed];

    /// <summary>The limits of an account in one currency, set or usual.</summary>
    public static async Task<IReadOnlyDictionary<LimitScope, Money>> ReadAsync(
        PortalDb db, Guid accountId, Currency currency)
    {
        var set = await db.Set<TransferLimit>().AsNoTracking()
            .Where(row => row.AccountId == accountId && row.Currency == currency.Code)
            .ToDictionaryAsync(row => row.Scope, row => new Money(row.Minor, currency));
        return Enum.GetValues<LimitScope>().ToDictionary(
            scope => scope,
            scope => set.TryGetValue(scope, out var limit) ? limit : TransferLimit.Usual(scope, currency));
    }

    /// <summary>Where the day stands for a payee and a requester, without a lock: for pages.</summary>
    public async Task<IReadOnlyList<LimitStanding>> StandingAsync(
        PortalDb db, Account account, Currency currency, string payeeId, Guid requesterPersonId, DateTimeOffset now) =>
        (await RoomAsync(db, account, requesterPersonId, now)).Standing(payeeId, currency);

    /// <summary>What an account's day has used so far, for as many new transfers as are looked at together.</summary>
    public async Task<TransferRoom> RoomAsync(
        PortalDb db, Account account, Guid requesterPersonId, DateTimeOffset now)
    {
        var from = ZoneDay.Start(Day(account, now), Zone(account));
        var used = await db.Set<Operation>().AsNoTracking()
            .Where(row => row.Kind == OperationKind.Transfer && row.AccountId == account.Id && row.RequestedAt >= from
                && !Uncounted.Contains(row.State))
            .GroupBy(row => new { row.Currency, row.Target, Mine = row.RequesterPersonId == requesterPersonId })
            .Select(group => new { group.Key, Minor = group.Sum(row => row.AmountMinor) }).ToListAsync();
        var room = new TransferRoom(await db.Set<TransferLimit>().AsNoTracking()
            .Where(row => row.AccountId == account.Id).ToListAsync());
        foreach (var part in used)
        {
            room.Take(part.Key.Target, new(part.Minor, CurrencyTable.Get(part.Key.Currency)), part.Key.Mine);
        }

        return room;
    }

    /// <summary>
    /// Locks the account's day until the end of the command, sums, and says which limit the amount would break; null
    /// when it fits. Call it once per new transfer and before it is added: what the command has added and not saved is
    /// not in the sums.
    /// </summary>
    public async Task<LimitStanding?> BrokenAsync(Commit commit, Account account, string payeeId, Money amount)
    {
        await HoldAsync(commit, account, 1);
        return (await RoomAsync(commit.Db, account, commit.Actor.PersonId ?? Guid.Empty, commit.Now))
            .Broken(payeeId, amount);
    }

    /// <summary>
    /// Locks the account's day until the end of the command: sums that are read afterwards hold until then.
    /// </summary>
    /// <param name="commit">The running command.</param>
    /// <param name="account">The account.</param>
    /// <param name="count">How many transfers it is about to add.</param>
    public Task HoldAsync(Commit commit, Account account, int count) =>
        LockAsync(commit.Db, account.Id, Day(account, commit.Now), count);

    /// <summary>
    /// Sets a limit. It is the last step of a change that two people agreed to; nothing else may call it.
    /// </summary>
    public static async Task ApplyAsync(Commit commit, Account account, LimitScope scope, Money limit, string by)
    {
        var row = await commit.Db.Set<TransferLimit>().SingleOrDefaultAsync(
            row => row.AccountId == account.Id && row.Scope == scope && row.Currency == limit.Currency.Code);
        if (row is null)
        {
            row = new() { AccountId = account.Id, Scope = scope, Currency = limit.Currency.Code };
            commit.Db.Add(row);
        }

        var before = row.ChangedBy.Length > 0
            ? new Money(row.Minor, limit.Currency)
            : TransferLimit.Usual(scope, limit.Currency);
        (row.Minor, row.ChangedAt, row.ChangedBy) = (limit.Minor, commit.Now, by);
        commit.Audit(
            $"transfer limit {scope} of {account.Name}",
            new { before = before.ToString(), after = limit.ToString(), by });
        commit.Changed("transfer-limits", account.Id);
    }

    /// <summary>The day of an instant as the account's provider counts days.</summary>
    private DateOnly Day(Account account, DateTimeOffset now) => ZoneDay.Of(now, Zone(account));

    private TimeZoneInfo Zone(Account account) =>
        TimeZoneInfo.FindSystemTimeZoneById(accounts.Provider(account).Descriptor.Zone);

    /// <summary>Makes the day's row or counts it up; either holds it until the transaction ends.</summary>
    private static Task<int> LockAsync(PortalDb db, Guid accountId, DateOnly day, int count) =>
        db.Database.ExecuteSqlAsync($"""
            INSERT INTO transfer_days ("AccountId", "Day", "Asked") VALUES ({accountId}, {day}, {count})
            ON CONFLICT ("AccountId", "Day") DO UPDATE SET "Asked" = transfer_days."Asked" + {count}
            """);
}
