using MerchantPortal.Harness.Kinds;

namespace MerchantPortal.Harness;

/// <summary>Brings operations in, a wave at a time, so that kills meet them in every stage.</summary>
internal sealed class Feeding(Bench bench, IReadOnlyList<Feed> feeds, int operations, int wave) : IDisposable
{
    private const int StockAtOnce = 40;
    private readonly SemaphoreSlim due = new(0);
    private int fed;

    /// <summary>Lets the next wave in.</summary>
    public void LetIn() => due.Release(wave);

    /// <summary>Lets in whatever is left.</summary>
    public void LetAllIn() => due.Release(operations);

    /// <summary>Asks for and approves every operation as it is let in.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        for (; fed < operations; fed++)
        {
            var feed = feeds[fed % feeds.Count];
            if (fed / feeds.Count % StockAtOnce == 0)
            {
                await feed.StockAsync(bench, Math.Min(StockAtOnce, ((operations - fed) / feeds.Count) + 1));
            }

            await due.WaitAsync(cancel);
            await bench.ApproveAsync(await feed.RequestAsync(bench));
        }
    }

    public void Dispose() => due.Dispose();
}
