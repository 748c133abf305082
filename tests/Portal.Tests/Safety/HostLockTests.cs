using MerchantPortal.Payments.Tests;
using MerchantPortal.Portal.Data;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>SQLite's folder belongs to the processes of one computer.</summary>
public sealed class HostLockTests : IDisposable
{
    private static readonly Computer East = new("boot-east", "east");
    private static readonly Computer West = new("boot-west", "west");
    private readonly FakeClock clock = new();
    private readonly PortalOptions options =
        new() { Data = Directory.CreateTempSubdirectory("portal-host-").FullName };

    public void Dispose() => Directory.Delete(options.Data, recursive: true);

    [Fact]
    public void A_second_computer_is_refused_and_told_which_has_the_folder_and_until_when()
    {
        using var east = Take(East);
        clock.Advance(TimeSpan.FromMinutes(10));

        var why = Should.Throw<StartRefusedException>(() => Take(West)).Message;

        why.ShouldContain("computer east");
        why.ShouldContain($"{clock.GetUtcNow() + HostLock.Stale:u}");
        why.ShouldContain("--database postgres");
        Directory.GetFiles(Path.Combine(options.Data, "hosts")).Length.ShouldBe(1, "the refused one leaves nothing");
        east.Lost.ShouldBeNull();
    }

    [Fact]
    public void Processes_of_one_computer_share_it()
    {
        using var first = Take(East);
        using var second = Take(East);

        clock.Advance(TimeSpan.FromHours(1));

        (first.Lost, second.Lost).ShouldBe((null, null));
    }

    [Fact]
    public void A_computer_that_ended_or_died_leaves_the_folder_to_another()
    {
        Take(East).Dispose();
        Take(West).Dispose();

        var mark = Path.Combine(options.Data, "hosts", "dead.json");
        File.WriteAllText(mark, $$"""{"Id":"boot-east","Name":"east","At":"{{clock.GetUtcNow():O}}"}""");
        Should.Throw<StartRefusedException>(() => Take(West));
        clock.Advance(HostLock.Stale);
        using var west = Take(West);
        File.Exists(mark).ShouldBeFalse();
    }

    [Fact]
    public void A_process_that_stood_still_until_another_computer_took_over_stops()
    {
        var still = new FakeClock();
        using var east = new HostLock(options, East, still);
        east.Take();
        clock.Advance(HostLock.Stale + TimeSpan.FromSeconds(1));
        using var west = Take(West);

        still.ShiftWall(HostLock.Stale);
        still.Advance(HostLock.Beat);

        east.Lost.ShouldNotBeNull().ShouldContain("computer west");
        east.WhenLost.IsCancellationRequested.ShouldBeTrue();
        west.Lost.ShouldBeNull();
    }

    [Fact]
    public void A_lock_that_cannot_be_renewed_in_time_is_lost()
    {
        using var east = Take(East);
        var hosts = Path.Combine(options.Data, "hosts");
        Directory.Delete(hosts, recursive: true);

        clock.Advance(HostLock.Stale - (3 * HostLock.Beat));
        east.WhenLost.IsCancellationRequested.ShouldBeFalse();
        clock.Advance(HostLock.Beat);

        east.Lost.ShouldNotBeNull();
        east.WhenLost.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_does_not_start_on_a_folder_that_another_computer_has()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        using var east = new HostLock(world.Options, East, TimeProvider.System);
        east.Take();

        (await Should.ThrowAsync<StartRefusedException>(() => PortalStart.StartWorkerAsync(
            world.Options with { Sandbox = "http://127.0.0.1:9/" }, TextWriter.Null))).Message
            .ShouldContain("computer east");
    }

    [Fact]
    public void PostgreSQL_needs_no_such_lock()
    {
        using var east = new HostLock(options with { Database = DatabaseKind.Postgres }, East, clock);
        east.Take();

        Directory.Exists(Path.Combine(options.Data, "hosts")).ShouldBeFalse();
    }

    private HostLock Take(Computer computer)
    {
        var taken = new HostLock(options, computer, clock);
        taken.Take();
        return taken;
    }
}
