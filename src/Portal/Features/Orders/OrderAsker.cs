using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>Asks providers about orders whose question is due. Silence is not "unpaid".</summary>
public sealed class OrderAsker(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time, ILogger<OrderAsker> log)
{
    private static readonly Actor Job = Actor.Job("order-asker");
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(6)];

    /// <summary>Asks about the order that is longest due.</summary>
    public async Task<bool> AskNextAsync(CancellationToken cancel)
    {
        if (await ClaimAsync() is not { } order)
        {
            return false;
        }

        var account = await accounts.GetAsync(order.AccountId);
        var answer = await AskAsync(account, order, cancel);
        await RecordAsync(account, order, answer);
        return true;
    }

    private async Task<Order?> ClaimAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var order = await db.Set<Order>().AsNoTracking().Where(row => row.NextQuestionAt <= now)
            .OrderBy(row => row.NextQuestionAt).FirstOrDefaultAsync();
        if (order is null)
        {
            return null;
        }

        return await db.CommitAsync(Job, "order.asking", async commit =>
        {
            var rows = await db.Set<Order>()
                .Where(row => row.Id == order.Id && row.NextQuestionAt == order.NextQuestionAt)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.NextQuestionAt, commit.Now + Hold)
                    .SetProperty(row => row.Questions, row => row.Questions + 1));
            return rows == 1 ? order : null;
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

    private async Task RecordAsync(Account account, Order order, QueryAnswer<OrderFacts>? answer)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "order.asked", async commit =>
        {
            var learnt = answer is QueryAnswer<OrderFacts>.Told told
                ? (await commit.LearnAsync(account, told.Facts, OrderSource.Notification)).Learnt
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
            commit.Changed("order", order.Id);
            return learnt;
        });
    }
}
