using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.CrashPoints;

/// <summary>
/// Walks one operation from its request to its end, hits it once on the way, lets another node take over, and compares
/// every step and the end with the provider's books.
/// </summary>
internal sealed class CrashRun
{
    private const int MostRounds = 40;

    private readonly SimulationLane lane;
    private readonly CrashCase one;
    private readonly CrashSide side;
    private readonly Watch watch;
    private readonly Wish wish;
    private readonly Action? ends;
    private Node node;
    private int lives;
    private bool commitWasHit;
    private RuleBrokenException? brokenOnTheWay;

    private CrashRun(
        SimulationLane lane, CrashCase one, Guid commandId, Action? ends = null,
        Action<SentMoney, string>? kept = null)
    {
        this.lane = lane;
        this.one = one;
        this.ends = ends;
        wish = MakeWish(lane.Cast, one.Kind, commandId);
        side = new(one, Heard, kept);
        watch = new(
            side.Ledger, [wish],
            () => (lane.Clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        lane.Restart();
        lane.Provider.Wire.Side = side;
        node = StartNode();
        watch.Begin(DatabaseLook.Read(lane.Database, 0));
    }

    private SeenOperation Row => watch.Look.Operations.Single();

    /// <exception cref="RuleBrokenException">A verdict is not true, or something was sent twice.</exception>
    public static async Task RunAsync(SimulationLane lane, CrashCase one)
    {
        var run = new CrashRun(lane, one, Guid.CreateVersion7());
        await run.ToTheEndAsync();
        if (!run.side.WasHit || (one.Point.Command is not null && !run.commitWasHit))
        {
            throw new RuleBrokenException("the point was never reached");
        }
    }

    /// <summary>The same with the first life in a process of its own, which ends by SIGKILL at the point.</summary>
    /// <exception cref="RuleBrokenException">As above, or the process ended otherwise.</exception>
    public static async Task RunWithChildAsync(SimulationLane lane, CrashCase one)
    {
        var run = new CrashRun(lane, one, Guid.CreateVersion7());
        run.side.Disarm();
        run.commitWasHit = true;
        run.node = run.StartNode();
        foreach (var (sent, number) in await KilledChild.RunAsync(lane, one, run.wish.CommandId))
        {
            run.side.Take(sent, number);
        }

        // Where it was on its clock, nobody knows; ours is later.
        lane.Clock.Time.Advance(TimeSpan.FromMinutes(10));
        run.watch.Check(DatabaseLook.Read(lane.Database, run.watch.AuditedTo));
        await run.ToTheEndAsync();
    }

    /// <summary>The life of such a process.</summary>
    /// <param name="lane">The folder.</param>
    /// <param name="one">The case.</param>
    /// <param name="commandId">The clerk's intention.</param>
    /// <param name="ends">Ends the process.</param>
    /// <param name="kept">Keeps what the provider took in where it outlasts the process.</param>
    public static Task LiveAsync(
        SimulationLane lane, CrashCase one, Guid commandId, Action ends, Action<SentMoney, string> kept) =>
        new CrashRun(lane, one, commandId, ends, kept).ToTheEndAsync();

    private async Task ToTheEndAsync()
    {
        await UntilSentAsync();
        await SettleAsync();
        watch.CheckSettled();
    }

    private static Wish MakeWish(Cast cast, OperationKind kind, Guid id)
    {
        var clerk = cast.Clerks[0];
        return kind switch
        {
            OperationKind.Refund => Wish.Refund("it", id, clerk, cast.Paid[0], 1_230, new RefundForm
            {
                CommandId = id, OrderId = cast.Paid[0].Id, AmountText = "", SeenRefundable = 10_000,
                Reason = RefundReasons.Codes[0],
            }),
            OperationKind.Transfer => Wish.Transfer("it", id, clerk, cast.Account, "2088000000000001", 1_230),
            OperationKind.Unbind => Wish.Unbind("it", id, clerk, cast.Account, "payer1"),
            _ => Wish.Hold("it", id, clerk, cast.Held[0], kind, 1_230),
        };
    }

    private async Task UntilSentAsync()
    {
        // People click again when they hear nothing.
        for (var click = 0; click < 2 && !wish.IsConfirmed; click++)
        {
            await DoAsync(async () => wish.IsConfirmed = await wish.Ask(node.Portal) == "Asked");
        }

        for (var click = 0; click < 2 && Row.State == "PendingApproval"; click++)
        {
            await DoAsync(() => Deciding.DecideAsync(
                node.Portal, lane.Cast.Reviewers[0], Row, Decision.Approved, seenTwins: []));
        }

        for (var turn = 0; turn < 2 && Row.State == "Ready" && Row.Attempts == 0; turn++)
        {
            await DoAsync(() => node.Portal.GetRequiredService<OperationSender>().SendNextAsync(default));
        }
    }

    private async Task SettleAsync()
    {
        for (var round = 0; round < MostRounds && !IsSettled(); round++)
        {
            lane.Clock.Time.Advance(round < 3 ? TimeSpan.FromSeconds(61) : TimeSpan.FromHours(3));
            foreach (var entry in round < 2 ? [] : side.Ledger.Open.ToList())
            {
                side.Ledger.Decide(entry);
            }

            await DoAsync(() => node.Portal.GetRequiredService<OperationSender>().SweepAsync());
            await DoAsync(() => node.Portal.GetRequiredService<OperationResolver>().AskNextAsync(default));
            await DoAsync(() => node.Portal.GetRequiredService<OperationSender>().SendNextAsync(default));
        }
    }

    private bool IsSettled() => Row.State switch
    {
        "NeedsPerson" => !side.Ledger.Open.Any() && side.Ledger.Truth(Row.Number) != Standing.Done,
        "PendingApproval" or "Ready" or "Sending" or "Accepted" or "Unknown" => false,
        _ => true,
    };

    /// <summary>One thing that the node does; where it dies, the next thing is done by another.</summary>
    private async Task DoAsync(Func<Task> work)
    {
        var job = new Job(node, "", async () =>
        {
            await work();
            return "";
        }, pauses: false);
        try
        {
            await job.Work;
        }
        catch (NodeDiedException)
        {
            // What was ordered.
        }

        commitWasHit |= node.WasHit;
        node = node.IsDead ? StartNode() : node;
        watch.Check(DatabaseLook.Read(lane.Database, watch.AuditedTo));
        if (brokenOnTheWay is not null)
        {
            throw brokenOnTheWay;
        }
    }

    private Node StartNode()
    {
        var fresh = lane.StartNode(lives % 2, ++lives, () => { }, ends);
        if (one.Point.Command is { } command && !commitWasHit)
        {
            fresh.OnlyIn = command(one.Kind);
            fresh.NextCommit = (one.Way, one.Point.IsAfterCommit) switch
            {
                (Way.Dies, false) => CommitFault.DieBefore,
                (Way.Dies, true) => CommitFault.DieAfter,
                (_, false) => CommitFault.LoseBefore,
                (_, true) => CommitFault.LoseAfter,
            };
        }

        return fresh;
    }

    private string Heard(SentMoney sent, Fate fate)
    {
        try
        {
            return watch.CheckSend(DatabaseLook.Read(lane.Database, watch.AuditedTo), sent, fate);
        }
        catch (RuleBrokenException broken)
        {
            brokenOnTheWay ??= broken;
            return "nobody's";
        }
    }
}
