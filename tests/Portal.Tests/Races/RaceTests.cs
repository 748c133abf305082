using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Races;

/// <summary>
/// Many at the same instant, on two nodes of one database. Nothing here waits for luck: what may not happen must not
/// happen in any order, so every run is a fair one.
/// </summary>
public sealed class RaceTests
{
    private const int Reviewers = 16;
    private const int Requests = 100;
    private const int Clerks = 32;
    private const int Orders = 20;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Sixteen_approvals_at_once_are_one_approval_and_one_send(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await using var other = world.SecondNode();
        await using var scope = other.Services.CreateAsyncScope();
        var nodes = new[] { world.Services, scope.ServiceProvider };
        var account = await world.AccountAsync();
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var people = new List<Actor>();
        for (var i = 0; i < Reviewers; i++)
        {
            people.Add(await world.PersonAsync($"reviewer{i}", Role.Reviewer));
        }

        var answers = new List<Decided>();
        for (var i = 0; i < Requests; i++)
        {
            var asked = await world.AskedAsync(clerk, await world.PaidOrderAsync(account), "12.30");
            await Task.WhenAll(people.Select(person => world.ProvenAsync(person, asked)));
            var form = new DecisionForm(asked.Id, asked.Version, asked.TermsHash, Decision.Approved, "");
            answers.AddRange(await Task.WhenAll(people.Select((person, at) => Task.Run(() =>
                nodes[at % 2].GetRequiredService<ApprovalCommands>().DecideAsync(person, form)))));
        }

        answers.OfType<Decided.Done>().Count().ShouldBe(Requests);
        answers.Except(answers.OfType<Decided.Done>())
            .ShouldAllBe(answer => answer is Decided.NotWaiting || answer is Decided.PageIsStale);
        (await world.ReadAsync(db => db.Set<Approval>().CountAsync())).ShouldBe(Requests);
        await SendAllAsync(nodes);
        world.Provider.Sent.Select(sent => sent.RefundNumber).Distinct().Count().ShouldBe(Requests);
        world.Provider.Sent.Count.ShouldBe(Requests);
        (await world.ReadAsync(db => db.Set<Attempt>().CountAsync())).ShouldBe(Requests);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Partial_refunds_at_once_never_exceed_what_was_paid(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await using var other = world.SecondNode();
        await using var scope = other.Services.CreateAsyncScope();
        var nodes = new[] { world.Services, scope.ServiceProvider };
        var account = await world.AccountAsync();
        var clerks = new List<Actor>();
        for (var i = 0; i < Clerks; i++)
        {
            clerks.Add(await world.PersonAsync($"clerk{i}", Role.Clerk));
        }

        for (var i = 0; i < Orders; i++)
        {
            // 32 times 3.17 are wanted, and 100.00 were paid: 31 fit, 1.73 stays.
            var order = await world.PaidOrderAsync(account);
            await Task.WhenAll(clerks.Select((clerk, at) => Task.Run(() => AskAsync(nodes[at % 2], clerk, order))));

            var balance = await world.BalanceAsync(order);
            (balance.Paid, balance.Refunded, balance.Reserved).ShouldBe((10_000, 0, 31 * 317));
            var asked = await world.ReadAsync(db => db.Set<Operation>().Where(row => row.OrderId == order.Id)
                .Select(row => row.AmountMinor).ToListAsync());
            asked.Sum().ShouldBe(balance.Reserved);
        }
    }

    /// <summary>Looks at the rest and asks, as often as somebody else was faster.</summary>
    private static async Task AskAsync(IServiceProvider node, Actor clerk, Order order)
    {
        RefundRequested? answer;
        do
        {
            await using var db = await node.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            var rest = (await db.Set<OrderBalance>().AsNoTracking().SingleAsync(row => row.OrderId == order.Id))
                .Refundable;
            answer = await node.GetRequiredService<RefundCommands>().RequestAsync(
                clerk, World.Form(order, "3.17", rest));
        }
        while (answer is RefundRequested.PageIsStale);

        (answer is RefundRequested.Asked or RefundRequested.TooMuch).ShouldBeTrue(answer.ToString());
    }

    private static Task SendAllAsync(IServiceProvider[] nodes) =>
        Task.WhenAll(Enumerable.Range(0, 8).Select(at => Task.Run(async () =>
        {
            var misses = 0;
            while (misses < 3)
            {
                var sent = await nodes[at % 2].GetRequiredService<OperationSender>().SendNextAsync(default);
                misses = sent ? 0 : misses + 1;
            }
        })));
}
