using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class SetUpTests
{
    private const string Password = "correct horse battery";
    private static readonly string Seed = Totp.ToBase32(new byte[20]);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_first_link_makes_an_admin_who_can_sign_in(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var token = (await world.Get<TeamCommands>().FirstAdminLinkAsync())!;

        (await SetUpAsync(world, token)).ShouldBeOfType<SetUp.Done>();

        world.Clock.Advance(TimeSpan.FromSeconds(30));
        var signedIn = await world.Get<SignInCommands>()
            .SignInAsync("boss@test.example", Password, Code(world), "here");
        var actor = signedIn.ShouldBeOfType<SignedIn.Done>().Actor;
        actor.Name.ShouldBe("王磊 Wang Lei");
        var team = await world.Get<TeamQueries>().ReadAsync(actor);
        team!.MayManage.ShouldBeTrue();
        team.Members.ShouldHaveSingleItem().Roles.ShouldBe([Role.Admin]);
        (await world.Get<TeamCommands>().FirstAdminLinkAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task The_code_that_set_up_does_not_sign_in_as_well()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        await SetUpAsync(world, (await world.Get<TeamCommands>().FirstAdminLinkAsync())!);

        (await world.Get<SignInCommands>().SignInAsync("boss@test.example", Password, Code(world), "here"))
            .ShouldBeOfType<SignedIn.Wrong>();
    }

    [Fact]
    public async Task A_link_works_once()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var token = (await world.Get<TeamCommands>().FirstAdminLinkAsync())!;
        await SetUpAsync(world, token);

        (await SetUpAsync(world, token, email: "second@test.example")).ShouldBeOfType<SetUp.LinkIsDead>();
        (await world.ReadAsync(db => db.Users.CountAsync())).ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_posts_of_one_link_at_once_make_one_admin(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var token = (await world.Get<TeamCommands>().FirstAdminLinkAsync())!;

        var both = await Task.WhenAll(
            Task.Run(() => SetUpAsync(world, token)),
            Task.Run(() => SetUpAsync(world, token, email: "second@test.example")));

        both.Count(result => result is SetUp.Done).ShouldBe(1);
        both.Count(result => result is SetUp.LinkIsDead).ShouldBe(1);
        (await world.ReadAsync(db => db.Users.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_link_of_yesterday_is_dead()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var token = (await world.Get<TeamCommands>().FirstAdminLinkAsync())!;
        world.Clock.Advance(TimeSpan.FromHours(24));

        (await SetUpAsync(world, token)).ShouldBeOfType<SetUp.LinkIsDead>();
        (await world.Get<TeamCommands>().LookAtLinkAsync(token, world.Clock.GetUtcNow())).Usable.ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "boss@test.example", Password, "NameMissing")]
    [InlineData("Wang Lei", "boss", Password, "InvalidEmail")]
    [InlineData("Wang Lei", "老板@test.example", Password, "InvalidUserName")]
    [InlineData("Wang Lei", "boss@test.example", "elevenchars", "PasswordTooShort")]
    [InlineData("Wang Lei", "boss@test.example", "aaaaaaaaaaaaaa", "PasswordRequiresUniqueChars")]
    public async Task What_cannot_be_taken_is_named_and_the_link_still_works(
        string name, string email, string password, string reason)
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var token = (await world.Get<TeamCommands>().FirstAdminLinkAsync())!;

        var wrong = await world.Get<TeamCommands>().SetUpAsync(token, name, email, password, Seed, Code(world));

        wrong.ShouldBeOfType<SetUp.Wrong>().Reasons.ShouldContain(reason);
        (await SetUpAsync(world, token)).ShouldBeOfType<SetUp.Done>();
    }

    [Fact]
    public async Task A_code_of_another_key_is_refused()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var token = (await world.Get<TeamCommands>().FirstAdminLinkAsync())!;
        var other = Totp.ToBase32([.. Enumerable.Repeat((byte)7, 20)]);

        (await world.Get<TeamCommands>()
            .SetUpAsync(token, "Wang Lei", "boss@test.example", Password, other, Code(world)))
            .ShouldBeOfType<SetUp.Wrong>().Reasons.ShouldBe(["CodeWrong"]);
    }

    [Fact]
    public async Task A_posted_seed_opens_for_its_own_link_and_for_half_an_hour()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var seeds = world.Get<SetUpSeeds>();
        var posted = seeds.Seal(Seed, "link-1");

        seeds.Open(posted, "link-1").ShouldBe(Seed);
        seeds.Open(posted, "link-2").ShouldBeNull();
        seeds.Open(Seed, "link-1").ShouldBeNull();
        world.Clock.Advance(TimeSpan.FromMinutes(31));
        seeds.Open(posted, "link-1").ShouldBeNull();
    }

    internal static string Code(World world) => Totp.Code(Totp.FromBase32(Seed), Totp.Step(world.Clock.GetUtcNow()));

    private static Task<SetUp> SetUpAsync(World world, string token, string email = "boss@test.example") =>
        world.Get<TeamCommands>().SetUpAsync(token, "王磊 Wang Lei", email, Password, Seed, Code(world));
}
