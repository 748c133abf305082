using System.Globalization;
using System.Text;
using MerchantPortal.Payments.Amounts;
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
    private const string Merchant = "142019061000001";

    public async Task CreateAsync()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.MerchantId == Merchant);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await PlaceAsync(account, "HGSTATION1", 648_00, "Sofia Rossi", now.AddDays(-2));
        await sandbox.SendAsync(
            HttpMethod.Post, $"/control/lianlian-global/payments/HGSTATION1/refunds?merchantId={Merchant}",
            new { amount = "120.00" });
        await sandbox.SendAsync(
            HttpMethod.Post, $"/control/lianlian-global/notifications/HGSTATION1?merchantId={Merchant}", new { });
    }

    private async Task PlaceAsync(Account account, string number, long minor, string payer, DateTimeOffset at)
    {
        var paidAt = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
        var amount = new Money(minor, account.CurrencyList[0]).ToDecimalText();
        var csv = string.Create(CultureInfo.InvariantCulture, $"""
            order_no,time,amount,currency,method,shop_state,payer
            {number},{paidAt:yyyy-MM-ddTHH:mm:ss}Z,{amount},{account.CurrencyList[0].Code},Visa ·· 4471,delivered 已签收,{payer}

            """);
        await services.GetRequiredService<OrderImport>().ImportAsync(
            Actor.Job("demo"), account.Id, "station-orders.csv", Encoding.UTF8.GetBytes(csv));
        await sandbox.SendAsync(HttpMethod.Post, "/control/lianlian-global/payments", new[]
        {
            new
            {
                merchantId = account.MerchantId,
                merchantTransactionId = number,
                amount,
                currency = account.CurrencyList[0].Code,
                state = "PS",
                paidAt,
                notificationUrl =
                    new Uri(portal, InboundEndpoint.Path(account.Provider, account.InboundKey)).ToString(),
                notify = false,
            },
        });
    }
}
