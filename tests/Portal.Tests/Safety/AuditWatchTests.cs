using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>The verification of the whole chain that goes on in the background.</summary>
public sealed class AuditWatchTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_whole_chain_is_verified_in_steps_that_any_process_goes_on_with(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await WriteAsync(world, (2 * AuditWatch.Step) + 10);
        await using var second = world.SecondNode();
        var watches = new[] { world.Get<AuditWatch>(), second.Services.GetRequiredService<AuditWatch>() };

        (await watches[0].StepAsync(default)).ShouldBeTrue();
        (await watches[1].StepAsync(default)).ShouldBeFalse("the next step is not due yet");
        (await watches[1].ReadAsync()).Row.ShouldBe(AuditWatch.Step);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        (await watches[1].StepAsync(default)).ShouldBeTrue();
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        (await watches[0].StepAsync(default)).ShouldBeTrue();

        var end = await world.ReadAsync(db => db.Set<AuditHead>().Select(row => row.Seq).SingleAsync());
        var progress = await watches[1].ReadAsync();
        (progress.WholeRow, progress.WholeAt, progress.BadRow, progress.Row)
            .ShouldBe((end, world.Clock.GetUtcNow(), null, 0));
        var auditor = await world.PersonAsync("sun", Role.Auditor);
        (await world.Get<AuditQueries>().EndAsync(auditor))!.Watched.WholeRow.ShouldBe(end);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_processes_at_the_same_step_keep_it_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await WriteAsync(world, AuditWatch.Step + 10);
        await world.Get<AuditWatch>().StepAsync(default);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await using var second = world.SecondNode();
        var watches = new[] { world.Get<AuditWatch>(), second.Services.GetRequiredService<AuditWatch>() };

        var kept = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => Task.Run(() => watches[i % 2].StepAsync(default))));

        kept.Count(one => one).ShouldBe(1);
    }

    [Theory]
    [InlineData("UPDATE audit SET \"Details\" = '{}' WHERE \"Seq\" = 5", 5)]
    [InlineData("DELETE FROM audit WHERE \"Seq\" = 5", 5)]
    [InlineData("UPDATE audit SET \"Outcome\" = 'Nonsense' WHERE \"Seq\" = 7", 7)]
    [InlineData("UPDATE audit SET \"Seq\" = -3 WHERE \"Seq\" = 1", 1)]
    [InlineData("DELETE FROM audit WHERE \"Seq\" > 10", 11)]
    public async Task What_does_not_fit_alarms_and_halts_all_sending_in_every_process(string sql, int bad)
    {
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var world = await World.StartAsync(kind);
            var clerk = await world.PersonAsync("chen", Role.Clerk);
            var reviewer = await world.PersonAsync("li", Role.Reviewer);
            var order = await world.PaidOrderAsync(await world.AccountAsync());
            var operation = await world.ReadyAsync(clerk, reviewer, order);
            await WriteAsync(world, 12);
            await AuditTests.TamperAsync(world, sql);
            await using var second = world.SecondNode();
            var other = second.Services.GetRequiredService<AuditWatch>();

            await world.Get<AuditWatch>().StepAsync(default);
            (await other.StepAsync(default)).ShouldBeFalse();

            world.Get<AuditWatch>().BadRow.ShouldBe(bad, $"{kind}: {sql}");
            foreach (var node in new[] { world.Services, second.Services })
            {
                node.GetRequiredService<SendGate>().Halt.ShouldBe(SendHalt.AuditBroken);
                (await node.GetRequiredService<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
            }

            (await world.Get<FrameQueries>().ReadAsync(clerk)).Frame.Halt.ShouldBe("halt.AuditBroken");
            (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Ready);
            world.Provider.Sent.ShouldBeEmpty();
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_an_auditor_finds_by_verifying_halts_sending_at_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var auditor = await world.PersonAsync("sun", Role.Auditor);
        await WriteAsync(world, 12);
        var watch = world.Get<AuditWatch>();
        (await watch.StepAsync(default)).ShouldBeTrue("a whole round; the next one is an hour away");
        var actor = await world.ReadAsync(
            db => db.Set<AuditEntry>().Where(row => row.Seq == 5).Select(row => row.Actor).SingleAsync());
        await AuditTests.TamperAsync(world, "UPDATE audit SET \"Actor\" = 'nobody' WHERE \"Seq\" = 5");
        world.Get<SendGate>().Halt.ShouldBeNull();

        (await world.Get<AuditQueries>().VerifyAsync(auditor, _ => { }, default))!.FirstBad.ShouldBe(5);

        world.Get<SendGate>().Halt.ShouldBe(SendHalt.AuditBroken);
        await using var second = world.SecondNode();
        await second.Services.GetRequiredService<AuditWatch>().StepAsync(default);
        second.Services.GetRequiredService<SendGate>().Halt.ShouldBe(SendHalt.AuditBroken);
        await world.SqlAsync($"UPDATE audit SET \"Actor\" = '{actor}' WHERE \"Seq\" = 5");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        (await watch.StepAsync(default)).ShouldBeTrue();
        world.Get<SendGate>().Halt.ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_whole_round_that_fits_again_opens_sending_and_both_are_in_the_audit(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await WriteAsync(world, 12);
        var actor = await world.ReadAsync(
            db => db.Set<AuditEntry>().Where(row => row.Seq == 5).Select(row => row.Actor).SingleAsync());
        await AuditTests.TamperAsync(world, "UPDATE audit SET \"Actor\" = 'nobody' WHERE \"Seq\" = 5");
        var watch = world.Get<AuditWatch>();
        await watch.StepAsync(default);
        var since = world.Clock.GetUtcNow();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await watch.StepAsync(default);
        var still = await watch.ReadAsync();
        (still.BadRow, still.BadSince).ShouldBe((5, since));

        await world.SqlAsync($"UPDATE audit SET \"Actor\" = '{actor}' WHERE \"Seq\" = 5");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await watch.StepAsync(default);

        watch.BadRow.ShouldBeNull();
        world.Get<SendGate>().Halt.ShouldBeNull();
        (await world.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Action == "audit.watch"))).ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_moved_end_halts_the_process_that_finds_it_although_nothing_can_be_appended(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await WriteAsync(world, 12);
        await AuditTests.TamperAsync(world, "UPDATE audit_head SET \"Seq\" = 3");

        await Should.ThrowAsync<DbUpdateException>(() => world.Get<AuditWatch>().StepAsync(default));

        world.Get<AuditWatch>().BadRow.ShouldBe(4);
        world.Get<SendGate>().Halt.ShouldBe(SendHalt.AuditBroken);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Whoever_moves_the_progress_past_a_tampered_row_makes_it_begin_anew(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await WriteAsync(world, AuditWatch.Step + 10);
        var watch = world.Get<AuditWatch>();
        await watch.StepAsync(default);
        await AuditTests.TamperAsync(world, "UPDATE audit SET \"Actor\" = 'nobody' WHERE \"Seq\" = 5");

        await world.SqlAsync(
            $"UPDATE settings SET \"Value\" = replace(\"Value\", '\"Row\":{AuditWatch.Step}', '\"Row\":999') "
            + $"WHERE \"Key\" = '{Setting.AuditWatch}'");
        await watch.StepAsync(default);

        watch.BadRow.ShouldBe(5);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_anchor_that_tells_another_digest_is_found_wherever_it_stands(DatabaseKind kind)
    {
        foreach (var row in new[] { 2, 777, 1_400 })
        {
            await using var world = await World.StartAsync(kind);
            await WriteAsync(world, 1_500);
            var end = await world.ReadAsync(db => db.Set<AuditHead>().Select(head => head.Seq).SingleAsync());
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (AuditAnchor.ReadLast(world.Options.AnchorPath)?.Seq != end)
            {
                deadline.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            await File.WriteAllLinesAsync(world.Options.AnchorPath, await AnchorsAsync(world, row));
            var watch = world.Get<AuditWatch>();
            await watch.StepAsync(default);
            world.Clock.Advance(TimeSpan.FromSeconds(5));
            await watch.StepAsync(default);

            watch.BadRow.ShouldBe(row);
        }
    }

    [Fact]
    public void Lines_of_a_stretch_are_those_that_reading_all_would_give()
    {
        var file = Path.GetTempFileName();
        try
        {
            var digest = new string('a', 64);
            var seqs = Enumerable.Range(1, 400).Select(i => (long)i * i).ToList();
            var lines = seqs.Select(seq => $"{seq} {digest} 2026-11-20T02:00:00.0000000+00:00\n");
            File.WriteAllText(file, string.Concat(lines) + "7 ab");
            foreach (var (first, last) in new[] { (1L, 1L), (1L, 90L), (2L, 3L), (50L, 5_000L), (159_000L, 999_999L) })
            {
                AuditAnchor.ReadBetween(file, first, last).Select(line => line.Seq)
                    .ShouldBe(seqs.Where(seq => seq >= first && seq <= last));
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<IEnumerable<string>> AnchorsAsync(World world, int wrong)
    {
        var rows = await world.ReadAsync(db => db.Set<AuditEntry>().OrderBy(row => row.Seq)
            .Select(row => new { row.Seq, row.Digest }).ToListAsync());
        return rows.Select(row => $"{row.Seq} "
            + (row.Seq == wrong ? new string('0', 64) : Convert.ToHexStringLower(row.Digest))
            + " 2026-11-20T02:00:00.0000000+00:00");
    }

    /// <summary>One command with so many entries.</summary>
    private static async Task WriteAsync(World world, int rows)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.write", commit =>
        {
            for (var i = 0; i < rows; i++)
            {
                commit.Audit($"row {i}");
            }

            return Task.FromResult(true);
        });
    }
}
