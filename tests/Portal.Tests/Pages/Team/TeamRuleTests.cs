using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class TeamRuleTests
{
    [Theory]
    [InlineData(Role.Clerk)]
    [InlineData(Role.Reviewer)]
    public async Task An_admin_is_not_given_a_role_that_moves_money(Role money)
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var admin = await world.PersonAsync("admin", Role.Admin);

        var invited = await world.Get<TeamCommands>()
            .InviteAsync(admin, "Both", "both@test.example", [Role.Admin, money]);

        invited.ShouldBe(new Invited.Wrong("Roles", "AdminMovesNoMoney"));
        (await world.ReadAsync(db => db.Users.AnyAsync(row => row.Email == "both@test.example"))).ShouldBeFalse();
    }

    [Fact]
    public void No_role_of_an_admin_moves_money()
    {
        Roles.MovesMoney(Role.Admin).ShouldBeFalse();
        Roles.Conflict([Role.Admin, Role.Auditor]).ShouldBeFalse();
        Roles.Conflict([Role.Clerk, Role.Reviewer]).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Whoever_is_invited_shows_as_waiting_until_the_link_runs_out(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var admin = await world.PersonAsync("admin", Role.Admin);
        (await world.Get<TeamCommands>().InviteAsync(admin, "孙倩 Sun Qian", "sun@test.example", [Role.Auditor]))
            .ShouldBeOfType<Invited.Done>().Waiting.ShouldBeEmpty("an auditor changes nothing");

        var member = await MemberAsync(world, admin, "sun@test.example");
        member.State.ShouldBe(MemberState.Invited);
        member.Roles.ShouldBe([Role.Auditor]);
        member.MoneyFrom.ShouldBeNull();

        world.Clock.Advance(TimeSpan.FromHours(25));
        (await MemberAsync(world, admin, "sun@test.example")).State.ShouldBe(MemberState.LinkRanOut);
    }

    [Fact]
    public async Task A_new_link_kills_the_old_one()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var team = world.Get<TeamCommands>();
        var admin = await world.PersonAsync("admin", Role.Admin);
        var first = (Invited.Done)await team.InviteAsync(admin, "Chen", "chen@test.example", [Role.Auditor]);
        var member = await MemberAsync(world, admin, "chen@test.example");

        var second = (await team.InviteAgainAsync(admin, member.UserId)).ShouldBeOfType<Invited.Done>();

        var now = world.Clock.GetUtcNow();
        (await team.LookAtLinkAsync(first.Token, now)).Usable.ShouldBeFalse();
        (await team.LookAtLinkAsync(second.Token, now)).ShouldBe((true, "chen@test.example"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Closing_a_sign_in_ends_its_sessions_and_rights_at_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var admin = await world.PersonAsync("admin", Role.Admin);
        var auditor = await world.PersonAsync("auditor", Role.Auditor);

        (await world.Get<TeamCommands>().DisableAsync(admin, auditor.UserId!.Value)).ShouldBe(new Closed.Done(1));

        (await world.Get<SignInCommands>().StandsAsync(auditor.UserId!.Value, auditor.SessionId!.Value, world.Clock))
            .ShouldBeFalse();
        (await world.Get<TeamQueries>().ReadAsync(auditor)).ShouldBeNull();
        (await world.Get<TeamCommands>().DisableAsync(admin, auditor.UserId!.Value))
            .ShouldBeOfType<Closed.AlreadyClosed>();
        (await world.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Action == "team.close"))).ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_closes_themselves_or_the_last_admin_who_can_sign_in()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var team = world.Get<TeamCommands>();
        var first = await world.PersonAsync("first", Role.Admin);
        var second = await world.PersonAsync("second", Role.Admin);
        await world.SqlAsync("UPDATE users SET \"TotpSeed\" = NULL");
        await EnrolAsync(world, first);

        (await team.DisableAsync(first, first.UserId!.Value)).ShouldBeOfType<Closed.Oneself>();
        (await team.DisableAsync(second, first.UserId!.Value)).ShouldBeOfType<Closed.LastAdmin>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_admins_who_close_each_other_at_once_leave_one(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var team = world.Get<TeamCommands>();
        var first = await world.PersonAsync("first", Role.Admin);
        var second = await world.PersonAsync("second", Role.Admin);
        await EnrolAsync(world, first);
        await EnrolAsync(world, second);

        await Task.WhenAll(
            Task.Run(() => team.DisableAsync(first, second.UserId!.Value)),
            Task.Run(() => team.DisableAsync(second, first.UserId!.Value)));

        (await world.ReadAsync(db => db.Users.CountAsync(row => row.DisabledAt == null))).ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_right_nothing_of_it_happens_and_the_try_is_kept()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var auditor = await world.PersonAsync("auditor", Role.Auditor);
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var team = world.Get<TeamCommands>();

        (await team.DisableAsync(auditor, clerk.UserId!.Value)).ShouldBe(new Closed.NoRight(Permission.TeamManage));
        (await team.EndSessionsAsync(auditor, clerk.UserId!.Value)).ShouldBe(new Closed.NoRight(Permission.TeamManage));
        (await team.InviteAgainAsync(auditor, clerk.UserId!.Value))
            .ShouldBe(new Invited.NoRight(Permission.TeamManage));

        (await world.Get<TeamQueries>().ReadAsync(clerk)).ShouldBeNull();
        (await world.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Outcome == AuditOutcome.Refused)))
            .ShouldBe(3);
    }

    [Fact]
    public async Task Ending_the_own_other_sessions_leaves_the_one_that_asks()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var here = await world.PersonAsync("clerk", Role.Clerk);
        await using (var db = await world.Factory.CreateDbContextAsync())
        {
            await db.CommitAsync(Actor.Job("test"), "test.session", commit =>
            {
                db.Add(new UserSession
                {
                    Id = Guid.CreateVersion7(), UserId = here.UserId!.Value, StartedAt = commit.Now,
                    LastSeenAt = commit.Now,
                    ExpiresAt = commit.Now.AddHours(1), Origin = "elsewhere",
                });
                return Task.FromResult(true);
            });
        }

        (await world.Get<SessionQueries>().ReadAsync(here))!.Sessions.Count.ShouldBe(2);
        (await world.Get<SignInCommands>().EndOthersAsync(here)).ShouldBe(1);
        (await world.Get<SessionQueries>().ReadAsync(here))!.Sessions.ShouldHaveSingleItem().IsThis.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("Mars/Olympus", false)]
    public async Task Only_a_zone_that_exists_is_kept(string zone, bool kept)
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("clerk", Role.Clerk);

        (await world.Get<SignInCommands>().ChooseZoneAsync(clerk, zone)).ShouldBe(kept);

        (await world.Get<SessionQueries>().ReadAsync(clerk))!.Zone.ShouldBe(kept ? zone : "Asia/Shanghai");
    }

    internal static async Task<Member> MemberAsync(World world, Actor reader, string email) =>
        (await world.Get<TeamQueries>().ReadAsync(reader))!.Members.Single(member => member.Email == email);

    internal static async Task EnrolAsync(World world, Actor actor)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.enrol", async commit =>
        {
            var user = await db.Users.SingleAsync(row => row.Id == actor.UserId);
            world.Get<UserAccounts>().EnrolSeed(user, UserAccounts.NewSeed());
            return true;
        });
    }
}
