using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Faults;

/// <summary>The faults of processes, databases, clocks and silence, for any kind of operation.</summary>
internal static class ScriptedFaults
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static async Task DiesBeforeTheFirstByte(FaultGround ground)
    {
        var operation = await ground.ReadyAsync();
        ground.Database.After = ("operation.claim", ground.Database.DieAsync);
        await Should.ThrowAsync<ProcessDiedException>(ground.Sender.SendNextAsync(default));
        await ground.StandsAsync(operation.Id, OperationState.Sending, OperationStanding.Sending);

        await ground.SweepAsync();

        ground.Sent.ShouldBe(0);
        (await ground.SecondSender.SendNextAsync(default)).ShouldBeFalse();
        await ground.StandsAsync(operation.Id, OperationState.Unknown, OperationStanding.Unknown);
    }

    public static async Task DiesBeforeRecording(FaultGround ground)
    {
        var operation = await ground.ReadyAsync();
        ground.Database.Before = ("operation.answer", ground.Database.DieAsync);
        await Should.ThrowAsync<ProcessDiedException>(ground.Sender.SendNextAsync(default));

        await ground.SweepAsync();
        await ground.StandsAsync(operation.Id, OperationState.Unknown, OperationStanding.Unknown);
        ground.OnAsk = Said.Done;
        await ground.AskNextAsync(operation.Id);

        ground.Sent.ShouldBe(1);
        await ground.StandsAsync(operation.Id, OperationState.Succeeded, OperationStanding.Succeeded);
    }

    public static async Task DiesAfterRecording(FaultGround ground)
    {
        var operation = await ground.ReadyAsync();
        ground.Database.After = ("operation.answer", ground.Database.DieAsync);
        await Should.ThrowAsync<ProcessDiedException>(ground.Sender.SendNextAsync(default));

        (await ground.SecondSender.SendNextAsync(default)).ShouldBeFalse();
        ground.Sent.ShouldBe(1);
        await ground.StandsAsync(operation.Id, OperationState.Accepted, OperationStanding.Accepted);
    }

    public static async Task ManyAtOnce(FaultGround ground)
    {
        var other = await ground.World.PersonAsync("wu", Role.Reviewer);
        var asked = (await ground.AskedAsync(await ground.OrderAsync()))!;
        var decided = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            ground.World.DecideAsync(i % 2 == 0 ? ground.Reviewer : other, asked))));
        decided.Count(one => one is Decided.Done).ShouldBe(1);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            (i % 2 == 0 ? ground.Sender : ground.SecondSender).SendNextAsync(default))));

        claimed.Count(won => won).ShouldBe(1);
        ground.Sent.ShouldBe(1);
        await ground.StandsAsync(asked.Id, OperationState.Accepted, OperationStanding.Accepted);
    }

    public static async Task MoreThanThereIs(FaultGround ground)
    {
        var order = (await ground.OrderAsync())!;
        var fits = ground.Kind == OperationKind.Refund ? 3 : 1;
        var asked = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await ground.AskedAsync(order, 3000);
            }
            catch (DbUpdateException)
            {
                // The index that allows one live capture or void per hold.
                return null;
            }
        })));

        asked.Count(one => one is not null).ShouldBe(fits);
        var balance = await ground.World.BalanceAsync(order);
        (balance.Refunded + balance.Reserved).ShouldBeLessThanOrEqualTo(order.AmountMinor);
        await ground.StandsAsync(
            asked.First(one => one is not null)!.Id, OperationState.PendingApproval,
            OperationStanding.PendingApproval);
    }

    public static async Task PausedSixSeconds(FaultGround ground)
    {
        var operation = await ground.ReadyAsync();
        ground.Database.After = ("operation.claim", () =>
        {
            ground.World.Clock.Advance(TimeSpan.FromSeconds(6));
            return Task.CompletedTask;
        }
        );
        (await ground.Sender.SendNextAsync(default)).ShouldBeTrue();
        ground.Sent.ShouldBe(0);
        await ground.StandsAsync(operation.Id, OperationState.Ready, OperationStanding.TriesAgain);

        ground.World.Clock.Advance(TimeSpan.FromSeconds(5));
        (await ground.SecondSender.SendNextAsync(default)).ShouldBeTrue();
        ground.Sent.ShouldBe(1);
    }

    public static async Task PausedBeyondTheLease(FaultGround ground)
    {
        var operation = await ground.ReadyAsync();
        ground.Database.After = ("operation.claim", ground.SweepAsync);

        (await ground.Sender.SendNextAsync(default)).ShouldBeTrue();

        ground.Sent.ShouldBe(0);
        (await ground.World.ReadAsync(db => db.Set<Evidence>().OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync()))
            .ShouldBe([EvidenceKind.LeaseRanOut, EvidenceKind.Answer]);
        (await ground.SecondSender.SendNextAsync(default)).ShouldBeFalse();
        await ground.StandsAsync(operation.Id, OperationState.Unknown, OperationStanding.Unknown);
    }

    public static async Task ClockSixteenMinutesOff(FaultGround ground)
    {
        var operation = await ground.ReadyAsync();
        var next = await ground.ReadyAsync();
        ground.Provider.ClockTolerance = TimeSpan.FromMinutes(15);
        ground.Provider.ClockAhead = TimeSpan.FromMinutes(16);
        ground.OnSend = sent => new ProviderOutcome.Unknown(sent, ProviderError.ClockOff);
        ground.OnAsk = Said.ClockOff;
        (await ground.Sender.SendNextAsync(default)).ShouldBeTrue();
        (await ground.SecondSender.SendNextAsync(default)).ShouldBeFalse("the clocks are too far apart");

        await ground.AskNextAsync(operation.Id);

        (await ground.World.OperationAsync(operation.Id)).Problem.ShouldBe(nameof(ProviderError.ClockOff));
        await ground.StandsAsync(operation.Id, OperationState.Unknown, OperationStanding.Unknown);
        await ground.StandsAsync(next.Id, OperationState.Ready, OperationStanding.Ready);
        ground.Sent.ShouldBe(1);
        (await ground.World.Get<ProviderHealthQueries>().TroublesAsync(ground.Clerk)).ShouldHaveSingleItem()
            .ClockStops.ShouldBeTrue();
    }

    public static async Task SecondPageLost(FaultGround ground)
    {
        var operation = await UnknownAsync(ground);
        ground.OnAsk = Said.SecondPageLost;
        await ground.AskNextAsync(operation.Id);
        await ground.StandsAsync(operation.Id, OperationState.Unknown, OperationStanding.Unknown);
        (await ground.World.ReadAsync(db => db.Set<Evidence>().AnyAsync(e => e.NothingDone))).ShouldBeFalse();

        ground.OnAsk = Said.Done;
        await ground.AskNextAsync(operation.Id);
        await ground.StandsAsync(operation.Id, OperationState.Succeeded, OperationStanding.Succeeded);
        ground.Sent.ShouldBe(1);
    }

    public static async Task SilenceToTheEnd(FaultGround ground)
    {
        var operation = await UnknownAsync(ground);
        ground.OnAsk = Said.Silence;
        for (var asked = 0; asked < 40; asked++)
        {
            await ground.AskNextAsync(operation.Id);
            if ((await ground.World.OperationAsync(operation.Id)).State != OperationState.Unknown)
            {
                break;
            }
        }

        await ground.StandsAsync(operation.Id, OperationState.NeedsPerson, OperationStanding.NeedsPerson);
        (await ground.SecondSender.SendNextAsync(default)).ShouldBeFalse();
        ground.Sent.ShouldBe(1);
    }

    public static async Task OlderThanItsMemory(FaultGround ground)
    {
        var order = await ground.OrderAsync();
        var operation = await ground.ReadyAsync(order);
        ground.OnSend = sent => new ProviderOutcome.Unknown(sent, ProviderError.TimedOut);
        await ground.Sender.SendNextAsync(default);
        ground.World.Clock.Advance(25 * Day);
        await ground.AskNextAsync(operation.Id);

        await ground.StandsAsync(operation.Id, OperationState.NeedsPerson, OperationStanding.NeedsPerson);
        var line = (await ground.World.Get<AttentionQueries>().ReadAsync(ground.Clerk, AttentionTab.People)).Lines
            .ShouldHaveSingleItem();
        (line.Line.Operation.Number, line.Level).ShouldBe((operation.Number, AttentionLevel.MustDecide));
        if (ground.Kind == OperationKind.Refund)
        {
            (await ground.AskedAsync(order, order!.AmountMinor)).ShouldBeNull("its money is still set aside");
        }
        else if (ground.Kind != OperationKind.Transfer)
        {
            await Should.ThrowAsync<DbUpdateException>(ground.AskedAsync(order, target: operation.Target));
        }

        ground.Sent.ShouldBe(1);
    }

    public static async Task CanaryAfterOutage(FaultGround ground)
    {
        var operations = new List<Operation>();
        for (var i = 0; i < 6; i++)
        {
            operations.Add(await ground.ReadyAsync());
        }

        ground.OnSend = sent => new ProviderOutcome.NotSent(
            sent with { BodyStarted = false }, ProviderError.ConnectionFailed);
        for (var i = 0; i < 5; i++)
        {
            (await ground.Sender.SendNextAsync(default)).ShouldBeTrue();
        }

        (await ground.SecondSender.SendNextAsync(default)).ShouldBeFalse("the provider is closed");
        await ground.StandsAsync(operations[0].Id, OperationState.Ready, OperationStanding.TriesAgain);
        ground.World.Clock.Advance(TimeSpan.FromSeconds(30));
        ground.OnSend = sent => new ProviderOutcome.Accepted(sent);
        bool? another = null;
        ground.WhileSending = async () => another ??= await ground.SecondSender.SendNextAsync(default);

        (await ground.Sender.SendNextAsync(default)).ShouldBeTrue();

        another.ShouldBe(false);
        ground.Sent.ShouldBe(1);
        ground.WhileSending = () => Task.CompletedTask;
        while (await ground.SecondSender.SendNextAsync(default))
        {
        }

        ground.Sent.ShouldBe(6);
        await ground.StandsAsync(operations[5].Id, OperationState.Accepted, OperationStanding.Accepted);
    }

    public static async Task DatabaseTakesNoWrites(FaultGround ground)
    {
        var operation = await ground.ReadyAsync();
        ground.Database.ReadOnly = true;
        await Should.ThrowAsync<Exception>(ground.Sender.SendNextAsync(default));
        ground.Sent.ShouldBe(0);
        await ground.StandsAsync(operation.Id, OperationState.Ready, OperationStanding.Ready);

        ground.Database.ReadOnly = false;
        (await ground.Sender.SendNextAsync(default)).ShouldBeTrue();
        ground.Sent.ShouldBe(1);
    }

    public static async Task FullAtTheClaim(FaultGround ground)
    {
        var operation = await ground.ReadyAsync();
        ground.Database.Before = ("operation.claim", () => throw new IOException("No space left on device"));
        await Should.ThrowAsync<IOException>(ground.Sender.SendNextAsync(default));
        ground.Sent.ShouldBe(0);
        await ground.StandsAsync(operation.Id, OperationState.Ready, OperationStanding.Ready);

        ground.Database.Before = null;
        (await ground.Sender.SendNextAsync(default)).ShouldBeTrue();
        ground.Sent.ShouldBe(1);
    }

    public static async Task FullAtTheRecord(FaultGround ground)
    {
        var operation = await ground.ReadyAsync();
        ground.Database.Before = ("operation.answer", () => throw new IOException("No space left on device"));
        await Should.ThrowAsync<IOException>(ground.Sender.SendNextAsync(default));
        (await ground.World.ReadAsync(db => db.Set<Attempt>().CountAsync())).ShouldBe(1);
        ground.Database.Before = null;
        await ground.SweepAsync();
        await ground.StandsAsync(operation.Id, OperationState.Unknown, OperationStanding.Unknown);

        (await ground.Sender.SendNextAsync(default)).ShouldBeFalse();
        ground.OnAsk = Said.Done;
        await ground.AskNextAsync(operation.Id);
        await ground.StandsAsync(operation.Id, OperationState.Succeeded, OperationStanding.Succeeded);
        ground.Sent.ShouldBe(1);
    }

    private static async Task<Operation> UnknownAsync(FaultGround ground)
    {
        var operation = await ground.ReadyAsync();
        ground.OnSend = sent => new ProviderOutcome.Unknown(sent, ProviderError.TimedOut);
        (await ground.Sender.SendNextAsync(default)).ShouldBeTrue();
        return operation;
    }
}
