using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Safety;

public sealed class ProviderGateTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Five_requests_without_an_answer_close_the_provider_with_growing_pauses(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await using var second = world.SecondNode();
        await ReadyAsync(world, 6);
        await CloseByNotSentAsync(world);

        foreach (var seconds in new[] { 30, 60, 120, 300, 600, 600 })
        {
            world.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            (await Sender(second).SendNextAsync(default)).ShouldBeFalse();
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            (await Sender(second).SendNextAsync(default)).ShouldBeTrue();
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
        }

        var health = await HealthAsync(world);
        (health.Failures, health.Pauses).ShouldBe((11, 7));
        world.Provider.Sent.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_answer_of_any_kind_ends_the_row_of_failures(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await ReadyAsync(world, 10);
        for (var i = 0; i < 9; i++)
        {
            world.Provider.OnSend = i == 4
                ? (_, t) => new ProviderOutcome.Refused(t, ProviderError.NotRefundable)
                : (_, t) => new ProviderOutcome.NotSent(
                    t with { BodyStarted = false }, ProviderError.ConnectionFailed);
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        }

        (await HealthAsync(world)).OpenUntil.ShouldBeNull();
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        (await HealthAsync(world)).OpenUntil.ShouldNotBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task After_outage_first_send_is_canary(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await using var second = world.SecondNode();
        await ReadyAsync(world, 30);
        await CloseByNotSentAsync(world);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        world.Provider.OnSend = (_, t) => new ProviderOutcome.Accepted(t);

        // Each send tries to start another one on the other node before it ends: so deep is how many go at once.
        var nodes = new[] { world.Get<OperationSender>(), Sender(second) };
        int depth = 0, deepest = 0;
        world.Provider.WhileSending = async () =>
        {
            deepest = Math.Max(deepest, ++depth);
            await nodes[depth % 2].SendNextAsync(default);
            depth--;
        };
        var widths = new List<int>();
        for (var round = 0; round < 5; round++)
        {
            deepest = 0;
            (await nodes[0].SendNextAsync(default)).ShouldBeTrue();
            widths.Add(deepest);
        }

        widths.ShouldBe([1, 2, 4, 8, 15]);
        world.Provider.Sent.Select(r => r.RefundNumber).Distinct().Count().ShouldBe(30);
        (await HealthAsync(world)).ShouldSatisfyAllConditions(h => h.Ramp.ShouldBe(0), h => h.Pauses.ShouldBe(0));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_canary_without_an_answer_closes_the_provider_again_and_is_never_sent_twice(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await ReadyAsync(world, 6);
        await CloseByNotSentAsync(world);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        world.Provider.OnSend = (_, t) => new ProviderOutcome.Accepted(t);
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        world.Provider.OnSend = (_, t) => new ProviderOutcome.Unknown(t, ProviderError.TimedOut);

        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();

        (await HealthAsync(world)).OpenUntil.ShouldBe(world.Clock.GetUtcNow().AddMinutes(1));
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
        world.Provider.Sent.Select(r => r.RefundNumber).ShouldBeUnique();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task While_closed_nothing_is_asked_and_then_one_question_over_two_processes(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await using var second = world.SecondNode();
        await ReadyAsync(world, 6);
        await CloseByTimeoutsAsync(world);
        world.Clock.Advance(TimeSpan.FromSeconds(29));
        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeFalse();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse("a question that is due goes first");

        var others = new List<bool>();
        world.Provider.WhileAsking = async () =>
        {
            world.Provider.WhileAsking = () => Task.CompletedTask;
            others.Add(await Resolver(second).AskNextAsync(default));
            others.Add(await Sender(second).SendNextAsync(default));
        };
        world.Provider.OnQuery = (r, t) => ScriptedProvider.Told(r, t, RefundState.Succeeded, "TKSUCC0006");
        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();

        others.ShouldBe([false, false]);
        (await HealthAsync(world)).ShouldSatisfyAllConditions(
            h => h.OpenUntil.ShouldBeNull(), h => h.Ramp.ShouldBe(1), h => h.Failures.ShouldBe(0));
        (await Resolver(second).AskNextAsync(default)).ShouldBeTrue();
        (await Sender(second).SendNextAsync(default)).ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_trial_whose_process_died_is_anybodys_after_a_minute(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await ReadyAsync(world, 6);
        await CloseByTimeoutsAsync(world);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        world.Provider.WhileAsking = () => throw new OperationCanceledException("the process died here");
        await Should.ThrowAsync<OperationCanceledException>(world.Get<OperationResolver>().AskNextAsync(default));
        world.Provider.WhileAsking = () => Task.CompletedTask;

        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeFalse();
        world.Clock.Advance(TimeSpan.FromSeconds(60));
        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task People_are_called_in_time_even_while_the_provider_is_closed(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        world.Provider.SettleTime = TimeSpan.FromSeconds(20);
        await ReadyAsync(world, 5);
        await CloseByTimeoutsAsync(world);
        world.Provider.OnQuery = (_, _) => throw new InvalidOperationException("nobody may ask now");
        world.Clock.Advance(TimeSpan.FromSeconds(20));

        for (var i = 0; i < 5; i++)
        {
            (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();
        }

        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeFalse();
        (await world.ReadAsync(db => db.Set<Operation>().Select(row => row.State).Distinct().ToListAsync()))
            .ShouldBe([OperationState.NeedsPerson]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_clock_six_minutes_off_stops_sends_until_an_answer_shows_it_right(DatabaseKind kind)
    {
        foreach (var minutes in new[] { 6, -6 })
        {
            await using var world = await World.StartAsync(kind);
            await ReadyAsync(world, 2);
            world.Provider.ClockAhead = TimeSpan.FromMinutes(minutes);
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
            (await HealthAsync(world)).ClockOff.TotalMinutes.ShouldBe(6, tolerance: 0.1);

            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
            world.Clock.Advance(TimeSpan.FromHours(1));
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();

            world.Provider.ClockAhead = TimeSpan.FromSeconds(2);
            (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Clock_skew_16min_reports_clock_not_order_missing(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        world.Provider.ClockTolerance = TimeSpan.FromMinutes(15);
        await ReadyAsync(world, 1);
        world.Provider.ClockAhead = TimeSpan.FromMinutes(16);
        world.Provider.OnSend = (_, t) => new ProviderOutcome.Unknown(t, ProviderError.TimedOut);
        var asked = 0;
        world.Provider.OnQuery = (_, t) =>
        {
            asked++;
            return new QueryAnswer<RefundFacts>.NoAnswer(t, ProviderError.ClockOff);
        };
        await world.Get<OperationSender>().SendNextAsync(default);

        // Due after 5 s and 15 s more, but beyond the provider's tolerance one question a minute measures the clock.
        foreach (var seconds in new[] { 5, 15, 15, 15, 15 })
        {
            world.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await world.Get<OperationResolver>().AskNextAsync(default);
        }

        asked.ShouldBe(2);
        var row = await world.ReadAsync(db => db.Set<Operation>().SingleAsync());
        (row.State, row.Problem).ShouldBe((OperationState.Unknown, nameof(ProviderError.ClockOff)));
        (await world.ReadAsync(db => db.Set<Evidence>().AnyAsync(e => e.NothingDone))).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_question_about_an_order_measures_the_clock_too(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await ReadyAsync(world, 1);
        world.Provider.ClockAhead = TimeSpan.FromMinutes(7);
        await world.SqlAsync("UPDATE orders SET \"NextQuestionAt\" = 0");

        (await world.Get<OrderAsker>().AskNextAsync(default)).ShouldBeTrue();

        (await HealthAsync(world)).ClockStopsSends.ShouldBeTrue();
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
    }

    [Fact]
    public void A_fault_page_and_a_broken_connection_are_silence_and_a_refusal_is_an_answer()
    {
        var sent = new ScriptedProvider(TimeProvider.System).Transcript(bodyStarted: true);
        (Transcript Exchange, ProviderError Error, Heard Heard)[] cases =
        [
            (sent with { Status = 200 }, ProviderError.None, Heard.Answer),
            (sent with { Status = 200 }, ProviderError.Declined, Heard.Answer),
            (sent with { Status = 422 }, ProviderError.ProviderFault, Heard.Answer),
            (sent with { Status = 200 }, ProviderError.ClockOff, Heard.Answer),
            (sent with { Status = 502 }, ProviderError.ProviderFault, Heard.Silence),
            (sent with { Status = 200 }, ProviderError.AnswerUnreadable, Heard.Silence),
            (sent with { Failure = ProviderError.TimedOut }, ProviderError.TimedOut, Heard.Silence),
            (sent with { Failure = ProviderError.TlsFailed }, ProviderError.TlsFailed, Heard.Silence),
            (sent with { Failure = ProviderError.ConnectionLost }, ProviderError.ConnectionLost, Heard.Silence),
            (sent with { Failure = ProviderError.SentTooLate }, ProviderError.SentTooLate, Heard.Nothing),
            (sent with { Failure = ProviderError.KeyMissing }, ProviderError.KeyMissing, Heard.Nothing),
            (sent, ProviderError.AddressNotAllowed, Heard.Nothing),
        ];
        foreach (var (exchange, error, heard) in cases)
        {
            ProviderGate.Hear(exchange, error).ShouldBe(heard, $"{exchange.Status} {exchange.Failure} {error}");
        }
    }

    [Theory]
    [InlineData(0, 30, 12, 0)]
    [InlineData(0, 30, 31, 1)]
    [InlineData(0, 30, -1, 0)]
    [InlineData(0, 30, -90, -90)]
    public void A_slow_exchange_does_not_look_like_a_wrong_clock(int start, int end, int told, int ahead)
    {
        var at = new DateTimeOffset(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
        var exchange = new ScriptedProvider(TimeProvider.System).Transcript(bodyStarted: true) with
        {
            StartedAt = at.AddSeconds(start),
            Elapsed = TimeSpan.FromSeconds(end - start),
            ProviderDate = at.AddSeconds(told),
        };

        ProviderGate.Ahead(exchange).ShouldBe(TimeSpan.FromSeconds(ahead));
        ProviderGate.Ahead(exchange with { ProviderDate = null }).ShouldBeNull();
    }

    private static OperationSender Sender(Microsoft.AspNetCore.Builder.WebApplication node) =>
        node.Services.GetRequiredService<OperationSender>();

    private static OperationResolver Resolver(Microsoft.AspNetCore.Builder.WebApplication node) =>
        node.Services.GetRequiredService<OperationResolver>();

    private static Task<ProviderHealth> HealthAsync(World world) =>
        world.ReadAsync(db => db.Set<ProviderHealth>().AsNoTracking().SingleAsync());

    private static async Task ReadyAsync(World world, int refunds)
    {
        var account = await world.AccountAsync();
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        for (var i = 0; i < refunds; i++)
        {
            await world.ReadyAsync(clerk, reviewer, await world.PaidOrderAsync(account));
        }
    }

    private static Task CloseByNotSentAsync(World world) => CloseAsync(world, (_, t) =>
        new ProviderOutcome.NotSent(t with { BodyStarted = false }, ProviderError.ConnectionFailed));

    private static Task CloseByTimeoutsAsync(World world) => CloseAsync(
        world, (_, t) => new ProviderOutcome.Unknown(t, ProviderError.TimedOut));

    private static async Task CloseAsync(World world, Func<RefundRequest, Transcript, ProviderOutcome> fault)
    {
        world.Provider.OnSend = fault;
        for (var i = 0; i < ProviderHealth.MostFailures; i++)
        {
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        }

        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
        (await HealthAsync(world)).OpenUntil.ShouldBe(world.Clock.GetUtcNow().AddSeconds(30));
    }
}
