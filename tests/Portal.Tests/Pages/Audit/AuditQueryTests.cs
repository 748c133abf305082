using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class AuditQueryTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pages_follow_each_other_without_gap_or_repeat(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var auditor = await world.PersonAsync("auditor", Role.Auditor);
        await WriteAsync(world, 120);
        var queries = world.Get<AuditQueries>();

        var first = (await queries.PageAsync(auditor, new(), Shanghai, null, null))!;
        var second = (await queries.PageAsync(auditor, new(), Shanghai, first.Lines[^1].Seq, null))!;
        var back = (await queries.PageAsync(auditor, new(), Shanghai, null, second.Lines[0].Seq))!;

        first.HasNewer.ShouldBeFalse();
        first.HasOlder.ShouldBeTrue();
        second.Lines[0].Seq.ShouldBe(first.Lines[^1].Seq - 1);
        second.HasNewer.ShouldBeTrue();
        back.Lines.Select(line => line.Seq).ShouldBe(first.Lines.Select(line => line.Seq));
        back.HasNewer.ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_part_of_the_filter_narrows_down(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var auditor = await world.PersonAsync("auditor", Role.Auditor);
        await WriteAsync(world, 3, "alpha", "Refund R1");
        world.Clock.Advance(TimeSpan.FromDays(2));
        await WriteAsync(world, 2, "beta", "Refund R2", refused: true);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(world.Clock.GetUtcNow(), Shanghai).DateTime);

        (await CountAsync(world, auditor, new() { Subject = "refund r" })).ShouldBe(5);
        (await CountAsync(world, auditor, new() { Subject = "Refund R2" })).ShouldBe(2);
        (await CountAsync(world, auditor, new() { Action = "alpha" })).ShouldBe(3);
        (await CountAsync(world, auditor, new() { Outcome = AuditOutcome.Refused })).ShouldBe(2);
        (await CountAsync(world, auditor, new() { Actor = "JOB:TEST", Subject = "R1" })).ShouldBe(3);
        (await CountAsync(world, auditor, new() { From = today })).ShouldBe(2);
        (await CountAsync(world, auditor, new() { To = today.AddDays(-2), Subject = "Refund" })).ShouldBe(3);
        (await CountAsync(world, auditor, new() { To = today.AddDays(-3), Subject = "Refund" })).ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Verifying_tells_an_untouched_chain_from_a_changed_row(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var auditor = await world.PersonAsync("auditor", Role.Auditor);
        await WriteAsync(world, 20);
        var queries = world.Get<AuditQueries>();
        var end = (await queries.EndAsync(auditor))!.Seq;

        (await queries.VerifyAsync(auditor, _ => { }, default)).ShouldBe(new AuditReport(end, true, null, null));

        await world.SqlAsync(kind == DatabaseKind.Sqlite
            ? "DROP TRIGGER IF EXISTS audit_no_update"
            : "ALTER TABLE audit DISABLE TRIGGER ALL");
        await world.SqlAsync($"UPDATE audit SET \"Subject\" = 'somebody else' WHERE \"Seq\" = {end - 5}");
        (await queries.VerifyAsync(auditor, _ => { }, default)).ShouldBe(new AuditReport(end, false, end - 5, "edit"));
    }

    [Fact]
    public async Task A_clerk_reads_no_audit()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var queries = world.Get<AuditQueries>();

        (await queries.PageAsync(clerk, new(), Shanghai, null, null)).ShouldBeNull();
        (await queries.EndAsync(clerk)).ShouldBeNull();
        (await queries.VerifyAsync(clerk, _ => { }, default)).ShouldBeNull();
        (await queries.ActionsAsync(clerk)).ShouldBeEmpty();
    }

    [Fact]
    public void Details_become_names_and_values()
    {
        AuditQueries.Pairs("""{"name":"海外","roles":["Clerk","Reviewer"],"page":2,"none":null}""")
            .ShouldBe([("name", "海外"), ("roles", "Clerk, Reviewer"), ("page", "2"), ("none", "–")]);
        AuditQueries.Pairs("").ShouldBeEmpty();
        AuditQueries.Pairs("not json").ShouldBe([("", "not json")]);
    }

    [Fact]
    public void A_filter_survives_its_own_address()
    {
        var filter = new AuditFilter
        {
            Actor = "陈伟", Action = "team.close", Subject = "user 1 & 2", Outcome = AuditOutcome.Refused,
            From = new(2026, 11, 1),
        };
        var query = System.Web.HttpUtility.ParseQueryString(new Uri("http://x" + filter.Href(before: 7)).Query);

        AuditFilter.Read(query["actor"], query["action"], query["subject"], query["outcome"], query["from"],
            query["to"])
            .ShouldBe(filter);
        query["before"].ShouldBe("7");
        AuditFilter.Read(" ", null, "", "maybe", "2026-02-30", "x").IsEmpty.ShouldBeTrue();
    }

    private static async Task<int> CountAsync(World world, Actor reader, AuditFilter filter) =>
        (await world.Get<AuditQueries>().PageAsync(reader, filter, Shanghai, null, null))!.Lines.Count;

    private static async Task WriteAsync(
        World world, int count, string action = "test.write", string subject = "thing", bool refused = false)
    {
        for (var i = 0; i < count; i++)
        {
            await using var db = await world.Factory.CreateDbContextAsync();
            await db.CommitAsync(Actor.Job("test"), action, commit =>
            {
                commit.Audit(subject, new { i });
                return Task.FromResult(refused ? commit.Refuse(true, subject, "test") : true);
            });
        }
    }
}
