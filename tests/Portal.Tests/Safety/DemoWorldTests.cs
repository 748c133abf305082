using System.Diagnostics;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>A rehearsal as it starts: four providers, spoken to through their own protocols on both sides.</summary>
public sealed class DemoWorldTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private readonly string folder = Directory.CreateTempSubdirectory("portal-demo-").FullName;
    private RunningPortal portal = null!;

    public async Task InitializeAsync() => portal = await PortalStart.StartAsync(
        new PortalOptions { Data = folder, Urls = "http://localhost:0", Mode = PortalMode.Rehearse }, TextWriter.Null);

    public async Task DisposeAsync()
    {
        await portal.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Orders_of_every_provider_become_paid_by_signed_news_and_by_questions()
    {
        await UntilAsync(async db => await Paid(db, "lianlian-global") == 33 && await Paid(db, "lianlian-mobile") == 28
            && await Paid(db, "bgcpay") == 9 && await Paid(db, "allinpay") > 100);
        await UntilAsync(async db => await db.Set<Inbound>().CountAsync() >= 33 + 28 + 9);

        await using var db = await Factory.CreateDbContextAsync();
        (await db.Set<Inbound>().CountAsync(row => row.Verdict != InboundVerdict.Genuine || row.OrderId == null))
            .ShouldBe(0);
    }

    private IDbContextFactory<PortalDb> Factory =>
        portal.App.Services.GetRequiredService<IDbContextFactory<PortalDb>>();

    private static Task<int> Paid(PortalDb db, string provider) => db.Set<Order>()
        .CountAsync(row => row.Provider == provider && row.State == OrderState.Paid);

    /// <summary>Looks again at every change until it is so.</summary>
    private async Task UntilAsync(Func<PortalDb, Task<bool>> isSo)
    {
        using var signal = new SemaphoreSlim(0);
        using var heard = portal.App.Services.GetRequiredService<ChangeFeed>().Subscribe(_ => signal.Release());
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            await using (var db = await Factory.CreateDbContextAsync())
            {
                if (await isSo(db))
                {
                    return;
                }
            }

            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Deadline, "it did not come to pass");
            await signal.WaitAsync(TimeSpan.FromSeconds(5));
        }
    }
}
