using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Tests.Features.PreAuths;
using MerchantPortal.Portal.Tests.Features.Resolutions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>The second process beside a portal: what it does, and what it refuses to start on.</summary>
public sealed class WorkerTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_workers_on_one_folder_send_each_operation_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        var (clerk, reviewer) =
            (await world.PersonAsync("clerk", Role.Clerk), await world.PersonAsync("reviewer", Role.Reviewer));
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add((await world.ReadyAsync(clerk, reviewer, await world.PaidOrderAsync(account))).Id);
        }

        var output = new StringWriter();
        using var first = await StartAsync(world, output);
        using var second = await StartAsync(world, output);
        output.ToString().ShouldBe($"ready{Environment.NewLine}ready{Environment.NewLine}");
        await UntilAsync(async () =>
        {
            foreach (var id in ids)
            {
                if ((await world.OperationAsync(id)).State != OperationState.Accepted)
                {
                    return false;
                }
            }

            return true;
        });
        await first.StopAsync();
        await second.StopAsync();

        world.Provider.Sent.Select(refund => refund.RefundNumber).Distinct().Count().ShouldBe(12);
        world.Provider.Sent.Count.ShouldBe(12);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Workers_alone_go_on_with_everything_that_waits_for_time_and_do_it_once(DatabaseKind kind)
    {
        await using var bench = await ResolutionBench.WithPeopleAsync(kind);
        var world = bench.World;
        await bench.SettleAsync(Verdict.Failed);
        var account = await world.TheAccountAsync();
        var held = await Held.OrderAsync(world, account);
        await world.SqlAsync("UPDATE orders SET \"NextQuestionAt\" = \"OrderedAt\" WHERE \"State\" = 'Held'");
        (await world.Get<ChangeCommands>().ProposeAsync(bench.He, new(
            Guid.CreateVersion7(), EarlyRequest.Word, ChangeJson.Write(new EarlyTerms(bench.Id)), "The payer waits.")))
            .ShouldBeOfType<Proposed.Done>();
        world.Clock.Advance(TimeSpan.FromDays(10));

        using var first = await StartAsync(world, TextWriter.Null);
        using var second = await StartAsync(world, TextWriter.Null);
        await UntilAsync(async () => (await bench.RowAsync()).ReleasedAt is not null
            && await world.ReadAsync(db => db.Set<ChangeRequest>().AnyAsync(row => row.State == ChangeState.Expired))
            && (await Held.OrderAsync(world, held.Id)).AskedAt is not null);
        await first.StopAsync();
        await second.StopAsync();

        (await world.BalanceAsync(bench.Order)).Reserved.ShouldBe(0);
        foreach (var once in new[] { "operation.release", "change.expire" })
        {
            (await world.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Action == once))).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_worker_starts_on_nothing_but_a_folder_that_a_portal_made()
    {
        var folder = Directory.CreateTempSubdirectory("portal-worker-").FullName;
        try
        {
            (await RefusedAsync(new() { Data = folder })).ShouldContain("no data folder");

            DataFolder.Open(folder, PortalMode.Rehearse, TimeProvider.System.GetUtcNow());
            (await RefusedAsync(new() { Data = folder })).ShouldContain("--sandbox");
            (await RefusedAsync(new() { Data = folder, Sandbox = "http://192.0.2.1:80" })).ShouldContain("loopback");
            (await RefusedAsync(new() { Data = folder, Sandbox = "ftp://localhost" })).ShouldContain("not an address");
            (await RefusedAsync(new() { Data = folder, Sandbox = "http://localhost:1" })).ShouldContain("--root-key");

            RootKey.Create(Path.Combine(folder, "keys", "root.key"));
            (await RefusedAsync(new() { Data = folder, Sandbox = "http://localhost:1" })).ShouldContain("older");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_worker_of_the_real_thing_knows_no_Sandbox_and_no_other_clock()
    {
        var folder = Directory.CreateTempSubdirectory("portal-worker-").FullName;
        try
        {
            DataFolder.Open(folder, PortalMode.Serve, TimeProvider.System.GetUtcNow());

            var why = await RefusedAsync(new() { Data = folder, Sandbox = "http://localhost:1", ClockScale = 2 });

            why.ShouldContain("--sandbox");
            why.ShouldContain("--clock-scale");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<IHost> StartAsync(World world, TextWriter output) => PortalStart.StartWorkerAsync(
        world.Options with { Sandbox = "http://127.0.0.1:9/" },
        output,
        services => services
            .AddSingleton<TimeProvider>(world.Clock)
            .AddSingleton(new ProviderCatalog(world.Provider)));

    private static async Task<string> RefusedAsync(PortalOptions options) =>
        (await Should.ThrowAsync<StartRefusedException>(() =>
            PortalStart.StartWorkerAsync(options, TextWriter.Null))).Message;

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await happened())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
