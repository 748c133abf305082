using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Safety;

public sealed class SignInTests
{
    private const string Email = "li.jing@test.example";
    private const string Password = "correct horse battery";
    private static readonly byte[] Seed = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    [Fact]
    public void Codes_are_those_of_the_standard()
    {
        // RFC 6238, appendix B, SHA-1, last six of the eight digits printed there.
        var seed = "12345678901234567890"u8;
        Totp.Code(seed, 59 / 30).ShouldBe("287082");
        Totp.Code(seed, 1111111109 / 30).ShouldBe("081804");
        Totp.Code(seed, 2000000000 / 30).ShouldBe("279037");
        Totp.ToBase32(seed).ShouldBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        Totp.FromBase32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").ShouldBe(seed.ToArray());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Password_and_code_open_a_session_and_its_end_closes_it(DatabaseKind kind)
    {
        await using var world = await WithUserAsync(kind);
        var commands = world.Get<SignInCommands>();

        var done = (await SignInAsync(world)).ShouldBeOfType<SignedIn.Done>();

        (await commands.StandsAsync(done.Actor.UserId!.Value, done.Actor.SessionId!.Value, world.Clock)).ShouldBeTrue();
        await commands.SignOutAsync(done.Actor);
        (await commands.StandsAsync(done.Actor.UserId!.Value, done.Actor.SessionId!.Value, world.Clock))
            .ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Same_totp_step_accepted_once_across_two_nodes(DatabaseKind kind)
    {
        await using var world = await WithUserAsync(kind);
        await using var second = world.SecondNode();
        await using var scope = second.Services.CreateAsyncScope();
        var nodes = new[] { world.Get<SignInCommands>(), scope.ServiceProvider.GetRequiredService<SignInCommands>() };

        var results = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => nodes[i % 2].SignInAsync(Email, Password, CodeNow(world), "127.0.0.1"))));

        results.Count(result => result is SignedIn.Done).ShouldBe(1);
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public async Task A_code_is_good_one_step_to_either_side(int seconds, bool good)
    {
        await using var world = await WithUserAsync(DatabaseKind.Sqlite);
        var code = Totp.Code(Seed, Totp.Step(world.Clock.GetUtcNow().AddSeconds(seconds)));

        var result = await world.Get<SignInCommands>().SignInAsync(Email, Password, code, "");

        (result is SignedIn.Done).ShouldBe(good);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Lockout_survives_the_rollback_of_each_refused_try(DatabaseKind kind)
    {
        await using var world = await WithUserAsync(kind);
        var commands = world.Get<SignInCommands>();
        for (var i = 0; i < 5; i++)
        {
            (await commands.SignInAsync(Email, "wrong", CodeNow(world), "")).ShouldBeOfType<SignedIn.Wrong>();
        }

        (await SignInAsync(world)).ShouldBeOfType<SignedIn.Locked>();
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        (await SignInAsync(world)).ShouldBeOfType<SignedIn.Done>();
        var refused = await world.ReadAsync(db => db.Set<AuditEntry>()
            .CountAsync(row => row.Action == "sign-in" && row.Outcome == AuditOutcome.Refused));
        refused.ShouldBe(6);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_session_ends_after_fifteen_quiet_minutes_and_after_twelve_hours(DatabaseKind kind)
    {
        await using var world = await WithUserAsync(kind);
        var commands = world.Get<SignInCommands>();
        var actor = (await SignInAsync(world)).ShouldBeOfType<SignedIn.Done>().Actor;
        Task<bool> Stands() => commands.StandsAsync(actor.UserId!.Value, actor.SessionId!.Value, world.Clock);

        for (var minutes = 0; minutes < 12 * 60; minutes += 10)
        {
            (await Stands()).ShouldBeTrue($"after {minutes} minutes");
            await commands.TouchAsync(actor.SessionId!.Value);
            world.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        (await Stands()).ShouldBeFalse("twelve hours");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        actor = (await SignInAsync(world)).ShouldBeOfType<SignedIn.Done>().Actor;
        world.Clock.Advance(TimeSpan.FromMinutes(14));
        (await Stands()).ShouldBeTrue();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Stands()).ShouldBeFalse("idle");
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_code_look_the_same()
    {
        await using var world = await WithUserAsync(DatabaseKind.Sqlite);
        var commands = world.Get<SignInCommands>();

        (await commands.SignInAsync("nobody@test.example", Password, CodeNow(world), ""))
            .ShouldBe(new SignedIn.Wrong());
        (await commands.SignInAsync(Email, Password, "12345x", "")).ShouldBe(new SignedIn.Wrong());
        (await commands.SignInAsync(Email, Password, "１２３４５６", "")).ShouldBe(new SignedIn.Wrong());
    }

    [Fact]
    public async Task One_address_that_tries_many_accounts_is_slowed_down()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var throttle = world.Get<SignInThrottle>();
        for (var i = 0; i < 20; i++)
        {
            throttle.Allows("10.0.0.1").ShouldBeTrue();
            throttle.CountFailure("10.0.0.1");
        }

        throttle.Allows("10.0.0.1").ShouldBeFalse();
        throttle.Allows("10.0.0.2").ShouldBeTrue();
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        throttle.Allows("10.0.0.1").ShouldBeTrue();
    }

    [Theory]
    [InlineData("/orders?state=Paid", "/orders?state=Paid")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/ok\r\nLocation: https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void A_return_address_never_leaves_the_origin(string? given, string expected) =>
        Shell.PortalUrls.LocalOrHome(given).ShouldBe(expected);

    private static string CodeNow(World world) => Totp.Code(Seed, Totp.Step(world.Clock.GetUtcNow()));

    private static Task<SignedIn> SignInAsync(World world) =>
        world.Get<SignInCommands>().SignInAsync(Email, Password, CodeNow(world), "127.0.0.1");

    private static async Task<World> WithUserAsync(DatabaseKind kind)
    {
        var world = await World.StartAsync(kind);
        var users = world.Get<UserAccounts>();
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.user", async commit =>
        {
            var manager = users.For(db);
            var (user, _) = await TeamCommands.AddUserAsync(
                commit, manager, "李静 Li Jing", Email, [Role.Reviewer], commit.Now);
            await manager.AddPasswordAsync(user!, Password);
            users.EnrolSeed(user!, Seed);
            return true;
        });
        return world;
    }
}
