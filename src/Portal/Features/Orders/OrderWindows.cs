using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>
/// Switches from waiting to asking: once a provider has given up telling us, only a question can bring the news
/// (reliability design, 4.7). Looks on start and every ten minutes at every order that is still open.
/// </summary>
public sealed class OrderWindows(IDbContextFactory<PortalDb> factory, ProviderCatalog catalog, TimeProvider time)
{
    /// <summary>How often it looks, and how often an order is asked about in its first day after the window.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>How often an order is asked about that nobody has paid for a day.</summary>
    public static readonly TimeSpan Later = TimeSpan.FromHours(6);

    private static readonly TimeSpan FirstDay = TimeSpan.FromDays(1);
    private static readonly Actor Job = Actor.Job("order-windows");
    private DateTimeOffset dueAt = DateTimeOffset.MinValue;

    /// <summary>
    /// When the provider's window of an order closes; null where the provider does not notify. The first try cannot be
    /// earlier than the order, so that it is counted from there.
    /// </summary>
    public static DateTimeOffset? ClosesAt(IPaymentProvider provider, DateTimeOffset orderedAt) =>
        provider.Notifications is { } notifications ? orderedAt + notifications.Retries.Window : null;

    /// <summary>When an open order is asked about next, where its usual turn would be too late or too often.</summary>
    /// <param name="provider">The order's provider.</param>
    /// <param name="orderedAt">The order's time.</param>
    /// <param name="usual">The next turn by the usual waits.</param>
    /// <param name="now">This instant.</param>
    /// <returns>The instant; null when the provider answers no more.</returns>
    public static DateTimeOffset? NextQuestion(
        IPaymentProvider provider, DateTimeOffset orderedAt, DateTimeOffset usual, DateTimeOffset now)
    {
        if (provider.Orders?.AnswersFor is { } answers && orderedAt + answers <= now)
        {
            return null;
        }

        return ClosesAt(provider, orderedAt) switch
        {
            null => usual,
            { } closes when closes > now => usual < closes ? usual : closes,
            { } closes => now + (now < closes + FirstDay ? Every : Later),
        };
    }

    /// <summary>Makes the questions due that the windows demand, when it is time to look.</summary>
    /// <returns>False when it is not time yet.</returns>
    public async Task<bool> LookAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (now < dueAt)
        {
            return false;
        }

        foreach (var provider in catalog.All.Where(one => one is { Notifications: not null, Orders: not null }))
        {
            await AskAsync(provider, now, cancel);
        }

        dueAt = now + Every;
        return true;
    }

    private async Task AskAsync(IPaymentProvider provider, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await factory.CreateDbContextAsync(cancel);
        var closed = now - provider.Notifications!.Retries.Window;
        var due = Due(db, provider, now, closed);
        if (await due.Select(row => row.Id).Take(1).ToListAsync(cancel) is not [var one])
        {
            return;
        }

        await db.CommitAsync(Job, "order.window-closed", async commit =>
        {
            var rows = await due.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.NextQuestionAt, commit.Now), cancel);
            commit.Changed("order", one);
            return rows;
        });
    }

    // Open, past the window, still answered, not asked about within the distance of its age, and not due anyway.
    private static IQueryable<Order> Due(
        PortalDb db, IPaymentProvider provider, DateTimeOffset now, DateTimeOffset closed)
    {
        var key = provider.Descriptor.Key;
        var answered = provider.Orders!.AnswersFor is { } answers ? now - answers : DateTimeOffset.MinValue;
        var fresh = closed - FirstDay;
        var soon = now - Every;
        var late = now - Later;
        return db.Set<Order>().Where(row => row.Provider == key
            && (row.State == OrderState.AwaitingPayment || row.State == OrderState.Processing)
            && row.OrderedAt <= closed && row.OrderedAt > answered
            && (row.NextQuestionAt == null || row.NextQuestionAt > now)
            && (row.AskedAt == null || row.AskedAt <= late || (row.AskedAt <= soon && row.OrderedAt > fresh)));
    }
}
