using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features.Resolutions;

/// <summary>A refund that no question could settle, and the people round it.</summary>
internal sealed class ResolutionBench(World world, Order order, Operation operation) : IAsyncDisposable
{
    public World World => world;

    public Order Order => order;

    public Guid Id => operation.Id;

    public required Actor Clerk { get; init; }

    public required Actor Reviewer { get; init; }

    public required Actor He { get; init; }

    public required Actor Wu { get; init; }

    public static async Task<ResolutionBench> StartAsync(DatabaseKind kind, string amount = "12.30", long paid = 10_000)
    {
        var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync(), paid);
        var operation = await world.ReadyAsync(clerk, reviewer, order, amount);
        world.Provider.OnSend = (_, t) => new ProviderOutcome.Unknown(t, ProviderError.ConnectionLost);
        await world.Get<OperationSender>().SendNextAsync(default);
        var bench = new ResolutionBench(world, order, operation)
        {
            Clerk = clerk,
            Reviewer = reviewer,
            He = await world.PersonAsync("he", Role.Resolver),
            Wu = await world.PersonAsync("wu", Role.Resolver),
        };
        return bench;
    }

    /// <summary>The same, after the time in which questions could have settled it.</summary>
    public static async Task<ResolutionBench> WithPeopleAsync(
        DatabaseKind kind, string amount = "12.30", long paid = 10_000)
    {
        var bench = await StartAsync(kind, amount, paid);
        bench.World.Clock.Advance(TimeSpan.FromMinutes(125));
        await bench.World.Get<OperationResolver>().AskNextAsync(default);
        (await bench.RowAsync()).State.ShouldBe(OperationState.NeedsPerson);
        return bench;
    }

    /// <summary>A transfer with people, because the provider knows its number with other terms.</summary>
    public static async Task<ResolutionBench> DisputedAsync(DatabaseKind kind)
    {
        var world = await World.StartAsync(kind);
        var operation = await world.ReadyTransferAsync();
        world.Provider.Paying.OnSend = (_, t) => new ProviderOutcome.Unknown(t, ProviderError.TimedOut);
        await world.Get<OperationSender>().SendNextAsync(default);
        world.Provider.Paying.OnQuery = (_, t) =>
            new QueryAnswer<TransferFacts>.NoAnswer(t, ProviderError.AnswerMismatch);
        await world.AskForAsync(operation.Id, TimeSpan.FromMinutes(1));
        return new ResolutionBench(world, new(), operation)
        {
            Clerk = await world.PersonAsync("another clerk", Role.Clerk),
            Reviewer = await world.PersonAsync("another reviewer", Role.Reviewer),
            He = await world.PersonAsync("he", Role.Resolver),
            Wu = await world.PersonAsync("wu", Role.Resolver),
        };
    }

    public Task<Operation> RowAsync() => world.OperationAsync(Id);

    public Task<Proposed> ProposeAsync(
        Actor actor, Verdict verdict = Verdict.Failed, string document = "Ticket 4711: the provider has no trace.") =>
        ProposeAsync(actor, verdict, document.Length == 0 ? null : ChangeDocument.OfText(document));

    /// <summary>Proposes a verdict, freshly proven to be the person.</summary>
    public async Task<Proposed> ProposeAsync(Actor actor, Verdict verdict, ChangeDocument? document)
    {
        var proposal = new ChangeProposal(
            Guid.CreateVersion7(), ResolveOperation.Word, ChangeJson.Write(new ResolveTerms(Id, verdict)),
            "Asked the provider by telephone.")
        {
            Document = document,
        };
        await world.ProvenAsync(actor, proposal.Proof);
        return await world.Get<ChangeCommands>().ProposeAsync(actor, proposal);
    }

    public async Task<ChangeRequest> ProposedAsync(Actor actor, Verdict verdict = Verdict.Failed)
    {
        var done = (await ProposeAsync(actor, verdict)).ShouldBeOfType<Proposed.Done>();
        return await ChangeAsync(done.Id);
    }

    public Task<ChangeRequest> ChangeAsync(Guid id) =>
        world.ReadAsync(db => db.Set<ChangeRequest>().AsNoTracking().SingleAsync(row => row.Id == id));

    public async Task<Answered> ConfirmAsync(Actor actor, ChangeRequest request)
    {
        await ProvenAsync(actor, request);
        return await world.Get<ChangeCommands>().DecideAsync(
            actor, new(request.Id, request.Version, request.TermsHash, ChangeAnswer.Confirmed, ""));
    }

    public Task ProvenAsync(Actor actor, ChangeRequest request) =>
        world.ProvenAsync(actor, new StepUpSubject(request.Id, request.TermsHash));

    /// <summary>Two resolvers find it.</summary>
    public async Task SettleAsync(Verdict verdict)
    {
        var request = await ProposedAsync(He, verdict);
        (await ConfirmAsync(Wu, request)).ShouldBe(new Answered.Done(ChangeState.Applied));
        (await RowAsync()).State.ShouldBe(verdict.Next());
    }

    /// <summary>From now on the provider tells this of the refund.</summary>
    public void Tell(RefundState state, string raw) =>
        world.Provider.OnQuery = (r, t) => ScriptedProvider.Told(r, t, state, raw);

    public static byte[] Pdf { get; } = Encoding.ASCII.GetBytes("%PDF-1.7 settlement of 2026-11-20");

    public ValueTask DisposeAsync() => world.DisposeAsync();
}
