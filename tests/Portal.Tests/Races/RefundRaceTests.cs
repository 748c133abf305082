using System.Collections.Concurrent;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Races;

/// <summary>Parts of one payment, asked for by many at once: together they are never more than what was paid.</summary>
public sealed class RefundRaceTests
{
    private const int Workers = 32;
    private const int Orders = 1_000;
    private const int Settled = 40;
    private const int EventsPerLook = 20;

    // Three times 40.00 are wanted of each order, and 100.00 were paid: two fit, 20.00 stay.
    private const int WishesPerOrder = 3;
    private const long Part = 4_000;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Partial_refunds_at_once_never_exceed_what_was_paid(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await using var other = world.SecondNode();
        await using var scope = other.Services.CreateAsyncScope();
        var nodes = new[] { world.Services, scope.ServiceProvider };
        world.Provider.OnSend = (_, transcript) => new ProviderOutcome.Done(transcript);
        var orders = await world.PaidOrdersAsync(await world.AccountAsync(), Orders);
        var clerks = new List<Actor>();
        for (var i = 0; i < Workers; i++)
        {
            clerks.Add(await world.PersonAsync($"clerk{i}", Role.Clerk));
        }

        var events = new SemaphoreSlim(0);
        var wishes = new ConcurrentQueue<Order>(orders.SelectMany(order => Enumerable.Repeat(order, WishesPerOrder)));
        var asking = Task.WhenAll(clerks.Select((clerk, at) => RunAsync(async () =>
        {
            while (wishes.TryDequeue(out var order))
            {
                await AskAsync(nodes[at % 2], clerk, order);
                events.Release();
            }
        })));
        var settling = RunAsync(() => SettleAsync(world, events));
        var looks = await LookWhileAsync(world, Task.WhenAll(asking, settling), events);

        looks.ShouldBeGreaterThan(0);
        var balances = await world.ReadAsync(db => db.Set<OrderBalance>().AsNoTracking().ToListAsync());
        balances.Count.ShouldBe(Orders);
        balances.ShouldAllBe(row => row.Paid == 10_000 && row.Refunded + row.Reserved == 2 * Part);
        balances.Sum(row => row.Refunded).ShouldBe(Settled * Part);
        (await world.ReadAsync(db => db.Set<Operation>().CountAsync())).ShouldBe(2 * Orders);
        world.Provider.Sent.Count.ShouldBe(Settled);
    }

    /// <summary>Looks at the rest and asks, as often as somebody else was faster.</summary>
    private static async Task AskAsync(IServiceProvider node, Actor clerk, Order order)
    {
        RefundRequested? answer;
        do
        {
            await using var db = await node.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var rest = (await db.Set<OrderBalance>().AsNoTracking().SingleAsync(row => row.OrderId == order.Id))
                .Refundable;
            answer = await node.GetRequiredService<RefundCommands>().RequestAsync(
                clerk, World.Form(order, "40.00", rest));
        }
        while (answer is RefundRequested.PageIsStale);

        (answer is RefundRequested.Asked or RefundRequested.TooMuch).ShouldBeTrue(answer.ToString());
    }

    /// <summary>Meanwhile some of them are approved and sent: what was set aside becomes what went back.</summary>
    private static async Task SettleAsync(World world, SemaphoreSlim events)
    {
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        for (var done = 0; done < Settled;)
        {
            var waiting = await world.ReadAsync(db => db.Set<Operation>().AsNoTracking()
                .Where(row => row.State == OperationState.PendingApproval)
                .OrderBy(row => row.Id).FirstOrDefaultAsync());
            if (waiting is null)
            {
                await Task.Yield();
                continue;
            }

            var twins = await world.ReadAsync(db => db.Set<Operation>().AsNoTracking()
                .Where(row => row.OrderId == waiting.OrderId).Select(row => row.Id).ToListAsync());
            await world.ProvenAsync(reviewer, waiting);
            var form = new DecisionForm(waiting.Id, waiting.Version, waiting.TermsHash, Decision.Approved, "")
            {
                SeenTwins = twins,
            };
            if (await world.Get<ApprovalCommands>().DecideAsync(reviewer, form) is Decided.Done)
            {
                (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
                events.Release(EventsPerLook);
                done++;
            }
        }
    }

    /// <summary>
    /// Compares balances with each other and with the operations, each time at one moment of the database, and as often
    /// as something has happened: without a pause it would take half the machine from those who race.
    /// </summary>
    /// <returns>How many looks.</returns>
    private static async Task<int> LookWhileAsync(World world, Task racing, SemaphoreSlim events)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = """
            SELECT COUNT(*) FROM order_balances b WHERE b."Refunded" + b."Reserved" > b."Paid"
                OR b."Refunded" + b."Reserved" <> (SELECT COALESCE(SUM(o."AmountMinor"), 0) FROM operations o
                    WHERE o."OrderId" = b."OrderId" AND o."State" NOT IN ('Failed', 'Rejected', 'Expired'))
            """;
        var looks = 0;
        for (var last = false; !last; looks++)
        {
            last = racing.IsCompleted;
            Convert.ToInt64(await command.ExecuteScalarAsync(), null).ShouldBe(0);
            await Task.WhenAny(racing, TakeAsync(events));
        }

        await racing;
        return looks;
    }

    private static async Task TakeAsync(SemaphoreSlim events)
    {
        for (var i = 0; i < EventsPerLook; i++)
        {
            await events.WaitAsync();
        }
    }

    // SQLite waits on the thread that asks: each worker has its own.
    private static Task RunAsync(Func<Task> work) =>
        Task.Factory.StartNew(work, default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
}
