using System.Globalization;
using System.Security.Cryptography;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Resolutions;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>How one seed went.</summary>
/// <param name="Seed">The number that makes all of it again.</param>
/// <param name="Fault">The rule that broke; null when all held.</param>
/// <param name="Trace">What happened, step by step.</param>
/// <param name="Commits">Database transactions that were begun.</param>
/// <param name="Ends">How many operations ended in which state.</param>
internal sealed record SeedReport(
    long Seed, string? Fault, IReadOnlyList<string> Trace, int Transactions, IReadOnlyDictionary<string, int> Ends)
{
    public override string ToString() =>
        $"{string.Join('\n', Trace)}\nSeed {Seed}: {Fault}\nAgain: dotnet run tests/ci.cs -- simulate --seed {Seed}";
}

/// <summary>
/// One seed: people, two nodes, a provider and time, one step after the other, every step chosen by the seed; then
/// quiet, until everything has settled.
/// </summary>
internal sealed partial class SimulatedRun
{
    private const int Storm = 16;
    private const int MostSteps = 600;
    private const int MostJobs = 4;

    private readonly SimulationLane lane;
    private readonly long seed;
    private readonly Chooser choose;
    private readonly ModelWorld provider;
    private readonly Watch watch;
    private readonly List<Wish> wishes = [];
    private readonly List<Job> jobs = [];
    private readonly List<string> trace = [];
    private readonly Node[] nodes = new Node[2];
    private readonly int[] lives = new int[2];
    private long seenData = -1;
    private int transactions;
    private RuleBrokenException? brokenOnTheWay;

    private SimulatedRun(SimulationLane lane, long seed)
    {
        this.lane = lane;
        this.seed = seed;
        choose = new(seed);
        provider = new(choose, Name, Heard);
        watch = new(provider.Ledger, wishes, Now);
        lane.Restart();
        lane.Provider.Wire.Side = provider;
        StartNode(0);
        StartNode(1);
        watch.Begin(DatabaseLook.Read(lane.Database, 0));
    }

    /// <summary>Runs one seed on a lane; never throws for what it finds.</summary>
    public static async Task<SeedReport> RunAsync(SimulationLane lane, long seed)
    {
        var run = new SimulatedRun(lane, seed);
        string? fault = null;
        try
        {
            await run.StormAsync();
            await run.SettleAsync();
        }
        catch (RuleBrokenException broken)
        {
            fault = broken.Message;
            await run.AbandonAsync();
        }

        var ends = run.watch.Look.Operations.GroupBy(row => row.State).ToDictionary(all => all.Key, all => all.Count());
        return new(seed, fault, run.trace, run.transactions, ends);
    }

    private async Task StormAsync()
    {
        for (var step = 0; step < MostSteps && transactions < Storm; step++)
        {
            await Next()();
            Check();
        }
    }

    private Func<Task> Next()
    {
        var open = provider.Ledger.Open.Count();
        return choose.Weighted<Func<Task>>(
            (jobs.Count > 0 ? 60 : 0, TurnAsync),
            (jobs.Count < MostJobs ? 22 : 0, StartWorkAsync),
            (jobs.Count < MostJobs ? 18 : 0, StartPersonAsync),
            (8, PassTime),
            (open > 0 ? 8 : 0, ProviderMoves),
            (2, () => CrashAsync(choose.Below(2))),
            (3, ArmCommit),
            (jobs.Count < MostJobs ? 4 : 0, NotifyAsync),
            (areKeysLocked ? 10 : 1, LockKeys),
            (watch.Look.Operations.Count > 0 ? 1 : 0, Tamper));
    }

    private void StartNode(int which, bool isSealed = false) =>
        nodes[which] = lane.StartNode(which, ++lives[which], () => transactions++, isSealed: isSealed);

    private async Task StartAsync(Node node, string name, Func<Task<string>> work, bool pauses = true)
    {
        var job = new Job(node, name, work, pauses);
        await job.ArrivedAsync();
        jobs.Add(job);
        Say($"{node.Name} {name} -> {job.Point}");
        await TidyAsync();
    }

    private async Task TurnAsync()
    {
        var job = choose.Pick(jobs);
        var from = job.Point;
        await job.StepAsync();
        Say($"{job.Node.Name} {job.Name}: {from} -> {(job.IsDone ? "end" : job.Point)}");
        await TidyAsync();
    }

    /// <summary>Takes away what has ended; a node that died in its own commit takes everything on it along.</summary>
    private async Task TidyAsync()
    {
        for (var which = 0; which < nodes.Length; which++)
        {
            if (nodes[which].IsDead)
            {
                await CrashAsync(which);
            }
        }

        foreach (var job in jobs.Where(job => job.IsDone).ToList())
        {
            jobs.Remove(job);
            try
            {
                Say($"  {job.Name} = {await job.Work}");
            }
            catch (Exception expected) when (expected is NodeDiedException or AnswerLostException)
            {
                Say($"  {job.Name} = {expected.Message}");
            }
            catch (CryptographicException) when (wereKeysLocked)
            {
                Say($"  {job.Name} = no keys");
            }
            catch (Exception fault) when (fault is not RuleBrokenException)
            {
                throw new RuleBrokenException($"{job.Name} broke off: {fault}");
            }
        }
    }

    private async Task CrashAsync(int which)
    {
        var dead = nodes[which];
        dead.IsDead = true;
        StartNode(which, !provider.IsQuiet && choose.Chance(15));
        Say($"{dead.Name} dies, {nodes[which].Name} starts");
        foreach (var job in jobs.Where(job => job.Node == dead && !job.IsDone).ToList())
        {
            await job.StepAsync();
        }

        await TidyAsync();
    }

    private Task ArmCommit()
    {
        var node = choose.Pick(nodes);
        node.NextCommit = choose.Pick(
            [CommitFault.DieBefore, CommitFault.DieAfter, CommitFault.LoseBefore, CommitFault.LoseAfter]);
        Say($"{node.Name} next commit: {node.NextCommit}");
        return Task.CompletedTask;
    }

    private Task PassTime()
    {
        var now = Now();
        var due = watch.Look.Operations.Select(row => row.Due).Where(at => at > now).Min();
        var by = choose.Weighted<TimeSpan>(
            (due is null ? 0 : 50, TimeSpan.FromMicroseconds((due ?? now) - now)),
            (15, TimeSpan.FromSeconds(1 + choose.Below(6))),
            (15, TimeSpan.FromSeconds(61)),
            (10, TimeSpan.FromMinutes(5)),
            (5, TimeSpan.FromHours(1)),
            (2, TimeSpan.FromHours(25)),
            (3, TimeSpan.Zero));
        if (by == TimeSpan.Zero)
        {
            lane.Clock.Time.ShiftWall(TimeSpan.FromSeconds(choose.Below(120) - 60));
        }

        lane.Clock.Time.Advance(by);
        Say($"time +{by.ToString("c", CultureInfo.InvariantCulture)}");
        return Task.CompletedTask;
    }

    private Task ProviderMoves()
    {
        var entry = choose.Pick([.. provider.Ledger.Open]);
        provider.Ledger.Decide(entry);
        Say($"provider: {Name(entry.Operation)} is {entry.Standing}");
        return Task.CompletedTask;
    }

    // The sender must not catch what the watch throws, so it waits for the end of the step.
    private string Heard(SentMoney sent, Fate fate)
    {
        try
        {
            Watch.CheckGate(Job.Current!.Node, areKeysLocked);
            var operation = watch.CheckSend(DatabaseLook.Read(lane.Database, watch.AuditedTo), sent, fate);
            Say($"  provider hears {Name(operation)}: {fate}");
            return operation;
        }
        catch (RuleBrokenException broken)
        {
            brokenOnTheWay ??= broken;
            return "nobody's";
        }
    }

    /// <summary>A name for traces that is the same in every run.</summary>
    private string Name(string key) =>
        watch.Look.Operations.FirstOrDefault(row => row.Number == key) is { } row ? watch.WishOf(row).Name
        : lane.Cast.Held.ToList().FindIndex(order => order.MerchantNumber == key) is var hold and >= 0
            ? $"hold {hold + 1}"
        : key;

    private void Check()
    {
        if (brokenOnTheWay is not null)
        {
            throw brokenOnTheWay;
        }

        // Nothing was committed and the provider did nothing: nothing can have changed.
        var data = DatabaseLook.DataVersion(lane.Database);
        watch.Check(data == seenData ? watch.Look : DatabaseLook.Read(lane.Database, watch.AuditedTo));
        seenData = data;
    }

    private void Say(string what) => trace.Add(what);

    private async Task AbandonAsync()
    {
        foreach (var node in nodes)
        {
            node.IsDead = true;
        }

        foreach (var job in jobs.Where(job => !job.IsDone))
        {
            await job.StepAsync();
        }

        await Task.WhenAll(jobs.Select(job => job.Work.ContinueWith(
            ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
    }

    private Func<Task<string>> Work<T>(Node node, Func<T, Task<bool>> once) where T : notnull =>
        async () => await once(node.Portal.GetRequiredService<T>()) ? "did" : "nothing";

    private Worker[] Workers(Node node) =>
    [
        new("sender", Work<OperationSender>(node, sender => sender.SendNextAsync(default)), 40, "Ready"),
        new(
            "resolver", Work<OperationResolver>(node, resolver => resolver.AskNextAsync(default)), 25,
            "Accepted", "Unknown", "NeedsPerson"),
        new("sweep", Work<OperationSender>(node, sender => sender.SweepAsync()), 15, "Sending"),
        new("expiry", Work<ApprovalExpiry>(node, expiry => expiry.ExpireNextAsync()), 5, "PendingApproval"),
        new(
            "verdicts", Work<VerdictWatch>(node, verdicts => verdicts.AskNextAsync(default)), 8,
            "ResolvedSucceeded", "ResolvedFailed"),
        new("release", Work<VerdictWatch>(node, verdicts => verdicts.ReleaseNextAsync()), 4, "ResolvedFailed"),
        new("change expiry", Work<ChangeExpiry>(node, expiry => expiry.ExpireNextAsync()), 2, "NeedsPerson"),
    ];

    /// <summary>What a node does by itself.</summary>
    /// <param name="Name">Its name in traces.</param>
    /// <param name="Run">One turn of it.</param>
    /// <param name="Weight">How often it comes while there is something for it.</param>
    /// <param name="States">The states of what it works on.</param>
    private sealed record Worker(string Name, Func<Task<string>> Run, int Weight, params string[] States)
    {
        public bool IsFor(SeenOperation row) => States.Contains(row.State);
    }
}
