using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>The people, the account and the orders that a run plays with, made by the product's own commands.</summary>
internal sealed record Cast
{
    /// <summary>People who ask.</summary>
    public required IReadOnlyList<Actor> Clerks { get; init; }

    /// <summary>People who decide; one of them also asks, one has a clerk's other user.</summary>
    public required IReadOnlyList<Actor> Reviewers { get; init; }

    /// <summary>People who settle what no question can; the last two are those who ask and decide, again.</summary>
    public required IReadOnlyList<Actor> Resolvers { get; init; }

    public required Account Account { get; init; }

    /// <summary>Paid orders.</summary>
    public required IReadOnlyList<Order> Paid { get; init; }

    /// <summary>Orders whose amount is held.</summary>
    public required IReadOnlyList<Order> Held { get; init; }

    public static async Task<Cast> MakeAsync(World world)
    {
        var chen = await world.PersonAsync("chen", Role.Clerk);
        var wu = await world.PersonAsync("wu", Role.Clerk);
        var both = await world.PersonAsync("sun", Role.Clerk, Role.Reviewer);
        var li = await world.PersonAsync("li", Role.Reviewer);
        var qian = await world.PersonAsync("qian", Role.Reviewer);
        var chenToo = await world.SecondUserOfAsync(chen, Role.Reviewer);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        await SimulatedPolicy.AddAsync(world);
        return new()
        {
            Clerks = [chen, wu, both],
            Reviewers = [li, qian, both, chenToo],
            Resolvers =
            [
                await world.PersonAsync("he", Role.Resolver), await world.PersonAsync("tao", Role.Resolver),
                await world.SecondUserOfAsync(chen, Role.Resolver), await world.SecondUserOfAsync(li, Role.Resolver),
            ],
            Account = account,
            Paid =
            [
                await world.PaidOrderAsync(account, 10_000), await world.PaidOrderAsync(account, 101),
                await world.PaidOrderAsync(account, 7_777),
            ],
            Held = [await HeldAsync(world, account, 5_000), await HeldAsync(world, account, 99)],
        };
    }

    private static Task<Order> HeldAsync(World world, Account account, long minor) =>
        Features.PreAuths.Held.OrderAsync(world, account, minor);
}
