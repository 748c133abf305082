using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Tests.Features.Changes;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Pages;

/// <summary>Who comes to hold a role, and how it is lost again.</summary>
public sealed class TeamRoleTests
{
    private const string New = "new@test.example";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_role_that_moves_money_comes_with_an_invitation_only_once_somebody_else_confirms(
        DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var team = bench.World.Get<TeamCommands>();
        (await team.InviteAsync(bench.Admin, "New", New, [Role.Reviewer, Role.Auditor]))
            .ShouldBe(new Invited.Wrong("Why", "Missing"));
        (await bench.World.ReadAsync(db => db.Users.AnyAsync(row => row.Email == New))).ShouldBeFalse();

        var invited = (await team.InviteAsync(bench.Admin, "New", New, [Role.Reviewer, Role.Auditor], "Starts today."))
            .ShouldBeOfType<Invited.Done>();
        var waiting = invited.Waiting.ShouldHaveSingleItem();
        var member = await TeamRuleTests.MemberAsync(bench.World, bench.Admin, New);
        member.Roles.ShouldBe([Role.Auditor]);
        member.Waiting.ShouldBe([new WaitingRole(Role.Reviewer, waiting.Number)]);

        var request = await bench.World.ReadAsync(db => db.Set<ChangeRequest>().AsNoTracking()
            .SingleAsync(row => row.Number == waiting.Number));
        request.Comment.ShouldBe("Starts today.");
        (await bench.AnswerAsync(bench.Admin, request)).ShouldBeOfType<Answered.OwnProposal>();
        (await bench.AnswerAsync(bench.Lead, request)).ShouldBe(new Answered.Done(ChangeState.Applied));
        member = await TeamRuleTests.MemberAsync(bench.World, bench.Admin, New);
        member.Roles.ShouldBe([Role.Reviewer, Role.Auditor]);
        member.Waiting.ShouldBeEmpty();
        member.MoneyFrom.ShouldBe(bench.World.Clock.GetUtcNow().AddHours(24));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_invites_their_own_second_person(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);

        // Taking the other one out first does not help either.
        (await bench.World.Get<TeamCommands>().DisableAsync(bench.Admin, bench.Lead.UserId!.Value))
            .ShouldBeOfType<Closed.Done>();
        foreach (var role in Enum.GetValues<Role>().Where(Roles.Confirms))
        {
            var mail = $"{role}@test.example".ToLowerInvariant();
            (await bench.World.Get<TeamCommands>().InviteAsync(bench.Admin, "New", mail, [role], "To help."))
                .ShouldBeOfType<Invited.Done>().Waiting.Select(one => one.Role).ShouldBe([role]);
            (await TeamRuleTests.MemberAsync(bench.World, bench.Admin, mail)).Roles.ShouldBeEmpty();
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_first_admin_may_invite_who_will_be_the_second_person_and_nobody_who_moves_money(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var first = await world.PersonAsync("first", Role.Admin);
        var team = world.Get<TeamCommands>();
        (await team.InviteAsync(first, "Second", New, [Role.Admin], ""))
            .ShouldBeOfType<Invited.Done>().Waiting.ShouldBeEmpty();
        (await TeamRuleTests.MemberAsync(world, first, New)).Roles.ShouldBe([Role.Admin]);
        (await team.InviteAsync(first, "Clerk", "clerk@test.example", [Role.Clerk], "Starts today."))
            .ShouldBeOfType<Invited.Done>().Waiting.Select(one => one.Role).ShouldBe([Role.Clerk]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_role_taken_away_counts_at_once_and_the_others_stay(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var admin = await world.PersonAsync("admin", Role.Admin);
        var clerk = await world.PersonAsync("chen", Role.Clerk, Role.Auditor);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var team = world.Get<TeamCommands>();

        (await team.TakeRoleAsync(admin, clerk.UserId!.Value, Role.Clerk)).ShouldBe(new Closed.Done(1));

        (await world.Get<SignInCommands>().StandsAsync(clerk.UserId!.Value, clerk.SessionId!.Value, world.Clock))
            .ShouldBeFalse("open pages close");
        (await world.Get<RefundCommands>().RequestAsync(clerk, World.Form(order, "1.00", 10_000)))
            .ShouldBeOfType<RefundRequested.NoSuchOrder>();
        var again = await world.SecondSessionAsync(clerk);
        (await world.Get<RefundCommands>().RequestAsync(again, World.Form(order, "1.00", 10_000)))
            .ShouldBe(new RefundRequested.NoRight(Permission.RefundsRequest));
        var member = await TeamRuleTests.MemberAsync(world, admin, "chen@test.example");
        (member.State is MemberState.Closed, member.Roles.Count).ShouldBe((false, 1));
        member.Roles.ShouldBe([Role.Auditor]);
        var audit = await world.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking()
            .SingleAsync(row => row.Action == "team.take-role"));
        audit.Details.ShouldContain("Clerk");
        (await team.TakeRoleAsync(admin, clerk.UserId!.Value, Role.Clerk)).ShouldBeOfType<Closed.NotHeld>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_takes_their_own_role_or_the_last_admins_or_any_without_the_right(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var team = world.Get<TeamCommands>();
        var first = await world.PersonAsync("first", Role.Admin);
        var second = await world.PersonAsync("second", Role.Admin);
        var auditor = await world.PersonAsync("sun", Role.Auditor);
        await world.SqlAsync("UPDATE users SET \"TotpSeed\" = NULL");
        await TeamRuleTests.EnrolAsync(world, first);

        (await team.TakeRoleAsync(first, first.UserId!.Value, Role.Admin)).ShouldBeOfType<Closed.Oneself>();
        (await team.TakeRoleAsync(second, first.UserId!.Value, Role.Admin)).ShouldBeOfType<Closed.LastAdmin>();
        (await team.TakeRoleAsync(auditor, second.UserId!.Value, Role.Admin))
            .ShouldBe(new Closed.NoRight(Permission.TeamManage));
        (await team.TakeRoleAsync(first, second.UserId!.Value, Role.Admin)).ShouldBeOfType<Closed.Done>();
    }
}
