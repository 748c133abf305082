namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>The end of a seed: no more faults, an honest provider, and time until nothing is due.</summary>
internal sealed partial class SimulatedRun
{
    private const int MostRounds = 60;
    private const int RoundsOfRepeats = 8;
    private static readonly TimeSpan LeastWait = TimeSpan.FromHours(3);

    private async Task SettleAsync()
    {
        Say("all is quiet");
        provider.IsQuiet = true;
        if (areKeysLocked)
        {
            await LockKeys();
        }

        for (var which = 0; which < nodes.Length; which++)
        {
            nodes[which].NextCommit = CommitFault.None;
            if (nodes[which].IsSealed)
            {
                await CrashAsync(which);
            }
        }

        while (jobs.Count > 0)
        {
            await TurnAsync();
            Check();
        }

        foreach (var waiting in watch.Look.Operations.Where(row => row.State == "PendingApproval").ToList())
        {
            await DecideAsync(nodes[1], waiting);
        }

        while (jobs.Count > 0)
        {
            await TurnAsync();
            Check();
        }

        await SettleRoundsAsync();
        watch.CheckSettled();
        if (WithPeople.Count > 0 && choose.Chance(50))
        {
            await SettleByHandAsync();
        }
    }

    private async Task SettleRoundsAsync()
    {
        var asked = watch.Look.Operations.ToDictionary(row => row.Id, row => row.Questions);
        for (var round = 0; round < MostRounds && !IsSettled(asked); round++)
        {
            foreach (var entry in provider.Ledger.Open.ToList())
            {
                provider.Ledger.Decide(entry);
            }

            await WorkAsync();
            PassTimeToDue(round);
        }
    }

    /// <summary>Every operation is final, or with people after a question that was answered honestly.</summary>
    private bool IsSettled(Dictionary<Guid, int> asked) => watch.Look.Operations.All(row => row.State switch
    {
        "NeedsPerson" => row.Questions > asked.GetValueOrDefault(row.Id) || row.Due is null,
        "Ready" => row.Problem == "Tampered",
        "PendingApproval" or "Sending" or "Accepted" or "Unknown" => false,
        _ => true,
    });

    /// <summary>
    /// Every worker, until it finds nothing more. Those for which no row is in a state of theirs are left alone: that
    /// they do nothing then, every storm shows.
    /// </summary>
    private async Task WorkAsync()
    {
        foreach (var worker in Workers(nodes[0]))
        {
            var did = true;
            while (did && watch.Look.Operations.Any(row => worker.IsFor(row) && IsDue(row)))
            {
                did = false;
                await StartAsync(
                    nodes[0],
                    worker.Name,
                    async () => (did = await worker.Run() == "did") ? "did" : "nothing",
                    pauses: false);
                Check();
            }
        }
    }

    // A failed verdict is set free by the time since it, and a proposal ends by its own: not by a time in the row.
    private bool IsDue(SeenOperation row) => row.State == "ResolvedFailed" || row.Due <= Now()
        || WaitingVerdicts.Exists(verdict => verdict.OperationId == row.Id);

    /// <summary>Microseconds since 1970, as rows have them.</summary>
    private long Now() =>
        (lane.Clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>
    /// To the next question that is due; at first without a leap, where the same number may go once more before people
    /// are called.
    /// </summary>
    private void PassTimeToDue(int round)
    {
        var now = Now();
        var due = watch.Look.Operations.Select(row => row.Due).Where(at => at > now).Min();
        var wait = TimeSpan.FromMicroseconds((due ?? now) - now);
        var mayRepeat = round < RoundsOfRepeats
            && watch.Look.Operations.Any(row => row is { State: "Unknown", Kind: "Transfer" or "Unbind" });
        lane.Clock.Time.Advance(wait > LeastWait || mayRepeat ? wait : LeastWait);
    }
}
