namespace MerchantPortal.Harness;

/// <summary>
/// Keeps two workers running and kills each at a random instant of its life, until enough kills have hit one that was
/// up. Some are killed while they start; those are not counted.
/// </summary>
internal sealed class Killing(
    Workers workers, Feeding feeding, Hardships? hardships, HarnessOptions options, TimeProvider time)
{
    private const int Slots = 2;
    private const int LongestStart = 120;

    // Seconds of product time: at 120 times two real ones, so that a worker comes to send even on a busy machine.
    private const int LongestLife = 240;
    private int left = options.Kills;

    /// <summary>Kills of a worker that was up.</summary>
    public int Kills { get; private set; }

    /// <summary>Kills of a worker that was starting.</summary>
    public int WhileStarting { get; private set; }

    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(Enumerable.Range(0, Slots)
        .Select(slot => RunSlotAsync(new Random((options.Seed * Slots) + slot), cancel)));

    private async Task RunSlotAsync(Random random, CancellationToken cancel)
    {
        while (Interlocked.Decrement(ref left) >= 0)
        {
            if (random.Next(10) == 0)
            {
                await using var starting = workers.Start();
                await PassAsync(random.Next(1, LongestStart), cancel);
                await starting.KillAsync();
                workers.Note(starting);
                WhileStarting++;
            }

            await using var worker = workers.Start();
            await worker.UntilAsync("ready");
            if (hardships is not null)
            {
                await hardships.RedirectAsync(random);
            }

            feeding.LetIn();
            if (hardships is not null && random.Next(4) != 0)
            {
                await hardships.PauseAsync(worker, random, cancel);
            }

            await PassAsync(random.Next(1, random.Next(8) == 0 ? 2 * LongestLife : LongestLife), cancel);
            if (worker.HasEnded)
            {
                throw new InvalidOperationException(
                    $"A worker ended by itself: {string.Join('\n', worker.Complaints)}");
            }

            await worker.KillAsync();
            workers.Note(worker);
            Kills++;
        }
    }

    private Task PassAsync(int seconds, CancellationToken cancel) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), time, cancel);
}
