using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>
/// An order of which somebody gave a part back at the provider's own station. The portal learns it from the
/// provider's notification, which opens a case.
/// </summary>
internal sealed class DemoCases(IServiceProvider services, SandboxControl sandbox, Uri portal)
{
    private const string Control = "/control/lianlian-global";
    private const string Merchant = "142019061000001";
    private const string Number = "HGSTATION1";

    public async Task CreateAsync()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.MerchantId == Merchant);
        var at = services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-2);
        var paidAt = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
        var amount = new Money(648_00, account.CurrencyList[0]);
        await LearnAsync(db, account, amount, paidAt, await PlaceAsync(account, amount, paidAt));
        await sandbox.SendAsync(
            HttpMethod.Post, $"{Control}/payments/{Number}/refunds?merchantId={Merchant}", new { amount = "120.00" });
        await sandbox.SendAsync(
            HttpMethod.Post, $"{Control}/notifications/{Number}?merchantId={Merchant}", new { });
    }

    private async Task<string> PlaceAsync(Account account, Money amount, DateTimeOffset paidAt)
    {
        var placed = await sandbox.SendAsync(HttpMethod.Post, $"{Control}/payments", new[]
        {
            new
            {
                merchantId = account.MerchantId,
                merchantTransactionId = Number,
                amount = amount.ToDecimalText(),
                currency = amount.Currency.Code,
                state = "PS",
                paidAt,
                notificationUrl =
                    new Uri(portal, InboundEndpoint.Path(account.Provider, account.InboundKey)).ToString(),
                notify = false,
            },
        });
        return placed[0].GetProperty("llTransactionId").GetString()!;
    }

    /// <summary>The payment is old news when its refund comes in.</summary>
    private static async Task LearnAsync(
        PortalDb db, Account account, Money amount, DateTimeOffset paidAt, string providerNumber) =>
        await db.CommitAsync(Actor.Job("demo"), "demo.orders", async commit =>
        {
            var (_, id) = await commit.LearnAsync(
                account,
                new OrderFacts
                {
                    MerchantId = account.MerchantId,
                    MerchantNumber = Number,
                    ProviderNumber = providerNumber,
                    OrderedAt = paidAt.AddMinutes(-1),
                    Amount = amount,
                    Paid = amount,
                    PaidAt = paidAt,
                    Event = OrderEvent.PaymentSucceeded,
                    RawState = "PS",
                    Method = "Visa ·· 4471",
                },
                OrderSource.Statement);
            var row = await db.Set<Order>().FindAsync(id);
            row!.Payer = "Sofia Rossi";
            row.ShopState = "delivered 已签收";
            return true;
        });
}
