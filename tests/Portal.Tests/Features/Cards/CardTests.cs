using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Cards;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features;

public sealed class CardTests
{
    // A test card of the Sandbox; its check digit is right.
    private const string Number = "6222 0210 0000 0000 004";
    private const string Payer = "U1001";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_card_number_goes_to_the_provider_and_nowhere_else(DatabaseKind kind)
    {
        await using var stage = await Stage.StartAsync(kind);
        var told = await stage.Queries.FindBankAsync(stage.Clerk, stage.Account.Id, Luhn(Number));
        told.ShouldBeOfType<BankFound.Told>().LastFour.Length.ShouldBe(4);
        stage.Cards.LookedUp.ShouldBe([19]);
        var digits = Luhn(Number).Replace(" ", "", StringComparison.Ordinal);
        var audit = await stage.World.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Action == "card.find-bank")
            .Select(row => row.Subject + row.Details).SingleAsync());
        audit.ShouldContain(digits[^4..]);
        audit.ShouldNotContain(digits[..^4]);
        (await stage.Queries.FindBankAsync(stage.Clerk, stage.Account.Id, "1234 5678 9012 3456"))
            .ShouldBeOfType<BankFound.NotACard>();
        stage.Cards.LookedUp.Count.ShouldBe(1, "what is no card is not sent");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_the_right_nothing_is_asked_of_the_provider(DatabaseKind kind)
    {
        await using var stage = await Stage.StartAsync(kind);
        var lead = await stage.World.PersonAsync("zhao", Role.FinanceLead);
        (await stage.Queries.FindBankAsync(lead, stage.Account.Id, Luhn(Number))).ShouldBeOfType<BankFound.NoRight>();
        (await stage.Queries.ListAsync(lead, stage.Account.Id, Payer)).ShouldBeOfType<PayerCards.NoRight>();
        (await stage.Queries.AccountsAsync(lead)).ShouldBeEmpty();
        (await stage.AskAsync(lead, "A1", "0001")).ShouldBeOfType<UnbindRequested.NoRight>();
        stage.Cards.LookedUp.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task All_pages_of_a_payers_cards_are_read(DatabaseKind kind)
    {
        await using var stage = await Stage.StartAsync(kind);
        var told = (await stage.Queries.ListAsync(stage.Clerk, stage.Account.Id, Payer))
            .ShouldBeOfType<PayerCards.Told>();
        told.Lines.Select(line => line.Card.LastFour).ShouldBe(["0001", "0002", "0003"]);
        told.Authenticated.ShouldBeFalse();
        told.MayUnbind.ShouldBeTrue();
        told.Prospect.Approvers.ShouldBe(["li"]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_card_is_taken_away_after_a_second_person_and_its_absence_proves_it(DatabaseKind kind)
    {
        await using var stage = await Stage.StartAsync(kind);
        var asked = (await stage.AskAsync(stage.Clerk, "A2", "0002")).ShouldBeOfType<UnbindRequested.Asked>();
        (await stage.World.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse("nobody has approved it");
        (await stage.AskAsync(stage.Clerk, "A2", "0002"))
            .ShouldBe(new UnbindRequested.AnotherIsOpen(asked.Number));
        await stage.ApproveAsync(asked.Id);
        await stage.World.Get<OperationSender>().SendNextAsync(default);
        stage.Cards.Sent.ShouldBe([new CardUnbindRequest(Payer, "A2")]);
        (await stage.World.OperationAsync(asked.Id)).State.ShouldBe(OperationState.Accepted);
        await stage.AskProviderAsync();
        var done = await stage.World.OperationAsync(asked.Id);
        done.State.ShouldBe(OperationState.Succeeded);
        done.AmountMinor.ShouldBe(0);
        (await stage.AskAsync(stage.Clerk, "A2", "0002")).ShouldBeOfType<UnbindRequested.PageIsStale>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_request_has_a_page_of_its_own_from_asking_to_the_end(DatabaseKind kind)
    {
        await using var stage = await Stage.StartAsync(kind);
        var asked = (await stage.AskAsync(stage.Clerk, "A2", "0002")).ShouldBeOfType<UnbindRequested.Asked>();
        OperationKind.Unbind.Page(asked.Number).ShouldBe($"/cards/{asked.Number}");
        var sheets = stage.World.Get<UnbindSheets>();
        var waits = (await sheets.FindAsync(stage.Clerk, asked.Number))!;
        (waits.Operation.Standing, waits.MayWithdraw, waits.MayLookUp, waits.ResendSafe)
            .ShouldBe((OperationStanding.PendingApproval, true, true, true));
        waits.Card.ShouldBe(new UnbindDetails(Payer, waits.Card.Bank, "0002"));
        waits.Approvers.ShouldBe(["li"]);

        await stage.ApproveAsync(asked.Id);
        await stage.World.Get<OperationSender>().SendNextAsync(default);
        await stage.AskProviderAsync();
        var lead = await stage.World.PersonAsync("zhao", Role.FinanceLead);
        var gone = (await sheets.FindAsync(lead, asked.Number))!;
        (gone.Operation.Standing, gone.MayWithdraw, gone.MayLookUp)
            .ShouldBe((OperationStanding.Succeeded, false, false));
        gone.Decisions.ShouldHaveSingleItem().By.ShouldBe("li");
        gone.Evidence.Count.ShouldBe(2);
        gone.LastAttempt!.Value.Number.ShouldBe(1);
        var admin = await stage.World.PersonAsync("wang", Role.Admin);
        (await sheets.FindAsync(admin, asked.Number)).ShouldBeNull("whoever may not see orders sees no request");
        (await sheets.FindAsync(stage.Clerk, "U000000NONE")).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_card_that_stays_signed_goes_again_under_the_same_number_and_only_after_a_while(
        DatabaseKind kind)
    {
        await using var stage = await Stage.StartAsync(kind);
        stage.Cards.Removes = false;
        stage.Cards.OnUnbind = sent => new ProviderOutcome.Unknown(sent, ProviderError.TimedOut);
        var asked = (await stage.AskAsync(stage.Clerk, "A1", "0001")).ShouldBeOfType<UnbindRequested.Asked>();
        await stage.ApproveAsync(asked.Id);
        await stage.World.Get<OperationSender>().SendNextAsync(default);
        var from = stage.World.Clock.GetUtcNow();
        while ((await stage.World.OperationAsync(asked.Id)).State == OperationState.Unknown)
        {
            await stage.AskProviderAsync();
            (stage.World.Clock.GetUtcNow() - from).ShouldBeLessThan(TimeSpan.FromMinutes(30));
        }

        (stage.World.Clock.GetUtcNow() - from).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(15));
        stage.Cards.Removes = true;
        await stage.World.Get<OperationSender>().SendNextAsync(default);
        stage.Cards.Sent.Count.ShouldBe(2);
        stage.Cards.Sent[1].ShouldBe(stage.Cards.Sent[0]);
        await stage.AskProviderAsync();
        (await stage.World.OperationAsync(asked.Id)).State.ShouldBe(OperationState.Succeeded);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_payer_that_the_provider_does_not_know_proves_nothing_and_repeats_nothing(DatabaseKind kind)
    {
        await using var stage = await Stage.StartAsync(kind);
        var asked = (await stage.AskAsync(stage.Clerk, "A1", "0001")).ShouldBeOfType<UnbindRequested.Asked>();
        await stage.ApproveAsync(asked.Id);
        stage.Cards.OnUnbind = sent => new ProviderOutcome.Unknown(sent, ProviderError.TimedOut);
        stage.Cards.OnList = sent => new QueryAnswer<SignedCardPage>.NotFound(sent);
        await stage.World.Get<OperationSender>().SendNextAsync(default);
        while ((await stage.World.OperationAsync(asked.Id)).State == OperationState.Unknown)
        {
            await stage.AskProviderAsync();
        }

        var row = await stage.World.OperationAsync(asked.Id);
        (row.State, row.Problem).ShouldBe((OperationState.NeedsPerson, OperationProblem.PayerNotNamed));
        stage.Cards.Sent.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Requests_about_one_card_in_the_same_instant_make_one(DatabaseKind kind)
    {
        await using var stage = await Stage.StartAsync(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => Task.Run(() => stage.AskAsync(stage.Clerk, "A3", "0003"))));
        answers.OfType<UnbindRequested.Asked>().Count().ShouldBe(1);
        answers.OfType<UnbindRequested.AnotherIsOpen>().Count().ShouldBe(7);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_the_page_showed_must_be_what_the_provider_lists(DatabaseKind kind)
    {
        await using var stage = await Stage.StartAsync(kind);
        (await stage.AskAsync(stage.Clerk, "A1", "9999")).ShouldBeOfType<UnbindRequested.PageIsStale>();
        (await stage.AskAsync(stage.Clerk, "A9", "0001")).ShouldBeOfType<UnbindRequested.PageIsStale>();
        (await stage.AskAsync(stage.Clerk, "A1", "0001", reason: "Because"))
            .ShouldBeOfType<UnbindRequested.ReasonMissing>();
        stage.Cards.OnList = sent => new QueryAnswer<SignedCardPage>.NoAnswer(sent, ProviderError.TimedOut);
        (await stage.AskAsync(stage.Clerk, "A1", "0001"))
            .ShouldBe(new UnbindRequested.NoAnswer(ProviderError.TimedOut));
    }

    /// <summary>The digits with the check digit that they need.</summary>
    private static string Luhn(string text)
    {
        foreach (var last in "0123456789")
        {
            var number = $"{text[..^1]}{last}".Replace(" ", "", StringComparison.Ordinal);
            if (Portal.Features.Orders.CardNumber.LooksLike(number))
            {
                return $"{text[..^1]}{last}";
            }
        }

        throw new InvalidOperationException("No digit fits.");
    }

    private sealed class Stage(World world, ScriptedCards cards, Actor clerk, Actor reviewer, Account account)
        : IAsyncDisposable
    {
        public World World { get; } = world;

        public ScriptedCards Cards { get; } = cards;

        public Actor Clerk { get; } = clerk;

        public Account Account { get; } = account;

        public CardQueries Queries => World.Get<CardQueries>();

        public static async Task<Stage> StartAsync(DatabaseKind kind)
        {
            ScriptedCards? cards = null;
            var world = await World.StartAsync(kind, clock =>
            {
                var plain = new ScriptedProvider(clock);
                cards = new ScriptedCards(() => plain.Transcript(bodyStarted: true));
                return new ScriptedProvider(clock) { Cards = cards };
            });
            cards!.Sign(Payer, "A1", "0001");
            cards.Sign(Payer, "A2", "0002");
            cards.Sign(Payer, "A3", "0003");
            return new(
                world, cards, await world.PersonAsync("chen", Role.Clerk), await world.PersonAsync("li", Role.Reviewer),
                await world.AccountAsync());
        }

        public Task<UnbindRequested> AskAsync(
            Actor actor, string agreement, string lastFour, string reason = "PayerAsked") =>
            World.Get<CardCommands>().RequestAsync(actor, new UnbindForm
            {
                CommandId = Guid.CreateVersion7(), AccountId = Account.Id, PayerId = Payer,
                AgreementNumber = agreement, SeenLastFour = lastFour, Reason = reason,
            });

        public async Task ApproveAsync(Guid id) =>
            (await World.DecideAsync(reviewer, await World.OperationAsync(id)))
                .ShouldBeOfType<Portal.Features.Approvals.Decided.Done>();

        /// <summary>Goes on to the next planned question and asks it.</summary>
        public async Task AskProviderAsync()
        {
            var next = await World.ReadAsync(db => db.Set<Operation>().MinAsync(row => row.NextQuestionAt));
            World.Clock.Advance(next!.Value - World.Clock.GetUtcNow());
            await World.Get<OperationResolver>().AskNextAsync(default);
        }

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }
}
