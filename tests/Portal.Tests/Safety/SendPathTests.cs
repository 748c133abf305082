using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Safety;

public sealed class SendPathTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_accepted_refund_settles_when_the_provider_says_so(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world);

        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Accepted);
        world.Provider.OnQuery = (r, t) => ScriptedProvider.Told(r, t, RefundState.Succeeded, "TKSUCC0006");
        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeFalse();
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
        var balance = await world.BalanceAsync(order);
        (balance.Refunded, balance.Reserved).ShouldBe((1230, 0));
        var row = await world.ReadAsync(db => db.Set<Order>().SingleAsync());
        row.State.ShouldBe(OrderState.PartRefunded);
        world.Provider.Sent.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Timeout_after_accept_ends_succeeded_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world);
        world.Provider.OnSend = (_, t) => new ProviderOutcome.Unknown(t, ProviderError.TimedOut);

        await world.Get<OperationSender>().SendNextAsync(default);
        var unknown = await world.OperationAsync(operation.Id);
        unknown.State.ShouldBe(OperationState.Unknown);
        unknown.Problem.ShouldBe(nameof(ProviderError.TimedOut));
        (await world.BalanceAsync(order)).Reserved.ShouldBe(1230);
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();

        world.Provider.OnQuery = (r, t) => ScriptedProvider.Told(r, t, RefundState.Succeeded, "TKSUCC0006");
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await world.Get<OperationResolver>().AskNextAsync(default);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
        world.Provider.Sent.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Not_found_and_silence_prove_nothing_until_people_settle_it(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world);
        world.Provider.OnSend = (_, t) => new ProviderOutcome.Unknown(t, ProviderError.ConnectionLost);
        await world.Get<OperationSender>().SendNextAsync(default);

        var asked = 0;
        for (var minute = 0; minute < 125; minute++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            while (await world.Get<OperationResolver>().AskNextAsync(default))
            {
                asked++;
                world.Provider.OnQuery = asked % 2 == 0
                    ? (_, t) => new QueryAnswer<RefundFacts>.NotFound(t)
                    : (_, t) => new QueryAnswer<RefundFacts>.NoAnswer(t, ProviderError.TimedOut);
            }
        }

        asked.ShouldBeInRange(6, 12);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.NeedsPerson);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(1230);
        world.Provider.Sent.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_never_left_is_sent_again_after_a_wait_and_only_then(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, _) = await ReadyAsync(world);
        world.Provider.OnSend = (_, t) => new ProviderOutcome.NotSent(
            t with { BodyStarted = false }, ProviderError.ConnectionFailed);

        await world.Get<OperationSender>().SendNextAsync(default);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Ready);
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
        world.Provider.OnSend = (_, t) => new ProviderOutcome.Accepted(t);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Accepted);
        world.Provider.Sent.Count.ShouldBe(1);
        (await world.ReadAsync(db => db.Set<Attempt>().CountAsync())).ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Ten_tries_that_never_left_go_to_a_person(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, _) = await ReadyAsync(world);
        world.Provider.OnSend = (_, t) => new ProviderOutcome.NotSent(
            t with { BodyStarted = false }, ProviderError.NameNotResolved);

        for (var i = 0; i < 12; i++)
        {
            await world.Get<OperationSender>().SendNextAsync(default);
            world.Clock.Advance(TimeSpan.FromHours(1));
        }

        var row = await world.OperationAsync(operation.Id);
        (row.State, row.Attempts).ShouldBe((OperationState.NeedsPerson, 10));
        world.Provider.Sent.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_claim_whose_process_died_becomes_unknown_and_never_ready(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world);
        world.Provider.WhileSending = () => throw new InvalidOperationException("the process died here");
        await using var second = world.SecondNode();

        await world.Get<OperationSender>().SendNextAsync(default);

        var row = await world.OperationAsync(operation.Id);
        row.State.ShouldBe(OperationState.Unknown);
        row.Problem.ShouldBe(OperationProblem.BrokeOff);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(1230);
        (await second.Services.GetRequiredService<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_late_answer_after_the_lease_is_kept_as_evidence_and_changes_nothing(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, _) = await ReadyAsync(world);
        await using var second = world.SecondNode();
        world.Provider.WhileSending = async () =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(61));
            (await second.Services.GetRequiredService<OperationSender>().SweepAsync()).ShouldBeTrue();
        };

        await world.Get<OperationSender>().SendNextAsync(default);

        var row = await world.OperationAsync(operation.Id);
        row.State.ShouldBe(OperationState.Unknown);
        var evidence = await world.ReadAsync(
            db => db.Set<Evidence>().OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync());
        evidence.ShouldBe([EvidenceKind.LeaseRanOut, EvidenceKind.Answer]);
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_processes_send_each_approved_refund_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        for (var i = 0; i < 10; i++)
        {
            await world.ReadyAsync(clerk, reviewer, await world.PaidOrderAsync(account));
        }

        await using var second = world.SecondNode();
        var senders = new[] { world.Get<OperationSender>(), second.Services.GetRequiredService<OperationSender>() };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var misses = 0;
            while (misses < 3)
            {
                misses = await senders[i % 2].SendNextAsync(default) ? 0 : misses + 1;
            }
        })));

        world.Provider.Sent.Count.ShouldBe(10);
        world.Provider.Sent.Select(r => r.RefundNumber).Distinct().Count().ShouldBe(10);
        (await world.ReadAsync(db => db.Set<Operation>().CountAsync(o => o.State == OperationState.Accepted)))
            .ShouldBe(10);
    }

    [Fact]
    public async Task A_sender_passes_over_the_row_that_another_process_is_at()
    {
        await using var world = await World.StartAsync(DatabaseKind.Postgres);
        var (clerk, reviewer) =
            (await world.PersonAsync("chen", Role.Clerk), await world.PersonAsync("li", Role.Reviewer));
        var account = await world.AccountAsync();
        var first = await world.ReadyAsync(clerk, reviewer, await world.PaidOrderAsync(account));
        var second = await world.ReadyAsync(clerk, reviewer, await world.PaidOrderAsync(account));

        await world.ReadAsync(async db =>
        {
            await using var held = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM operations WHERE \"Id\" = {first.Id} FOR UPDATE");
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
            return held.TransactionId;
        });

        world.Provider.Sent.ShouldHaveSingleItem().RefundNumber.ShouldBe(second.Number);
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        world.Provider.Sent.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("UPDATE operations SET \"AmountMinor\" = 9000")]
    [InlineData("UPDATE operations SET \"Payee\" = 'somebody else'")]
    [InlineData("UPDATE operations SET \"Currency\" = 'USD'")]
    [InlineData("UPDATE operations SET \"TermsHash\" = '00'")]
    public async Task Row_edited_in_sql_is_never_sent(string sql)
    {
        foreach (var kind in new[] { DatabaseKind.Sqlite, DatabaseKind.Postgres })
        {
            await using var world = await World.StartAsync(kind);
            var (operation, _) = await ReadyAsync(world);
            await world.SqlAsync(sql);

            await world.Get<OperationSender>().SendNextAsync(default);
            await world.Get<OperationSender>().SendNextAsync(default);

            world.Provider.Sent.ShouldBeEmpty();
            var row = await world.OperationAsync(operation.Id);
            (row.State, row.Problem).ShouldBe((OperationState.Ready, OperationProblem.Tampered));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_request_set_to_ready_in_sql_without_approval_is_never_sent(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "12.30");
        await world.SqlAsync("UPDATE operations SET \"State\" = 'Ready'");

        await world.Get<OperationSender>().SendNextAsync(default);

        world.Provider.Sent.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_process_that_was_paused_after_its_claim_does_not_send_late(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, _) = await ReadyAsync(world);
        var permit = SendPermit.Start(world.Clock);
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        permit.IsOpen.ShouldBeFalse();

        world.Provider.OnSend = (_, t) =>
            new ProviderOutcome.NotSent(t with { BodyStarted = false }, ProviderError.SentTooLate);
        await world.Get<OperationSender>().SendNextAsync(default);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Ready);
        world.Provider.Sent.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_refund_that_the_provider_refuses_in_review_frees_the_money(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world);
        await world.Get<OperationSender>().SendNextAsync(default);
        world.Provider.OnQuery = (r, t) => ScriptedProvider.Told(r, t, RefundState.Failed, "TKSUCC0008");
        world.Clock.Advance(TimeSpan.FromSeconds(5));

        await world.Get<OperationResolver>().AskNextAsync(default);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Failed);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_reversed_refund_goes_to_a_person_and_keeps_the_money_set_aside(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, order) = await ReadyAsync(world);
        await world.Get<OperationSender>().SendNextAsync(default);
        world.Provider.OnQuery = (r, t) => ScriptedProvider.Told(r, t, RefundState.Reversed, "TKSUCC0004");
        world.Clock.Advance(TimeSpan.FromSeconds(5));

        await world.Get<OperationResolver>().AskNextAsync(default);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.NeedsPerson);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(1230);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_accepted_refund_is_asked_about_for_weeks_before_people_are(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (operation, _) = await ReadyAsync(world);
        await world.Get<OperationSender>().SendNextAsync(default);
        world.Provider.OnQuery = (r, t) => ScriptedProvider.Told(r, t, RefundState.InProviderReview, "TKSUCC0002");

        for (var day = 0; day < 24; day++)
        {
            world.Clock.Advance(TimeSpan.FromDays(1));
            await world.Get<OperationResolver>().AskNextAsync(default);
        }

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Accepted);
    }

    private static async Task<(Operation Operation, Order Order)> ReadyAsync(World world)
    {
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        return (await world.ReadyAsync(clerk, reviewer, order), order);
    }
}
