using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Tests.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.CrashPoints;

/// <summary>Where a process dies that takes something in.</summary>
public enum IntakePoint
{
    /// <summary>It was read and verified, and nothing is written.</summary>
    BeforeWriting,

    BeforeCommit,

    /// <summary>Committed, and neither answered nor anchored.</summary>
    AfterCommit,
}

/// <summary>
/// The named points of news, files, keys and the anchor (reliability design, 4.4): a process dies there, another one
/// takes over, whoever heard nothing comes again, and everything counts once.
/// </summary>
[Trait("Category", "CrashPoints")]
public sealed class IntakeCrashTests
{
    private static readonly Actor Job = Actor.Job("test");

    public static TheoryData<DatabaseKind, IntakePoint> Cases()
    {
        var rows = new TheoryData<DatabaseKind, IntakePoint>();
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            foreach (var point in Enum.GetValues<IntakePoint>())
            {
                rows.Add(kind, point);
            }
        }

        return rows;
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task News_that_a_dying_process_did_not_acknowledge_comes_again_and_counts_once(
        DatabaseKind kind, IntakePoint point)
    {
        await using var ground = await Ground.StartAsync(kind);
        var account = await ground.World.AccountAsync(signature: SignatureMode.Rsa);
        var order = await PaidNews.UnpaidAsync(ground.World, account);
        var news = PaidNews.Signed(account, order, "12300");
        await ground.DieAsync("notification.take", point, () => PaidNews.TakeAsync(ground.World, account, news));

        for (var i = 0; i < 3; i++)
        {
            (await ground.Second<InboundCommands>().TakeAsync(
                account, ground.World.Provider.Notifications!, news, "127.0.0.1")).Status.ShouldBe(200);
        }

        (await PaidNews.OrderAsync(ground.World)).State.ShouldBe(OrderState.Paid);
        (await ground.World.BalanceAsync(order)).Paid.ShouldBe(12300);
        var effects = await ground.World.ReadAsync(
            db => db.Set<Inbound>().OrderBy(row => row.Id).Select(row => row.Effect).ToListAsync());
        effects.Count.ShouldBe(point == IntakePoint.AfterCommit ? 4 : 3);
        effects.Count(effect => effect == InboundEffect.Applied).ShouldBe(1);
        effects.Count(effect => effect == InboundEffect.Repeat).ShouldBe(effects.Count - 1);
        await ground.AuditIsWholeAsync();
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task A_file_that_a_dying_process_read_is_read_again_and_its_orders_stand_there_once(
        DatabaseKind kind, IntakePoint point)
    {
        await using var ground = await Ground.StartAsync(kind);
        var account = await ground.World.AccountAsync();
        var file = File("A", 20);
        await ground.DieAsync(
            "order.import", point, () => ground.World.Get<OrderImport>().ImportAsync(Job, account.Id, "a.csv", file));

        var again = await ground.Second<OrderImport>().ImportAsync(Job, account.Id, "a.csv", file);

        (again is Imported.ReadBefore).ShouldBe(point == IntakePoint.AfterCommit, $"{again}");
        (await ground.World.ReadAsync(db => db.Set<Order>().CountAsync())).ShouldBe(20);
        (await ground.World.ReadAsync(db => db.Set<ImportRun>().CountAsync())).ShouldBe(1);
        await ground.AuditIsWholeAsync();
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task A_process_that_dies_while_it_keeps_keys_leaves_an_account_with_its_keys_or_nothing(
        DatabaseKind kind, IntakePoint point)
    {
        await using var ground = await Ground.StartAsync(kind);
        await ground.DieAsync("account.create", point, () => ground.World.AccountAsync());
        var isThere = point == IntakePoint.AfterCommit;
        (await ground.World.ReadAsync(db => db.Set<AccountKey>().CountAsync())).ShouldBe(isThere ? 1 : 0);

        var account = isThere
            ? await ground.World.TheAccountAsync()
            : await World.AccountAsync(ground.Second<AccountCommands>(), ground.Second<AccountDirectory>());

        await using var db = await ground.World.Factory.CreateDbContextAsync();
        using var keys = await ground.Second<AccountDirectory>().OpenKeysAsync(db, account);
        Encoding.ASCII.GetString(keys.SharedSecret!.Span).ShouldBe("1234567890");
        await ground.AuditIsWholeAsync();
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task A_commit_that_was_never_anchored_is_anchored_by_the_next_process(
        DatabaseKind kind, IntakePoint point)
    {
        await using var ground = await Ground.StartAsync(kind);
        var account = await ground.World.AccountAsync();
        await ground.DieAsync("order.import", point, () =>
            ground.World.Get<OrderImport>().ImportAsync(Job, account.Id, "a.csv", File("A", 1)));
        await AuditStart.CheckAsync(ground.SecondNode, default);

        await ground.Second<OrderImport>().ImportAsync(Job, account.Id, "b.csv", File("B", 1));

        await ground.Second<AuditAnchor>().DisposeAsync();
        await ground.AuditIsWholeAsync();
        AuditAnchor.ReadLast(ground.World.Options.AnchorPath)!.Seq
            .ShouldBe(await ground.World.ReadAsync(db => db.Set<AuditEntry>().MaxAsync(row => row.Seq)));
    }

    private static byte[] File(string prefix, int orders) => Encoding.UTF8.GetBytes(
        "order_no,time,amount,currency,method,shop_state\n" + string.Concat(
            Enumerable.Range(1, orders).Select(i => $"{prefix}-{i},2026-11-20 09:00:00,{i}.00,CNY,card,new\n")));

    /// <summary>A world whose first process dies, and the second one.</summary>
    private sealed class Ground : IAsyncDisposable
    {
        private readonly List<DatabaseFault> processes = [];
        private WebApplication node = null!;
        private AsyncServiceScope scope;

        public World World { get; private set; } = null!;

        public static async Task<Ground> StartAsync(DatabaseKind kind)
        {
            var ground = new Ground();
            ground.World = await PaidNews.StartAsync(kind, DatabaseFault.Into(ground.processes));
            ground.node = ground.World.SecondNode();
            ground.scope = ground.node.Services.CreateAsyncScope();
            return ground;
        }

        public IServiceProvider SecondNode => scope.ServiceProvider;

        public T Second<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

        /// <summary>Does it on the first process, which dies at the point.</summary>
        public async Task DieAsync(string command, IntakePoint point, Func<Task> work)
        {
            var first = processes[0];
            first.Dead = point == IntakePoint.BeforeWriting;
            first.Before = point == IntakePoint.BeforeCommit ? (command, first.DieAsync) : null;
            first.After = point == IntakePoint.AfterCommit ? (command, first.DieAsync) : null;
            await Should.ThrowAsync<ProcessDiedException>(work);
        }

        public async Task AuditIsWholeAsync() =>
            (await AuditVerify.RunAsync(World.Options, TextWriter.Null, default)).ShouldBe(0);

        public async ValueTask DisposeAsync()
        {
            await scope.DisposeAsync();
            await node.DisposeAsync();
            await World.DisposeAsync();
        }
    }
}
