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
        foreach (var node in nodes)
        {
            node.NextCommit = CommitFault.None;
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

        watch.CheckSettled();
    }

    /// <summary>Every operation is final, or with people after a question that was answered honestly.</summary>
    private bool IsSettled(Dictionary<Guid, int> asked) => watch.Look.Operations.All(row => row.State switch
    {
        "NeedsPerson" => row.Questions > asked.GetValueOrDefault(row.Id) || row.Due is null,
        "Ready" => row.Problem == "Tampered",
        "PendingApproval" or "Sending" or "Accepted" or "Unknown" => false,
        _ => true,
    });

    private async Task WorkAsync()
    {
        foreach (var (name, work) in Workers(nodes[0]))
        {
            var worked = true;
            while (worked)
            {
                var did = false;
                await StartAsync(nodes[0], name, async () => (did = await work() == "did") ? "did" : "nothing", false);
                worked = did;
                Check();
            }
        }
    }

    /// <summary>
    /// To the next question that is due; at first without a leap, where the same number may go once more before people
    /// are called.
    /// </summary>
    private void PassTimeToDue(int round)
    {
        var now = (lane.Clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var due = watch.Look.Operations.Select(row => row.Due).Where(at => at > now).Min();
        var wait = TimeSpan.FromMicroseconds((due ?? now) - now);
        var mayRepeat = round < RoundsOfRepeats
            && watch.Look.Operations.Any(row => row is { State: "Unknown", Kind: "Transfer" or "Unbind" });
        lane.Clock.Time.Advance(wait > LeastWait || mayRepeat ? wait : LeastWait);
    }
}
