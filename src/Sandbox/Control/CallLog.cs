namespace MerchantPortal.Sandbox.Control;

/// <summary>A call as a provider received it, without its signature.</summary>
sealed class ReceivedCall
{
    public required DateTimeOffset At { get; init; }
    public required string Provider { get; init; }
    public required string Interface { get; init; }
    public required string Path { get; init; }
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
    public required bool SignatureValid { get; init; }
    public string? FaultKind { get; init; }

    /// <summary>Whether an HTTP answer left in full, whatever it said.</summary>
    public bool Answered { get; set; }
}

/// <summary>The last calls received, in order.</summary>
sealed class CallLog
{
    const int Kept = 10_000;

    readonly Lock gate = new();
    readonly Queue<ReceivedCall> calls = new();

    public void Add(ReceivedCall call)
    {
        lock (gate)
        {
            calls.Enqueue(call);
            if (calls.Count > Kept) calls.Dequeue();
        }
    }

    public IReadOnlyList<ReceivedCall> Read(string? @interface)
    {
        lock (gate) return [.. calls.Where(call => @interface is null || call.Interface == @interface)];
    }

    public void Clear()
    {
        lock (gate) calls.Clear();
    }
}
