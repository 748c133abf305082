namespace MerchantPortal.Portal.Work;

/// <summary>Repeats a piece of work while there is some, and looks again after a while or when a row changed.</summary>
public sealed class Loop(ChangeFeed changes, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Runs until stopped. A fault ends one round, never the loop: the rows tell where things stand.</summary>
    /// <param name="next">Does one piece and says whether there was one.</param>
    /// <param name="topic">Changes of these rows wake it at once.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task RunAsync(Func<CancellationToken, Task<bool>> next, string topic, CancellationToken stopping)
    {
        using var signal = new SemaphoreSlim(0);
        using var subscription = changes.Subscribe(list => Wake(list, topic, signal));
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await next(stopping))
                {
                    await WaitAsync(signal, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "A round of work broke off.");
                await WaitAsync(signal, stopping);
            }
        }
    }

    private async Task WaitAsync(SemaphoreSlim signal, CancellationToken stopping)
    {
        using var wait = new CancellationTokenSource(Look, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, stopping);
        try
        {
            await signal.WaitAsync(either.Token);
            while (await signal.WaitAsync(0, stopping))
            {
                // Many changes at once are one reason to look.
            }
        }
        catch (OperationCanceledException)
        {
            // The second is over, or the process stops: the caller's condition tells which.
        }
    }

    private static void Wake(IReadOnlyList<Change> list, string topic, SemaphoreSlim signal)
    {
        if (list.Any(change => change.Topic == topic))
        {
            try
            {
                signal.Release();
            }
            catch (ObjectDisposedException)
            {
                // The loop ended in this instant.
            }
        }
    }
}
