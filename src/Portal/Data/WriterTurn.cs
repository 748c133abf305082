namespace MerchantPortal.Portal.Data;

/// <summary>
/// Lets the commands of one process come one after the other where the database has one writer. Among many that wait
/// for the file itself, SQLite lets chance decide, and may leave one waiting until its patience is over.
/// </summary>
/// <param name="isNeeded">False lets everybody through, for a database that keeps its own order.</param>
public sealed class WriterTurn(bool isNeeded) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Waits for the turn; disposing what it returns hands it on.</summary>
    /// <exception cref="TimeoutException">Somebody has kept the turn for half a minute.</exception>
    public async Task<IDisposable> TakeAsync()
    {
        if (!isNeeded)
        {
            return new Turn(null);
        }

        return await turn.WaitAsync(Patience)
            ? new Turn(turn)
            : throw new TimeoutException("Another command has kept the writer's turn for half a minute.");
    }

    public void Dispose() => turn.Dispose();

    private sealed class Turn(SemaphoreSlim? turn) : IDisposable
    {
        public void Dispose() => turn?.Release();
    }
}
