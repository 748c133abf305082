using System.Collections.Concurrent;

namespace MerchantPortal.Portal.Work;

/// <summary>A row that changed.</summary>
/// <param name="Topic">Kind of row: "order", "operation", "inbound", "audit".</param>
/// <param name="Id">Its id.</param>
public sealed record Change(string Topic, Guid Id);

/// <summary>
/// Tells open pages of this process which rows changed, after the commit. It carries no data: whoever hears it reads
/// the row again with the reader's own rights.
/// </summary>
public sealed class ChangeFeed
{
    private readonly ConcurrentDictionary<Guid, Action<IReadOnlyList<Change>>> listeners = new();

    /// <summary>Hears of every change until the returned object is disposed.</summary>
    public IDisposable Subscribe(Action<IReadOnlyList<Change>> listener)
    {
        var id = Guid.CreateVersion7();

        // A listener runs as itself, not as whoever committed: a page keeps its language when a job tells it.
        var own = ExecutionContext.Capture();
        listeners[id] = own is null
            ? listener
            : changes => ExecutionContext.Run(own, state => listener((IReadOnlyList<Change>)state!), changes);
        return new Subscription(() => listeners.TryRemove(id, out _));
    }

    /// <summary>Tells everybody. A listener only notes what changed; it must not block.</summary>
    public void Publish(IReadOnlyList<Change> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        foreach (var listener in listeners.Values)
        {
            listener(changes);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
