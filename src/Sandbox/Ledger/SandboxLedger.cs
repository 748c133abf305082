namespace MerchantPortal.Sandbox.Ledger;

/// <summary>Something that is remembered in the journal.</summary>
interface IJournalled
{
    /// <summary>Takes a row of its own up again; false when the row is somebody else's.</summary>
    bool Apply(JournalEntry entry);

    void Clear();
}

/// <summary>Everything the providers remember, rebuilt from the journal at start.</summary>
sealed class SandboxLedger(Journal journal, IReadOnlyList<IJournalled> parts)
{
    const string ResetKind = "reset";

    public void Replay(IEnumerable<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Kind == ResetKind) Clear();
            else if (!parts.Any(part => part.Apply(entry)) && entry.Kind != ClockStart.Kind)
                throw new InvalidDataException($"The journal has an entry of unknown kind {entry.Kind}.");
        }
    }

    public void Reset()
    {
        journal.Append(ResetKind, new { });
        Clear();
    }

    void Clear()
    {
        foreach (var part in parts) part.Clear();
    }
}

/// <summary>When and how fast a ledger's clock was set going, so that a restart goes on with the same time.</summary>
sealed record ClockStart(DateTimeOffset Epoch, int Scale)
{
    public const string Kind = "clock";

    public static TimeProvider Continue(
        Journal journal, IReadOnlyList<JournalEntry> entries, SandboxOptions options, TimeProvider time)
    {
        var earlier = entries.LastOrDefault(entry => entry.Kind == Kind)?.As<ClockStart>();
        if (earlier is not null && earlier.Scale != options.ClockScale)
            throw new SandboxOptionsException($"--clock-scale: this ledger was kept at {earlier.Scale}");
        if (options.ClockScale == 1) return time;
        var start = new ClockStart(
            options.ClockEpoch ?? earlier?.Epoch ?? time.GetUtcNow(), options.ClockScale);
        if (start != earlier) journal.Append(Kind, start);
        return new ScaledClock(time, start.Epoch, start.Scale);
    }
}
