using System.Globalization;
using System.Text.Json;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Races;

/// <summary>
/// Many at the same instant, in two processes on one database. Nothing here waits for luck: what may not happen must
/// not happen in any order, so every run is a fair one.
/// </summary>
public sealed class ApprovalRaceTests
{
    private const int Reviewers = 16;
    private const int Requests = 100;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Sixteen_approvals_at_once_in_two_processes_are_one_approval_and_one_send(DatabaseKind kind)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await using var world = await World.StartAsync(
            kind, clock => new ScriptedProvider(clock), clock: sandbox.Clock);
        var ground = new RaceGround(world.Options, sandbox.Clock.GetUtcNow(), sandbox.Http.BaseAddress!);
        var starting = new[] { RacingProcess.StartAsync(ground), RacingProcess.StartAsync(ground) };
        var people = new List<Actor>();
        for (var i = 0; i < Reviewers; i++)
        {
            people.Add(await world.PersonAsync($"reviewer{i}", Role.Reviewer));
        }

        var asked = await AskAsync(world, sandbox);
        await using var one = await starting[0];
        await using var other = await starting[1];
        var answers = new List<string>();
        foreach (var operation in asked)
        {
            await ProveAsync(world, people, operation);
            var own = await RaceAsync([one, other], operation, people);
            own.Count(answer => answer == nameof(Decided.Done)).ShouldBe(1, string.Join('\n', own));
            answers.AddRange(own);
        }

        answers.Count(answer => answer is nameof(Decided.NotWaiting) or nameof(Decided.PageIsStale))
            .ShouldBe(Requests * (Reviewers - 1), string.Join('\n', answers.Distinct()));
        (await world.ReadAsync(db => db.Set<Approval>().Select(row => row.OperationId).Distinct().CountAsync()))
            .ShouldBe(Requests);
        (await world.ReadAsync(db => db.Set<Approval>().CountAsync())).ShouldBe(Requests);

        await Task.WhenAll(one.SayAsync("send"), other.SayAsync("send"));
        var sent = new[] { await one.HearAsync(), await other.HearAsync() };
        sent.Sum(count => int.Parse(count, CultureInfo.InvariantCulture)).ShouldBe(Requests);
        (await world.ReadAsync(db => db.Set<Attempt>().CountAsync())).ShouldBe(Requests);
        (await sandbox.RefundsAsync()).Select(row => row.GetProperty("mchtRefundOrderNo").GetString())
            .ShouldBe(asked.Select(operation => operation.Number), ignoreOrder: true);
    }

    /// <summary>A hundred requests for as many orders that the Sandbox knows.</summary>
    private static async Task<List<Operation>> AskAsync(World world, SandboxHost sandbox)
    {
        var account = await world.AccountAsync();
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var orders = new List<Order>();
        for (var i = 0; i < Requests; i++)
        {
            orders.Add(await world.PaidOrderAsync(account));
        }

        await sandbox.PlaceAsync([.. orders.Select(order => new
        {
            merchantId = SandboxHost.Merchant,
            orderNo = order.MerchantNumber,
            orderDatetime = order.OrderedAt.AddHours(8).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            orderAmount = order.AmountMinor,
            currency = "156",
            signType = "0",
            state = "paid",
        })]);
        var asked = new List<Operation>();
        foreach (var order in orders)
        {
            asked.Add(await world.AskedAsync(clerk, order, "12.30"));
        }

        return asked;
    }

    /// <summary>Everybody has proven to be themselves, in one commit.</summary>
    private static async Task ProveAsync(World world, List<Actor> people, Operation operation)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.step-up", commit =>
        {
            db.AddRange(people.Select(person => World.Proof(person, operation.Id, operation.TermsHash, commit.Now)));
            return Task.FromResult(true);
        });
    }

    /// <summary>Half of the people in each process, all released by one word.</summary>
    private static async Task<List<string>> RaceAsync(
        RacingProcess[] processes, Operation operation, List<Actor> people)
    {
        for (var i = 0; i < processes.Length; i++)
        {
            await processes[i].SayAsync(JsonSerializer.Serialize(new RaceApproval(
                operation.Id, operation.Version, operation.TermsHash,
                [.. people.Where((_, at) => at % processes.Length == i)])));
        }

        foreach (var process in processes)
        {
            (await process.HearAsync()).ShouldBe("set");
        }

        await Task.WhenAll(processes.Select(process => process.SayAsync("go")));
        var answers = await Task.WhenAll(processes.Select(process => process.HearAsync()));
        return [.. answers.SelectMany(answer => JsonSerializer.Deserialize<string[]>(answer)!)];
    }
}
