using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>What another process needs to find those who play in a crash case.</summary>
    public CastNames Names => new(Clerks[0], Reviewers[0], Account.Id, Paid[0].Id, Held[0].Id);

    private static Task<Order> HeldAsync(World world, Account account, long minor) =>
        Features.PreAuths.Held.OrderAsync(world, account, minor);
}

/// <summary>One of each of a cast, as another process finds them.</summary>
internal sealed record CastNames(Actor Clerk, Actor Reviewer, Guid Account, Guid Paid, Guid Held)
{
    public async Task<Cast> FindAsync(IServiceProvider portal)
    {
        await using var db = await portal.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var orders = db.Set<Order>().AsNoTracking();
        return new()
        {
            Clerks = [Clerk],
            Reviewers = [Reviewer],
            Resolvers = [],
            Account = await portal.GetRequiredService<AccountDirectory>().GetAsync(Account),
            Paid = [await orders.SingleAsync(row => row.Id == Paid)],
            Held = [await orders.SingleAsync(row => row.Id == Held)],
        };
    }
}
