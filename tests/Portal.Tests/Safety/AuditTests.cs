using System.Text.Json;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Safety;

public sealed class AuditTests
{
    private const int Rows = 12;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_untouched_chain_verifies(DatabaseKind kind)
    {
        await using var world = await ChainAsync(kind);

        (await VerifyAsync(world)).ShouldBe((0, true, null, null));
    }

    [Theory]
    [InlineData("UPDATE audit SET \"Details\" = '{}' WHERE \"Seq\" = 5", 5, "edit")]
    [InlineData("UPDATE audit SET \"Actor\" = 'nobody' WHERE \"Seq\" = 1", 1, "edit")]
    [InlineData("UPDATE audit SET \"At\" = \"At\" + 1 WHERE \"Seq\" = 12", 12, "edit")]
    [InlineData("UPDATE audit SET \"Outcome\" = 'Refused' WHERE \"Seq\" = 7", 7, "edit")]
    [InlineData("UPDATE audit SET \"Outcome\" = 'Nonsense' WHERE \"Seq\" = 7", 7, "edit")]
    [InlineData("DELETE FROM audit WHERE \"Seq\" = 5", 5, "delete")]
    [InlineData("DELETE FROM audit WHERE \"Seq\" = 1", 1, "delete")]
    [InlineData("DELETE FROM audit WHERE \"Seq\" >= 11", 11, "cut-tail")]
    [InlineData("DELETE FROM audit", 1, "cut-tail")]
    public async Task Each_single_tampering_is_located(string sql, int firstBad, string tampering)
    {
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var world = await ChainAsync(kind);
            await TamperAsync(world, sql);

            (await VerifyAsync(world)).ShouldBe((1, false, firstBad, tampering), $"{kind}: {sql}");
        }
    }

    [Fact]
    public async Task A_deletion_with_renumbering_is_located()
    {
        await using var world = await ChainAsync(DatabaseKind.Sqlite);
        await TamperAsync(world, "DELETE FROM audit WHERE \"Seq\" = 5");
        for (var seq = 6; seq <= Rows; seq++)
        {
            await world.SqlAsync($"UPDATE audit SET \"Seq\" = {seq - 1} WHERE \"Seq\" = {seq}");
        }

        (await VerifyAsync(world)).ShouldBe((1, false, 5, "delete"));
    }

    [Fact]
    public async Task An_inserted_row_is_located()
    {
        await using var world = await ChainAsync(DatabaseKind.Sqlite);
        await TamperAsync(world, "SELECT 1");
        for (var seq = Rows; seq >= 5; seq--)
        {
            await world.SqlAsync($"UPDATE audit SET \"Seq\" = {seq + 1} WHERE \"Seq\" = {seq}");
        }

        await world.SqlAsync(
            "INSERT INTO audit SELECT 5, \"At\", 'forger', \"UserId\", \"PersonId\", \"Action\", \"Subject\", "
            + "\"Outcome\", \"Details\", \"Digest\" FROM (SELECT * FROM audit WHERE \"Seq\" = 4)");

        (await VerifyAsync(world)).ShouldBe((1, false, 5, "insert"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(13, 13)]
    public async Task A_row_put_before_the_first_or_after_the_last_is_located(int seq, int firstBad)
    {
        await using var world = await ChainAsync(DatabaseKind.Sqlite);
        await world.SqlAsync(
            $"INSERT INTO audit SELECT {seq}, \"At\", 'forger', \"UserId\", \"PersonId\", \"Action\", \"Subject\", "
            + "\"Outcome\", \"Details\", \"Digest\" FROM (SELECT * FROM audit WHERE \"Seq\" = 4)");

        (await VerifyAsync(world)).ShouldBe((1, false, firstBad, "insert"));
    }

    [Theory]
    [InlineData(5, 6)]
    [InlineData(3, 9)]
    [InlineData(1, 12)]
    public async Task Two_swapped_rows_are_located(int low, int high)
    {
        await using var world = await ChainAsync(DatabaseKind.Sqlite);
        await TamperAsync(world, $"UPDATE audit SET \"Seq\" = -1 WHERE \"Seq\" = {low}");
        await world.SqlAsync($"UPDATE audit SET \"Seq\" = {low} WHERE \"Seq\" = {high}");
        await world.SqlAsync($"UPDATE audit SET \"Seq\" = {high} WHERE \"Seq\" = -1");

        (await VerifyAsync(world)).ShouldBe((1, false, low, "swap"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_cut_tail_with_the_head_set_back_is_found_by_the_anchor(DatabaseKind kind)
    {
        await using var world = await ChainAsync(kind);
        await TamperAsync(world, "DELETE FROM audit WHERE \"Seq\" > 9");
        await world.SqlAsync(
            "UPDATE audit_head SET \"Seq\" = 9, \"Digest\" = (SELECT \"Digest\" FROM audit WHERE \"Seq\" = 9)");

        (await VerifyAsync(world)).ShouldBe((1, false, 10, "cut-tail"));
    }

    [Fact]
    public async Task A_start_on_a_cut_tail_is_refused()
    {
        await using var world = await ChainAsync(DatabaseKind.Sqlite);
        await TamperAsync(world, "DELETE FROM audit WHERE \"Seq\" > 9");

        var refused = await Should.ThrowAsync<StartRefusedException>(
            () => AuditStart.CheckAsync(world.Services, default));

        refused.Message.ShouldContain("audit verify");
    }

    [Fact]
    public async Task Another_root_key_or_no_database_is_unreadable()
    {
        await using var world = await ChainAsync(DatabaseKind.Sqlite);
        var other = Path.Combine(world.Options.Data, "other.key");
        Security.RootKey.Create(other);

        (await RunAsync(world.Options with { RootKeyFile = other })).Code.ShouldBe(2);
        (await RunAsync(world.Options with { RootKeyFile = "/nowhere" })).Code.ShouldBe(2);
        (await RunAsync(world.Options with { Data = Path.Combine(world.Options.Data, "empty") })).Code.ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Racing_commits_make_one_chain_without_gaps(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await using var second = world.SecondNode();
        var factories = new[]
        {
            world.Factory,
            (IDbContextFactory<PortalDb>)second.Services.GetService(typeof(IDbContextFactory<PortalDb>))!,
        };

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 10; n++)
            {
                await AppendAsync(factories[i % 2], $"writer {i}");
            }
        })));

        await ((IAsyncDisposable)second).DisposeAsync();
        (await RowsAsync(world)).ShouldBe(81);
        (await VerifyAsync(world)).ShouldBe((0, true, null, null));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_chain_verifies_while_a_portal_goes_on_appending(DatabaseKind kind)
    {
        await using var world = await ChainAsync(kind);
        await using var second = world.SecondNode();
        var factory = (IDbContextFactory<PortalDb>)second.Services.GetService(typeof(IDbContextFactory<PortalDb>))!;
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await AppendAsync(factory, "meanwhile");
            }
        });

        for (var i = 0; i < 20; i++)
        {
            (await VerifyAsync(world)).ShouldBe((0, true, null, null));
        }

        await enough.CancelAsync();
        await writing;
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_refused_command_leaves_only_its_audit_row(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await using var db = await world.Factory.CreateDbContextAsync();

        await db.CommitAsync(Actor.Nobody, "test.refused", commit =>
        {
            db.Add(new Portal.Features.Team.Person { Id = Guid.CreateVersion7(), Name = "never" });
            return Task.FromResult(commit.Refuse(false, "person", "because"));
        });

        (await world.ReadAsync(read => read.Set<Portal.Features.Team.Person>().CountAsync())).ShouldBe(0);
        var row = await world.ReadAsync(read => read.Set<AuditEntry>().OrderBy(entry => entry.Seq).LastAsync());
        (row.Action, row.Outcome, row.Details)
            .ShouldBe(("test.refused", AuditOutcome.Refused, "{\"why\":\"because\"}"));
    }

    [Fact]
    public async Task A_save_outside_a_commit_throws()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        await using var db = await world.Factory.CreateDbContextAsync();
        db.Add(new Portal.Features.Team.Person { Id = Guid.CreateVersion7(), Name = "never" });

        await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        Should.Throw<InvalidOperationException>(() => db.SaveChanges());
    }

    private static async Task<World> ChainAsync(DatabaseKind kind)
    {
        var world = await World.StartAsync(kind);
        while (await RowsAsync(world) < Rows)
        {
            await AppendAsync(world.Factory, $"row {await RowsAsync(world)}");
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // The anchor is written behind the commits; disposing it waits for the last line.
        await world.Get<AuditAnchor>().DisposeAsync();
        return world;
    }

    private static Task<long> RowsAsync(World world) => world.ReadAsync(db => db.Set<AuditEntry>().LongCountAsync());

    private static async Task AppendAsync(IDbContextFactory<PortalDb> factory, string subject)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.row", commit =>
        {
            commit.Audit(subject, new { text = "内容 content" });
            return Task.FromResult(true);
        });
    }

    /// <summary>What somebody with all rights on the database would do first: take the triggers away.</summary>
    internal static async Task TamperAsync(World world, string sql)
    {
        foreach (var drop in world.Options.Database == DatabaseKind.Sqlite
            ? new[] { "DROP TRIGGER audit_no_UPDATE", "DROP TRIGGER audit_no_DELETE" }
            : ["DROP TRIGGER audit_only_added ON audit"])
        {
            await world.SqlAsync(drop);
        }

        await world.SqlAsync(sql);
    }

    private static async Task<(int, bool, long?, string?)> VerifyAsync(World world)
    {
        var (code, json) = await RunAsync(world.Options);
        var first = json.GetProperty("first_bad");
        return (code, json.GetProperty("ok").GetBoolean(),
            first.ValueKind == JsonValueKind.Null ? null : first.GetInt64(), json.GetProperty("kind").GetString());
    }

    private static async Task<(int Code, JsonElement Json)> RunAsync(PortalOptions options)
    {
        var output = new StringWriter();
        var code = await AuditVerify.RunAsync(options, output, default);
        return (code, JsonSerializer.Deserialize<JsonElement>(output.ToString()));
    }
}
