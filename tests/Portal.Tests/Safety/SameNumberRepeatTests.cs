using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>
/// The one repeat that a document allows: the same transfer under the same number, after the provider has shown often
/// and long enough that it knows nothing of it.
/// </summary>
public sealed class SameNumberRepeatTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Three_not_founds_over_a_quarter_of_an_hour_send_the_very_same_once_more(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var operation = await UnknownAsync(world);

        await world.AskForAsync(operation.Id, 25 * Minute);

        var ready = await world.OperationAsync(operation.Id);
        (ready.State, ready.Problem).ShouldBe((OperationState.Ready, ""));
        world.Provider.Paying.OnSend = Done;
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        var ended = await world.OperationAsync(operation.Id);
        (ended.State, ended.Attempts, ended.TermsHash).ShouldBe(
            (OperationState.Succeeded, 2, operation.TermsHash));
        world.Provider.Paying.Sent.Count.ShouldBe(2);
        world.Provider.Paying.Sent.Distinct().Count().ShouldBe(1);
        (await world.ReadAsync(db => db.Set<Attempt>().CountAsync())).ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Three_not_founds_within_less_than_a_quarter_of_an_hour_are_not_enough(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var operation = await UnknownAsync(world);

        // Asked at 0:05, 0:20, 1:20 and 6:20, then by hand just short of fifteen minutes after the first.
        await world.AskForAsync(operation.Id, 15 * Minute + TimeSpan.FromSeconds(4));
        await AskNowAsync(world, operation.Id);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Unknown);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await AskNowAsync(world, operation.Id);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Ready);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_not_founds_are_not_enough_however_long_they_are_apart(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        world.Provider.Paying.SettleTime = TimeSpan.FromHours(6);
        var operation = await UnknownAsync(world);
        var asked = 0;
        world.Provider.Paying.OnQuery = (_, transcript) => ++asked is 1 or 5
            ? new QueryAnswer<TransferFacts>.NotFound(transcript)
            : new QueryAnswer<TransferFacts>.NoAnswer(transcript, ProviderError.TimedOut);

        await world.AskForAsync(operation.Id, 30 * Minute);

        asked.ShouldBeGreaterThanOrEqualTo(5);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Unknown);
        world.Provider.Paying.OnQuery = (_, transcript) => new QueryAnswer<TransferFacts>.NotFound(transcript);
        await AskNowAsync(world, operation.Id);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Ready);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Silence_never_counts_as_not_found_and_people_are_called(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var operation = await UnknownAsync(world);
        world.Provider.Paying.OnQuery = (_, transcript) =>
            new QueryAnswer<TransferFacts>.NoAnswer(transcript, ProviderError.TimedOut);

        await world.AskForAsync(operation.Id, 60 * Minute);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.NeedsPerson);
        world.Provider.Paying.Sent.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Where_the_document_does_not_allow_it_nothing_is_ever_repeated(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        world.Provider.Paying.ResendSafe = false;
        var operation = await UnknownAsync(world);

        await world.AskForAsync(operation.Id, 60 * Minute);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.NeedsPerson);
        world.Provider.Paying.Sent.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task It_is_repeated_once_an_hour_and_three_times_at_most(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var operation = await UnknownAsync(world);
        var sentAt = new List<DateTimeOffset> { world.Clock.GetUtcNow() };

        while (await world.OperationAsync(operation.Id) is { State: not OperationState.NeedsPerson } row)
        {
            sentAt.Count.ShouldBeLessThan(9);
            if (row.State == OperationState.Ready)
            {
                (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
                sentAt.Add(world.Clock.GetUtcNow());
            }

            await world.AskForAsync(operation.Id, Minute);
        }

        world.Provider.Paying.Sent.Count.ShouldBe(4);
        world.Provider.Paying.Sent.Distinct().Count().ShouldBe(1);
        (sentAt[1] - sentAt[0]).ShouldBeGreaterThanOrEqualTo(15 * Minute);
        (sentAt[2] - sentAt[1]).ShouldBeGreaterThanOrEqualTo(60 * Minute);
        (sentAt[3] - sentAt[2]).ShouldBeGreaterThanOrEqualTo(60 * Minute);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_repeat_that_the_provider_calls_known_ends_as_what_the_query_then_tells(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var operation = await RepeatedAsync(world, Duplicate);

        world.Provider.Paying.OnQuery = world.Provider.Paying.Told;
        await world.AskForAsync(operation.Id, Minute);

        var ended = await world.OperationAsync(operation.Id);
        (ended.State, ended.DisputedAt).ShouldBe((OperationState.Succeeded, null));
        ended.ProviderNumber.ShouldBe("2026112111000000000000000001");
        world.Provider.Paying.Sent.Count.ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_number_known_with_other_terms_goes_to_people_as_disputed_and_is_never_sent_again(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var operation = await RepeatedAsync(world, Duplicate);

        world.Provider.Paying.OnQuery = (_, transcript) =>
            new QueryAnswer<TransferFacts>.NoAnswer(transcript, ProviderError.AnswerMismatch);
        await world.AskForAsync(operation.Id, Minute);

        var row = await world.OperationAsync(operation.Id);
        (row.State, row.Problem).ShouldBe((OperationState.NeedsPerson, nameof(ProviderError.AnswerMismatch)));
        row.DisputedAt.ShouldNotBeNull();
        OperationStandings.Of(row).ShouldBe(OperationStanding.Disputed);
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
        world.Provider.Paying.Sent.Count.ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Terms_changed_in_the_database_stop_the_repeat(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var operation = await UnknownAsync(world);
        await world.AskForAsync(operation.Id, 25 * Minute);
        await world.SqlAsync("UPDATE operations SET \"Details\" = '{\"title\":\"more\",\"remark\":\"\"}'");

        await world.Get<OperationSender>().SendNextAsync(default);

        var row = await world.OperationAsync(operation.Id);
        (row.State, row.Problem).ShouldBe((OperationState.Ready, OperationProblem.Tampered));
        world.Provider.Paying.Sent.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Too_many_calls_put_a_transfer_off_and_it_goes_later_under_its_number(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var operation = await world.ReadyTransferAsync();
        world.Provider.Paying.OnSend = Postponed;

        await world.Get<OperationSender>().SendNextAsync(default);

        var later = await world.OperationAsync(operation.Id);
        (later.State, later.Problem).ShouldBe((OperationState.Ready, nameof(ProviderError.LimitExceeded)));
        later.NotBefore.ShouldBe(world.Clock.GetUtcNow().AddSeconds(5));
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeFalse();
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        world.Provider.Paying.OnSend = Done;
        await world.Get<OperationSender>().SendNextAsync(default);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
        world.Provider.Paying.Sent.Distinct().Count().ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Too_many_calls_after_a_copy_that_may_have_left_prove_nothing(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);

        var operation = await RepeatedAsync(world, Postponed);

        operation.State.ShouldBe(OperationState.Unknown);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_was_put_off_before_is_no_copy_and_does_not_hold_the_repeat_up(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var operation = await world.ReadyTransferAsync();
        world.Provider.Paying.OnSend = Postponed;
        for (var i = 0; i < 4; i++)
        {
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
            world.Clock.Advance(5 * Minute);
        }

        world.Provider.Paying.OnSend = TimedOut;
        await world.Get<OperationSender>().SendNextAsync(default);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Unknown);
        await world.AskForAsync(operation.Id, 25 * Minute);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Ready);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Not_sent_told_after_the_claim_ran_out_lets_the_first_copy_go(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await using var second = world.SecondNode();
        var operation = await world.ReadyTransferAsync();
        world.Provider.Paying.WhileSending = async () =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(61));
            (await second.Services.GetRequiredService<OperationSender>().SweepAsync()).ShouldBeTrue();
        };
        world.Provider.Paying.OnSend = (_, transcript) => new ProviderOutcome.NotSent(
            transcript with { BodyStarted = false }, ProviderError.ConnectionFailed);
        await world.Get<OperationSender>().SendNextAsync(default);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Unknown);

        await world.AskForAsync(operation.Id, Minute);

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Ready);
        world.Provider.Paying.WhileSending = () => Task.CompletedTask;
        world.Provider.Paying.OnSend = Done;
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Succeeded);
    }

    private static ProviderOutcome.Done Done(TransferRequest transfer, Transcript transcript) =>
        new ProviderOutcome.Done(transcript) { ProviderCode = "10000", ProviderNumber = "1" };

    private static ProviderOutcome.Unknown TimedOut(TransferRequest transfer, Transcript transcript) =>
        new ProviderOutcome.Unknown(transcript, ProviderError.TimedOut);

    private static ProviderOutcome.Postponed Postponed(TransferRequest transfer, Transcript transcript) =>
        new ProviderOutcome.Postponed(transcript, ProviderError.LimitExceeded)
        {
            ProviderCode = "40005 isv.api-call-limited",
        };

    private static ProviderOutcome.Unknown Duplicate(TransferRequest transfer, Transcript transcript) =>
        new ProviderOutcome.Unknown(transcript, ProviderError.Duplicate)
        {
            ProviderCode = "40004 BIZ_UNIQUE_EXCEPTION",
        };

    private static async Task<Operation> UnknownAsync(World world)
    {
        var operation = await world.ReadyTransferAsync();
        world.Provider.Paying.OnSend = TimedOut;
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        var row = await world.OperationAsync(operation.Id);
        row.State.ShouldBe(OperationState.Unknown);
        return row;
    }

    /// <summary>A transfer whose repeat has just been answered like this.</summary>
    private static async Task<Operation> RepeatedAsync(
        World world, Func<TransferRequest, Transcript, ProviderOutcome> answer)
    {
        var operation = await UnknownAsync(world);
        await world.AskForAsync(operation.Id, 25 * Minute);
        world.Provider.Paying.OnSend = answer;
        (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        return await world.OperationAsync(operation.Id);
    }

    private static async Task AskNowAsync(World world, Guid id)
    {
        var clerk = await world.PersonAsync($"asker{Guid.CreateVersion7():N}", Security.Role.Clerk);
        (await world.Get<OperationCommands>().AskAsync(clerk, id)).ShouldBe(AskResult.Asked);
        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();
    }
}
