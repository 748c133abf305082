namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>One request that reached the provider's side of the network.</summary>
internal sealed class ModelEntry(string key, long minor, Fate fate, bool isListed)
{
    /// <summary>What the provider knows it by: our number, or what names it where there is none.</summary>
    public string Key { get; } = key;

    public long Minor { get; } = minor;

    public Fate Fate { get; } = fate;

    public Standing Standing { get; private set; } = fate.Now;

    /// <summary>Questions about it tell that it was refused, instead of not knowing it.</summary>
    public bool IsListed { get; } = isListed;

    /// <summary>It may still change by itself.</summary>
    public bool IsOpen => Standing is Standing.OnItsWay or Standing.InReview;

    /// <summary>Bytes of it left, so nobody may ever send it again.</summary>
    public bool WasSent => Fate.Told != Told.NotLeft;

    /// <summary>The provider's next step.</summary>
    public void Decide() => Standing = IsOpen ? Fate.Later : Standing;
}

/// <summary>
/// The books of a provider without idempotency: every request that arrives is another movement, whatever number it
/// bears. What stands here is the truth that verdicts are compared with.
/// </summary>
internal sealed class ModelLedger
{
    private readonly List<ModelEntry> entries = [];

    public IReadOnlyList<ModelEntry> Entries => entries;

    public void Add(ModelEntry entry) => entries.Add(entry);

    public IEnumerable<ModelEntry> Of(string key) => entries.Where(entry => entry.Key == key);

    public IEnumerable<ModelEntry> Open => entries.Where(entry => entry.IsOpen);
}
