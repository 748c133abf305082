using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>
/// Reads the providers' lists of today's paid orders, page by page, each page in a commit of its own. What is known
/// already changes nothing, so that reading again is harmless.
/// </summary>
public sealed class StatementReader(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, ProviderGate providers, TimeProvider time,
    ILogger<StatementReader> log)
{
    private const int MaxPage = 99;
    private static readonly Actor Job = Actor.Job("statement-reader");
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>What a reading did.</summary>
    public sealed record Reading(int Pages, int Added, int Changed, int Differs, ProviderError Problem);

    /// <summary>Reads the next account that is due, if one is.</summary>
    public async Task<bool> ReadNextAsync(CancellationToken cancel)
    {
        foreach (var account in await ListedAsync())
        {
            var name = $"statement {account.Id:N}";
            if (await ClaimAsync(name, account.Provider) is not { } entry)
            {
                continue;
            }

            await ReleaseAsync(name, await TryReadAsync(account, name, entry, cancel));
            return true;
        }

        return false;
    }

    /// <summary>Reads all pages of today for one account.</summary>
    public Task<Reading> ReadAsync(Account account, CancellationToken cancel) =>
        ReadAsync(account, new(IsTrial: false), cancel);

    private async Task<Reading> ReadAsync(Account account, ProviderEntry entry, CancellationToken cancel)
    {
        var provider = accounts.Provider(account);
        if (provider.Statements is not { } statements || accounts.Address(account) is not { } address)
        {
            return new(0, 0, 0, 0, ProviderError.AddressNotAllowed);
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(provider.Descriptor.Zone);
        var until = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime;
        var total = new Reading(0, 0, 0, 0, ProviderError.None);
        for (var page = 1; page <= MaxPage; page++)
        {
            QueryAnswer<OrderPage> answer;
            await using (var db = await factory.CreateDbContextAsync(cancel))
            {
                using var keys = await accounts.OpenKeysAsync(db, account);
                answer = await statements.ReadPageAsync(address, until.Date, until, page, keys, cancel);
            }

            if (answer is not QueryAnswer<OrderPage>.Told told)
            {
                await NoteAsync(account, answer, entry);
                var problem = answer is QueryAnswer<OrderPage>.NoAnswer no ? no.Error : ProviderError.None;
                return total with { Problem = problem };
            }

            total = await TakePageAsync(account, told, entry, total);
            if (!told.Facts.HasNext)
            {
                break;
            }
        }

        return total;
    }

    private async Task NoteAsync(Account account, QueryAnswer<OrderPage> answer, ProviderEntry entry)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "order.statement", async commit =>
        {
            await providers.NoteAsync(commit, account.Provider, answer, entry);
            return true;
        });
    }

    private async Task<Reading> TakePageAsync(
        Account account, QueryAnswer<OrderPage>.Told page, ProviderEntry entry, Reading total)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(Job, "order.statement", async commit =>
        {
            int added = 0, changed = 0, differs = 0;
            foreach (var facts in page.Facts.Orders)
            {
                var (learnt, _) = await commit.LearnAsync(account, facts, OrderSource.Statement);
                added += learnt == Learnt.Added ? 1 : 0;
                changed += learnt == Learnt.Changed ? 1 : 0;
                if (learnt is Learnt.Differs or Learnt.Impossible)
                {
                    differs++;
                    commit.Audit(
                        $"order {facts.MerchantNumber}",
                        new { learnt, facts.ProviderNumber, amount = facts.Amount.ToString() });
                }
            }

            if (added + changed > 0)
            {
                commit.Audit($"account {account.MerchantId}", new { page = total.Pages + 1, added, changed });
            }

            await db.SaveChangesAsync();
            await providers.NoteAsync(commit, account.Provider, page, entry);
            return new Reading(
                total.Pages + 1,
                total.Added + added,
                total.Changed + changed,
                total.Differs + differs,
                ProviderError.None);
        });
    }

    private async Task<List<Account>> ListedAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var all = await db.Set<Account>().AsNoTracking().OrderBy(row => row.Id).ToListAsync();
        return
        [
            .. all.Where(row => accounts.Provider(row).Statements is not null && accounts.Address(row) is not null),
        ];
    }

    private async Task<ProviderEntry?> ClaimAsync(string name, string provider)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var task = await db.Set<ScheduledTask>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == name);
        if ((task is not null && (task.DueAt > now || task.LeaseUntil > now))
            || (await providers.ClosedForQuestionsAsync(db, now)).Contains(provider))
        {
            return null;
        }

        try
        {
            return await db.CommitAsync<ProviderEntry?>(Job, "schedule.claim", async commit =>
            {
                if (await TakeAsync(commit, name, task)
                    && await providers.EnterToAskAsync(commit, provider) is { } entry)
                {
                    return entry;
                }

                // Nothing stays of a claim that another process was faster with.
                db.ChangeTracker.Clear();
                return null;
            });
        }
        catch (DbUpdateException) when (task is null)
        {
            // The account's first claim of all, and another process made it in the same instant.
            return null;
        }
    }

    private static async Task<bool> TakeAsync(Commit commit, string name, ScheduledTask? task)
    {
        if (task is null)
        {
            commit.Db.Add(new ScheduledTask { Name = name, DueAt = commit.Now, LeaseUntil = commit.Now + Lease });
            return true;
        }

        return await commit.Db.Set<ScheduledTask>()
            .Where(row => row.Name == name && row.DueAt == task.DueAt && row.LeaseUntil == task.LeaseUntil)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, commit.Now + Lease)) == 1;
    }

    /// <summary>Reads, and says in one word what went wrong; the account is due again after the usual time.</summary>
    private async Task<string> TryReadAsync(
        Account account, string name, ProviderEntry entry, CancellationToken cancel)
    {
        try
        {
            var reading = await ReadAsync(account, entry, cancel);
            if (reading.Problem == ProviderError.None)
            {
                return "";
            }

            log.LogWarning("{Task} ended with {Problem} after {Pages} pages.", name, reading.Problem, reading.Pages);
            return reading.Problem.ToString();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Another process may have added the same order in the same instant: the next reading finds it known.
            log.LogError(fault, "{Task} broke off.", name);
            return OperationProblem.BrokeOff;
        }
    }

    private async Task ReleaseAsync(string name, string problem)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "schedule.release", commit => db.Set<ScheduledTask>().Where(row => row.Name == name)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.DueAt, commit.Now + Every)
                .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.LastRunAt, commit.Now)
                .SetProperty(row => row.LastProblem, problem)));
    }
}
