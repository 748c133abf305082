using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Tests.Features.PreAuths;
using MerchantPortal.Portal.Tests.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Faults;

/// <summary>
/// Two processes on one database, and one provider whose interfaces of every kind follow the same script.
/// </summary>
internal sealed class FaultGround : IAsyncDisposable
{
    public const string Payer = "U1001";

    private readonly List<DatabaseFault> faults = [];
    private readonly List<string> agreements = [];
    private int cardsSent;
    private int payees;

    private FaultGround(OperationKind kind) => Kind = kind;

    public OperationKind Kind { get; }

    public World World { get; private set; } = null!;

    public WebApplication Second { get; private set; } = null!;

    public Account Account { get; private set; } = null!;

    public Actor Clerk { get; private set; } = null!;

    public Actor Reviewer { get; private set; } = null!;

    /// <summary>What happens at the first process's database.</summary>
    public DatabaseFault Database => faults[0];

    public ScriptedProvider Provider => World.Provider;

    /// <summary>What a send of any kind ends as.</summary>
    public Func<Transcript, ProviderOutcome> OnSend { get; set; } = sent => new ProviderOutcome.Accepted(sent);

    /// <summary>What a question of any kind is answered with.</summary>
    public Said OnAsk { get; set; } = Said.NotYet;

    public Func<Task> WhileSending { get; set; } = () => Task.CompletedTask;

    /// <summary>How many requests of the kind reached the provider.</summary>
    public int Sent => Provider.Sent.Count + Provider.Ended.Count + Provider.Paying.Sent.Count + cardsSent;

    public OperationSender Sender => World.Get<OperationSender>();

    public OperationSender SecondSender => Second.Services.GetRequiredService<OperationSender>();

    public OperationResolver SecondResolver => Second.Services.GetRequiredService<OperationResolver>();

    /// <param name="database">The database.</param>
    /// <param name="kind">The kind of all its operations.</param>
    /// <param name="plant">Puts a bug into both processes.</param>
    public static async Task<FaultGround> StartAsync(
        DatabaseKind database, OperationKind kind, Action<IServiceCollection>? plant = null)
    {
        var ground = new FaultGround(kind);
        ground.World = await World.StartAsync(
            database, clock => new ScriptedProvider(clock) { Cards = new Cards(ground) },
            DatabaseFault.Into(ground.faults) + plant);
        ground.Second = ground.World.SecondNode();
        ground.Account = await ground.World.AccountAsync();
        ground.Clerk = await ground.World.PersonAsync("chen", Role.Clerk);
        ground.Reviewer = await ground.World.PersonAsync("li", Role.Reviewer);
        var provider = ground.Provider;
        provider.Paying.ResendSafe = false;
        provider.WhileSending = provider.Paying.WhileSending = () => ground.WhileSending();
        provider.OnSend = (_, _) => ground.OnSend(provider.Transcript(bodyStarted: true));
        provider.OnEnd = (_, _) => ground.OnSend(provider.Transcript(bodyStarted: true));
        provider.Paying.OnSend = (_, _) => ground.OnSend(provider.Transcript(bodyStarted: true));
        provider.OnQuery = (refund, t) => ground.OnAsk == Said.Done
            ? ScriptedProvider.Told(refund, t, RefundState.Succeeded, "TKSUCC0006")
            : ground.Silent<RefundFacts>();
        provider.OnHoldQuery = (hold, t) => ground.OnAsk == Said.Done
            ? ScriptedProvider.Told(
                hold, t, kind == OperationKind.Void ? PreAuthState.Cancelled : PreAuthState.Captured, "PR")
            : ground.Silent<PreAuthFacts>();
        provider.Paying.OnQuery = (transfer, t) =>
            ground.OnAsk == Said.Done ? provider.Paying.Told(transfer, t) : ground.Silent<TransferFacts>();
        return ground;
    }

    /// <summary>An order that an operation of the kind can be about; null where it is about none.</summary>
    public async Task<Order?> OrderAsync() => Kind == OperationKind.Refund ? await World.PaidOrderAsync(Account)
        : Kind.EndsHold() ? await Held.OrderAsync(World, Account)
        : null;

    /// <summary>Asks for one; null where the order does not have so much left.</summary>
    /// <param name="order">The order, where it is about one.</param>
    /// <param name="minor">The amount, where it may be chosen.</param>
    /// <param name="target">The payee or card; another one each time where none is given.</param>
    public async Task<Operation?> AskedAsync(Order? order, long minor = 1230, string? target = null)
    {
        if (Kind == OperationKind.Unbind && target is null)
        {
            agreements.Add($"A{agreements.Count + 1}");
        }

        var amount = Kind == OperationKind.Unbind ? 0 : Kind == OperationKind.Void ? order!.AmountMinor : minor;
        await using var db = await World.Factory.CreateDbContextAsync();
        return await db.CommitAsync(Clerk, "test.request", async commit =>
            Kind.Reserves() && !await commit.ReserveAsync(order!.Id, amount)
                ? null
                : await World.Get<OperationSubmission>().SubmitAsync(commit, new OperationWish
                {
                    CommandId = Guid.CreateVersion7(),
                    Kind = Kind,
                    Account = Account,
                    Order = order,
                    Amount = new Money(amount, Account.CurrencyList[0]),
                    Payee = "payer of the order",
                    Target = target ?? (Kind == OperationKind.Unbind ? agreements[^1]
                        : Kind == OperationKind.Transfer ? $"B{++payees}" : ""),
                    Details = OperationSamples.Details(Kind, Payer),
                    Reason = "Returned",
                }));
    }

    /// <summary>One that is approved and waits for its sender.</summary>
    public async Task<Operation> ReadyAsync(Order? order = null)
    {
        var asked = (await AskedAsync(order ?? await OrderAsync()))!;
        (await World.DecideAsync(Reviewer, asked)).ShouldBeOfType<Decided.Done>();
        return await World.OperationAsync(asked.Id);
    }

    /// <summary>Goes on to the next planned question and lets the second process ask it.</summary>
    public async Task AskNextAsync(Guid id)
    {
        var now = World.Clock.GetUtcNow();
        var next = (await World.OperationAsync(id)).NextQuestionAt;
        World.Clock.Advance(next > now ? next.Value - now : TimeSpan.Zero);
        (await SecondResolver.AskNextAsync(default)).ShouldBeTrue();
    }

    /// <summary>The lease of a process that died runs out, and the other one finds it.</summary>
    public async Task SweepAsync()
    {
        World.Clock.Advance(TimeSpan.FromSeconds(61));
        (await SecondSender.SweepAsync()).ShouldBeTrue();
    }

    /// <summary>Where it stands, which the pages have words for in every language.</summary>
    public async Task StandsAsync(Guid id, OperationState state, OperationStanding standing)
    {
        var row = await World.OperationAsync(id);
        row.State.ShouldBe(state);
        OperationStandings.Of(row).ShouldBe(standing);
        Spoken.Missing<OperationTexts>([$"state.{standing}"]).ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await World.DisposeAsync();
    }

    private QueryAnswer<T> Silent<T>()
    {
        var transcript = Provider.Transcript(bodyStarted: true);
        return OnAsk switch
        {
            Said.NotYet => new QueryAnswer<T>.NotFound(transcript),
            Said.ClockOff => new QueryAnswer<T>.NoAnswer(transcript, ProviderError.ClockOff),
            _ => new QueryAnswer<T>.NoAnswer(transcript, ProviderError.TimedOut),
        };
    }

    /// <summary>A payer's cards under the same script, on two pages.</summary>
    private sealed class Cards(FaultGround ground) : ICards
    {
        public bool ResendSafe => false;

        public Task<QueryAnswer<CardBinFacts>> FindBankAsync(
            ProviderAccount account, SecretBytes cardNumber, ProviderKeys keys, CancellationToken cancel) =>
            Task.FromResult(ground.Silent<CardBinFacts>());

        public Task<QueryAnswer<SignedCardPage>> ListAsync(
            ProviderAccount account, string payerId, int offset, ProviderKeys keys, CancellationToken cancel)
        {
            var isWhole = ground.OnAsk is Said.Done or Said.NotYet;
            if (!isWhole && (ground.OnAsk != Said.SecondPageLost || offset > 0))
            {
                return Task.FromResult(ground.Silent<SignedCardPage>());
            }

            List<SignedCard> cards = [new($"B{offset}", "0002", "01020000", "ICBC", CardKind.Debit, "")];
            if (ground.OnAsk == Said.NotYet && offset == 1)
            {
                cards.AddRange(ground.agreements.Select(
                    one => new SignedCard(one, "0001", "01020000", "ICBC", CardKind.Debit, "")));
            }

            return Task.FromResult<QueryAnswer<SignedCardPage>>(new QueryAnswer<SignedCardPage>.Told(
                ground.Provider.Transcript(bodyStarted: true),
                new(cards, Authenticated: true, offset == 0 ? 1 : null)));
        }

        public async Task<ProviderOutcome> UnbindAsync(
            ProviderAccount account, CardUnbindRequest request, ProviderKeys keys, SendPermit permit,
            CancellationToken cancel)
        {
            if (!permit.IsOpen)
            {
                return new ProviderOutcome.NotSent(
                    ground.Provider.Transcript(bodyStarted: false), ProviderError.SentTooLate);
            }

            await ground.WhileSending();
            var outcome = ground.OnSend(ground.Provider.Transcript(bodyStarted: true));
            ground.cardsSent += outcome is ProviderOutcome.NotSent ? 0 : 1;
            return outcome;
        }
    }
}

/// <summary>What the scripted provider says to a question.</summary>
internal enum Said
{
    /// <summary>It knows nothing of it, or shows that nothing happened so far.</summary>
    NotYet,

    Done,

    /// <summary>No answer in time.</summary>
    Silence,

    /// <summary>The question is refused, because the clocks differ.</summary>
    ClockOff,

    /// <summary>The first page of a list comes, the second does not.</summary>
    SecondPageLost,
}

/// <summary>What rows of each kind are made of.</summary>
internal static class OperationSamples
{
    public static string Details(OperationKind kind, string payer) => kind switch
    {
        OperationKind.Capture or OperationKind.Void => OperationDetails.Write(new HoldDetails(payer)),
        OperationKind.Transfer => OperationDetails.Write(new TransferDetails("November commission", "")),
        OperationKind.Unbind => OperationDetails.Write(new UnbindDetails(payer, "ICBC", "0001")),
        _ => "",
    };
}
