using MerchantPortal.Sandbox.Faults;
using MerchantPortal.Sandbox.Ledger;

namespace MerchantPortal.Sandbox.Callbacks;

/// <summary>How a provider notifies: when it tries again, and what it writes (null: the order is gone).</summary>
sealed record CallbackRules(
    string Provider, IReadOnlyList<TimeSpan> Resends, Func<Callback, AnswerShape, string?> Write)
{
    public string ContentType { get; init; } = "application/x-www-form-urlencoded";

    /// <summary>The whole message, for protocols that say more than a body.</summary>
    public Func<Callback, AnswerShape, CallbackMessage?> Compose { get; init; } =
        (callback, shape) => Write(callback, shape) is { } text ? new(text) : null;

    /// <summary>Whether an answer with status 200 and this text acknowledges; by default every text does.</summary>
    public Func<string, bool> IsAcknowledged { get; init; } = _ => true;
}

/// <summary>One notification as it goes out.</summary>
/// <param name="Text">The body.</param>
sealed record CallbackMessage(string Text)
{
    /// <summary>What the protocol puts behind the address, percent-encoded; empty for nothing.</summary>
    public string Query { get; init; } = "";

    /// <summary>Headers that go with the body, such as its signature; an empty value is left out.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The whole content type where the protocol needs its own, such as a multipart boundary.</summary>
    public string? ContentType { get; init; }
}

/// <summary>A notification to be delivered, until it is acknowledged or the tries are used up.</summary>
sealed record Callback
{
    public required int Id { get; init; }
    public required string Provider { get; init; }
    public required string MerchantId { get; init; }
    public required string OrderNo { get; init; }
    public required string OrderDatetime { get; init; }
    public required string Url { get; init; }
    public int Attempts { get; init; }

    /// <summary>When to try next; null once it is over.</summary>
    public DateTimeOffset? Due { get; init; }
}

/// <summary>One try: the HTTP status (0 when none came), what went wrong, and when the next one is due.</summary>
sealed record CallbackAttempt(
    string Provider,
    string OrderNo,
    int CallbackId,
    int Attempt,
    DateTimeOffset At,
    int Status,
    string? Problem,
    DateTimeOffset? Next);

/// <summary>Notifications waiting and the tries made, kept in the journal.</summary>
sealed class CallbackQueue(Journal journal, TimeProvider clock) : IJournalled
{
    const string CallbackKind = "callback";
    const string AttemptKind = "callback.attempt";

    readonly Lock gate = new();
    readonly Dictionary<int, Callback> waiting = [];
    readonly HashSet<int> underWay = [];
    readonly List<CallbackAttempt> attempts = [];
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int lastId;

    public bool Apply(JournalEntry entry)
    {
        lock (gate)
        {
            if (entry.Kind == AttemptKind) attempts.Add(entry.As<CallbackAttempt>());
            else if (entry.Kind == CallbackKind) Keep(entry.As<Callback>());
            else return false;
            return true;
        }
    }

    /// <param name="due">When to try first; at once when not given.</param>
    public void Add(
        string provider, string merchantId, string orderNo, string orderDatetime, string url,
        DateTimeOffset? due = null)
    {
        lock (gate)
        {
            var callback = new Callback
            {
                Id = lastId + 1,
                Provider = provider,
                MerchantId = merchantId,
                OrderNo = orderNo,
                OrderDatetime = orderDatetime,
                Url = url,
                Due = due ?? clock.GetUtcNow(),
            };
            journal.Append(CallbackKind, callback);
            Keep(callback);
            Signal();
        }
    }

    /// <summary>Takes the callbacks due, with the instant of the next one and a task that ends on a change.</summary>
    public (IReadOnlyList<Callback> Due, DateTimeOffset? Next, Task Changed) Take()
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            var idle = waiting.Values.Where(callback => !underWay.Contains(callback.Id)).ToList();
            var due = idle.Where(callback => callback.Due <= now).OrderBy(callback => callback.Id).ToList();
            underWay.UnionWith(due.Select(callback => callback.Id));
            return (due, idle.Where(callback => callback.Due > now).Min(callback => callback.Due), changed.Task);
        }
    }

    public void Record(Callback callback, CallbackAttempt attempt)
    {
        lock (gate)
        {
            underWay.Remove(callback.Id);

            // A reset in the meantime has forgotten it; an answer that comes late does not bring it back.
            if (!waiting.ContainsKey(callback.Id)) return;
            journal.Append(AttemptKind, attempt);
            attempts.Add(attempt);
            var after = callback with { Attempts = attempt.Attempt, Due = attempt.Next };
            journal.Append(CallbackKind, after);
            Keep(after);
        }
    }

    public IReadOnlyList<CallbackAttempt> Attempts()
    {
        lock (gate) return [.. attempts];
    }

    public void Clear()
    {
        lock (gate)
        {
            waiting.Clear();
            attempts.Clear();
            Signal();
        }
    }

    void Keep(Callback callback)
    {
        lastId = Math.Max(lastId, callback.Id);
        if (callback.Due is null) waiting.Remove(callback.Id);
        else waiting[callback.Id] = callback;
    }

    void Signal()
    {
        changed.TrySetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
