using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Tests.Http;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Faults;

/// <summary>What each planted bug has to fail at; all of it holds without a bug.</summary>
internal static class BugScenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task LostAnswer(Action<IServiceCollection>? plant)
    {
        await using var ground = await SandboxGround.StartAsync(OperationKind.Refund, plant: plant);
        await ground.OrderFaultAsync("lost");
        var sending = ground.Sender.SendNextAsync(default);
        await ground.Host.UntilAsync(async () => await ground.ArrivedAsync() == 1);
        ground.World.Clock.Advance(TimeSpan.FromSeconds(9));

        // Whoever loses patience here sends once more, and is answered at once.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!sending.IsCompleted && clock.Elapsed < TimeSpan.FromSeconds(2))
        {
            await Task.Yield();
        }

        ground.World.Clock.Advance(TimeSpan.FromSeconds(11));
        await sending;
        await ground.StandsAsync(OperationState.Unknown, OperationStanding.Unknown, arrived: 1);
    }

    public static Task Redirect(Action<IServiceCollection>? plant) =>
        HttpFaults.Unclear(OperationKind.Refund, "redirect-307", plant);

    /// <summary>
    /// The other side answers a question, keeps the connection, reads the money request on whichever it comes, and
    /// hangs up: it has it once, and nobody here can tell.
    /// </summary>
    public static async Task DroppedConnection(Action<IServiceCollection>? plant)
    {
        await using var ground = await SandboxGround.StartAsync(OperationKind.Refund, plant: plant);
        var answers = true;
        await using var server = TcpServer.Start(async talk =>
        {
            await talk.ReadRequestAsync();
            if (answers)
            {
                answers = false;
                await talk.AnswerAsync("{}");
                await talk.ReadRequestAsync();
            }
        });
        ground.Reach(server.Address);
        await ground.AskAnythingAsync();
        server.Bodies.ShouldBe(1);

        await ground.SendAsync();

        server.Bodies.ShouldBe(2);
        await ground.StandsAsync(OperationState.Unknown, OperationStanding.Unknown, arrived: 0);
    }

    public static Task DiesBeforeRecording(Action<IServiceCollection>? plant) =>
        OnAsync(plant, ScriptedFaults.DiesBeforeRecording);

    public static Task PausedSixSeconds(Action<IServiceCollection>? plant) =>
        OnAsync(plant, ScriptedFaults.PausedSixSeconds);

    public static Task PausedBeyondTheLease(Action<IServiceCollection>? plant) =>
        OnAsync(plant, ScriptedFaults.PausedBeyondTheLease);

    public static Task ClockOff(Action<IServiceCollection>? plant) =>
        OnAsync(plant, ScriptedFaults.ClockSixteenMinutesOff);

    public static Task Outage(Action<IServiceCollection>? plant) => OnAsync(plant, ScriptedFaults.CanaryAfterOutage);

    public static Task NotKnownYet(Action<IServiceCollection>? plant) => OnAsync(plant, async ground =>
    {
        var operation = await ground.ReadyAsync();
        ground.OnSend = sent => new ProviderOutcome.Unknown(sent, ProviderError.TimedOut);
        await ground.Sender.SendNextAsync(default);
        for (var i = 0; i < 6; i++)
        {
            await ground.AskNextAsync(operation.Id);
            await ground.StandsAsync(operation.Id, OperationState.Unknown, OperationStanding.Unknown);
        }

        (await ground.SecondSender.SendNextAsync(default)).ShouldBeFalse();
        ground.Sent.ShouldBe(1);
    });

    public static Task BusyUnder422(Action<IServiceCollection>? plant) => OnAsync(plant, async ground =>
    {
        var operation = await ground.ReadyAsync();
        ground.OnSend = sent => new ProviderOutcome.Unknown(sent with { Status = 422 }, ProviderError.ProviderFault);
        await ground.Sender.SendNextAsync(default);
        await ground.StandsAsync(operation.Id, OperationState.Unknown, OperationStanding.Unknown);
    });

    public static Task TakenOn(Action<IServiceCollection>? plant) => OnAsync(plant, async ground =>
    {
        var operation = await ground.ReadyAsync();
        await ground.Sender.SendNextAsync(default);
        await ground.StandsAsync(operation.Id, OperationState.Accepted, OperationStanding.Accepted);
    });

    public static Task NeverLeft(Action<IServiceCollection>? plant) => OnAsync(plant, async ground =>
    {
        await ground.ReadyAsync();
        ground.OnSend = sent => new ProviderOutcome.NotSent(
            sent with { BodyStarted = false }, ProviderError.ConnectionFailed);
        (await ground.Sender.SendNextAsync(default)).ShouldBeTrue();
        (await ground.SecondSender.SendNextAsync(default)).ShouldBeFalse("it has to wait");
    });

    /// <summary>The update itself refuses the requester, whatever was looked at before.</summary>
    public static Task OwnApproval(Action<IServiceCollection>? plant) => OnAsync(plant, async ground =>
    {
        var asked = (await ground.AskedAsync(await ground.OrderAsync()))!;
        await using var db = await ground.World.Factory.CreateDbContextAsync();
        (await db.CommitAsync(ground.Clerk, "approval.approve", commit => commit.MoveAsync(
            asked, OperationEvent.Approve, change => change.DecidedBy = asked.RequesterPersonId))).ShouldBeFalse();
    });

    public static Task OverTheBalance(Action<IServiceCollection>? plant) => OnAsync(plant, async ground =>
    {
        var order = (await ground.OrderAsync())!;
        (await ground.AskedAsync(order, order.AmountMinor)).ShouldNotBeNull();
        Operation? more = null;
        var refused = await Record.ExceptionAsync(async () => more = await ground.AskedAsync(order, 1));
        refused.ShouldBeNull("the table's own check is the last line, not the first");
        more.ShouldBeNull();
    });

    /// <summary>Each commit is on the disk before anything leaves.</summary>
    public static Task SureCommits(Action<IServiceCollection>? plant) => OnAsync(plant, async ground =>
    {
        await ground.ReadyAsync();
        await ground.Sender.SendNextAsync(default);
        ground.Database.Synchronous.ShouldBe(["2"]);
    });

    public static Task SecondPlace(Action<IServiceCollection>? plant) => OnAsync(plant, async ground =>
    {
        await ground.ReadyAsync();
        var last = await ground.World.ReadAsync(db => db.Set<AuditEntry>().MaxAsync(row => row.Seq));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (AnchoredUpTo(ground) != last && clock.Elapsed < Patience)
        {
            await Task.Yield();
        }

        AnchoredUpTo(ground).ShouldBe(last);
    });

    private static long AnchoredUpTo(FaultGround ground) =>
        AuditAnchor.Read(ground.World.Options.AnchorPath) is [.., var last] ? last.Seq : 0;

    private static async Task OnAsync(Action<IServiceCollection>? plant, Func<FaultGround, Task> test)
    {
        await using var ground = await FaultGround.StartAsync(DatabaseKind.Sqlite, OperationKind.Refund, plant);
        await test(ground);
    }
}
