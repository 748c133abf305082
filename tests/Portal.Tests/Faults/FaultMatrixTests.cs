using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Faults;

public sealed class FaultMatrixTests
{
    public static TheoryData<string, DatabaseKind> Named()
    {
        var rows = new TheoryData<string, DatabaseKind>();
        foreach (var one in FaultMatrix.Cases)
        {
            rows.Add($"{one}", DatabaseKind.Sqlite);
            if (one.OnBoth)
            {
                rows.Add($"{one}", DatabaseKind.Postgres);
            }
        }

        return rows;
    }

    [Theory, MemberData(nameof(Named))]
    public Task Every_fault_ends_in_the_state_that_the_design_demands(string fault, DatabaseKind database) =>
        FaultMatrix.Cases.Single(one => $"{one}" == fault).Run(database);

    [Fact]
    public void The_matrix_has_a_case_or_a_reason_for_each_of_its_75_cells()
    {
        var cells = Enumerable.Range(1, 15)
            .SelectMany(fault => Enum.GetValues<OperationKind>().Select(kind => ($"D{fault}", kind))).ToList();
        cells.Count.ShouldBe(75);
        var tried = FaultMatrix.Cases.Select(one => (one.Id, one.Kind)).Distinct().ToList();
        tried.Concat(FaultMatrix.Reasons.Keys).ShouldBe(cells, ignoreOrder: true);
        FaultMatrix.Reasons.Values.ShouldAllBe(reason => reason.EndsWith('.'));
        FaultMatrix.Cases.Select(one => $"{one}").ShouldBeUnique();
    }

    [Fact]
    public async Task A_certificate_that_is_right_in_everything_is_spoken_to()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authority = TlsServer.Authority(now);
        await using var server = TlsServer.Start(HttpFaults.Certificate("good", authority, authority, now));
        using var handler = TlsServer.Trusting(authority);
        await using var ground = await SandboxGround.StartAsync(OperationKind.Refund, handler);
        ground.Reach(server.Address);

        await ground.SendAsync();

        server.Handshakes.ShouldBe(1);
        (await ground.World.OperationAsync(ground.Operation.Id)).State
            .ShouldBe(Payments.Lifecycles.OperationState.Unknown, "the server hung up on the request");
    }

    [Fact]
    public async Task Disk_full_between_steps_never_sends_unrecorded()
    {
        await using var ground = await FaultGround.StartAsync(DatabaseKind.Sqlite, OperationKind.Transfer);
        var operations = new List<Operation>();
        for (var i = 0; i < 12; i++)
        {
            operations.Add(await ground.ReadyAsync());
        }

        // The file may grow by so many pages, then SQLite itself finds the disk full, wherever that is.
        var full = 0;
        for (var pages = 0; pages < 24; pages++)
        {
            ground.Database.MorePages = pages % 4;
            full += await FindsTheDiskFullAsync(ground) ? 1 : 0;
            ground.Database.MorePages = null;
            var claimed = await ground.World.ReadAsync(db => db.Set<Attempt>().CountAsync());
            ground.Sent.ShouldBeLessThanOrEqualTo(claimed);
        }

        while (await ground.Sender.SendNextAsync(default))
        {
        }

        ground.Provider.Paying.Sent.Select(one => one.TransferNumber).ShouldBeUnique();
        full.ShouldBeGreaterThan(0, "otherwise nothing was tried");
    }

    private static async Task<bool> FindsTheDiskFullAsync(FaultGround ground)
    {
        try
        {
            await ground.Sender.SendNextAsync(default);
            return false;
        }
        catch (Exception full) when (IsFull(full))
        {
            return true;
        }
    }

    private static bool IsFull(Exception fault) => fault is SqliteException { SqliteErrorCode: 13 }
        || (fault.InnerException is { } inner && IsFull(inner));
}
