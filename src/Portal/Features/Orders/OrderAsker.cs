using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>Asks providers about orders whose question is due. Silence is not "unpaid".</summary>
public sealed class OrderAsker(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, ProviderGate providers, TimeProvider time,
    ILogger<OrderAsker> log)
{
    private static readonly Actor Job = Actor.Job("order-asker");
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(6)];

    /// <summary>Asks about the order that is longest due.</summary>
    public async Task<bool> AskNextAsync(CancellationToken cancel)
    {
        if (await ClaimAsync() is not (var order, var entry))
        {
            return false;
        }

        var account = await accounts.GetAsync(order.AccountId);
        var answer = await AskAsync(account, order, cancel);
        await RecordAsync(account, order, answer, entry);
        return true;
    }

    private async Task<(Order Order, ProviderEntry Entry)?> ClaimAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var closed = await providers.ClosedForQuestionsAsync(db, now);
        var silent = db.Set<Account>().Where(row => closed.Contains(row.Provider)).Select(row => row.Id);
        var order = await db.Set<Order>().AsNoTracking()
            .Where(row => row.NextQuestionAt <= now && !silent.Contains(row.AccountId))
            .OrderBy(row => row.NextQuestionAt).FirstOrDefaultAsync();
        if (order is null)
        {
            return null;
        }

        var provider = (await accounts.GetAsync(order.AccountId)).Provider;
        return await db.CommitAsync<(Order, ProviderEntry)?>(Job, "order.asking", async commit =>
        {
            var rows = await db.Set<Order>()
                .Where(row => row.Id == order.Id && row.NextQuestionAt == order.NextQuestionAt)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.NextQuestionAt, commit.Now + Hold)
                    .SetProperty(row => row.Questions, row => row.Questions + 1));
            return rows == 1 && await providers.EnterToAskAsync(commit, provider) is { } entry ? (order, entry) : null;
        });
    }

    private async Task<QueryAnswer<OrderFacts>?> AskAsync(Account account, Order order, CancellationToken cancel)
    {
        if (accounts.Provider(account).Orders is not { } lookup || accounts.Address(account) is not { } address)
        {
            return null;
        }

        try
        {
            await using var db = await factory.CreateDbContextAsync(cancel);
            using var keys = await accounts.OpenKeysAsync(db, account);
            return accounts.Provider(account).PreAuthorisations is { CanQuery: true } holds
                && await db.Set<Hold>().AnyAsync(row => row.OrderId == order.Id, cancel)
                    ? HoldWords.Of(account, order, await holds.QueryAsync(address, HoldWords.Ask(order), keys, cancel))
                    : await lookup.FindAsync(address, order.Reference, keys, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Asking about order {Number} broke off.", order.Number);
            return null;
        }
    }

    private async Task RecordAsync(Account account, Order order, QueryAnswer<OrderFacts>? answer, ProviderEntry entry)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "order.asked", async commit =>
        {
            var learnt = answer is QueryAnswer<OrderFacts>.Told told
                ? (await commit.LearnAsync(account, told.Facts, OrderSource.Notification, asked: true)).Learnt
                : Learnt.NothingNew;
            if (learnt is Learnt.Differs or Learnt.Impossible)
            {
                commit.Audit($"order {order.Number}", new { learnt, answer?.ProviderCode });
            }

            await db.SaveChangesAsync();
            var usual = commit.Now + Waits[Math.Min(order.Questions, Waits.Length - 1)];
            var provider = accounts.Provider(account);
            var next = OrderWindows.NextQuestion(provider, order.OrderedAt, usual, commit.Now);

            // Nobody notifies that a hold ran out or was captured elsewhere.
            var whileHeld = provider.PreAuthorisations is { CanQuery: true }
                ? commit.Now + OrderWindows.Later
                : (DateTimeOffset?)null;
            await db.Set<Order>().Where(row => row.Id == order.Id).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.AskedAt, commit.Now)
                .SetProperty(row => row.NextQuestionAt, row => row.State == OrderState.AwaitingPayment
                    || row.State == OrderState.Processing ? next : row.State == OrderState.Held ? whileHeld : null));
            await providers.NoteAsync(commit, account.Provider, answer, entry);
            commit.Changed("order", order.Id);
            return learnt;
        });
    }
}
