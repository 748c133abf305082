using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>One request that left for the provider.</summary>
/// <param name="sent">What it says.</param>
/// <param name="operation">Our number of the operation that sent it; the provider does not see it.</param>
/// <param name="fate">What becomes of it.</param>
/// <param name="isListed">Questions tell that it was refused, instead of not knowing it.</param>
/// <param name="isHidden">No question ever shows it: only people who read the provider's books can tell.</param>
internal sealed class ModelEntry(SentMoney sent, string operation, Fate fate, bool isListed, bool isHidden = false)
{
    public bool IsHidden { get; } = isHidden;

    public SentMoney Sent { get; } = sent;

    public string Operation { get; } = operation;

    public Fate Fate { get; } = fate;

    public Standing Standing { get; set; } = fate.Now;

    public bool IsListed { get; } = isListed;

    /// <summary>It may still change by itself.</summary>
    public bool IsOpen => Standing is Standing.OnItsWay or Standing.InReview;
}

/// <summary>
/// The books of a provider without idempotency: every request that arrives is another movement, whatever number it
/// bears, except where the document promises otherwise. What stands here is the truth that verdicts are compared with.
/// </summary>
internal sealed class ModelLedger
{
    private readonly List<ModelEntry> entries = [];

    public IReadOnlyList<ModelEntry> Entries => entries;

    public IEnumerable<ModelEntry> Open => entries.Where(entry => entry.IsOpen);

    /// <summary>What one operation of ours has sent.</summary>
    public IEnumerable<ModelEntry> Of(string operation) => entries.Where(entry => entry.Operation == operation);

    /// <summary>How one operation of ours really stands; null when nothing of it left.</summary>
    public Standing? Truth(string operation)
    {
        var own = Of(operation).Select(entry => entry.Standing).ToList();
        return own.Count == 0 ? null
            : own.Contains(Standing.Done) ? Standing.Done
            : own.Find(standing => standing is Standing.OnItsWay or Standing.InReview or Standing.Reversed) is var open
                && open != default ? open
            : own[^1];
    }

    /// <summary>Takes a request in.</summary>
    /// <returns>False where the provider has done the same before and says so.</returns>
    public bool Add(ModelEntry entry)
    {
        var isRepeat = IsRepeat(entry);
        entry.Standing = isRepeat && entry.Standing != Standing.OnItsWay ? Standing.NeverArrived : entry.Standing;
        entries.Add(entry);
        return !isRepeat;
    }

    /// <summary>The provider's next step with one request.</summary>
    public void Decide(ModelEntry entry)
    {
        if (entry.IsOpen)
        {
            entry.Standing = IsRepeat(entry) ? Standing.NeverArrived : entry.Fate.Later;
        }
    }

    /// <summary>What a question by the key finds.</summary>
    public string? Find(OperationKind kind, string key) => kind switch
    {
        OperationKind.Capture or OperationKind.Void => FindHold(key),
        _ => entries.Where(entry => entry.Sent.Kind == kind && entry.Sent.Key == key)
            .Select(entry => entry.Standing switch
            {
                Standing.NeverArrived or Standing.OnItsWay => null,
                _ when entry.IsHidden => null,
                Standing.Refused when !IsShown(entry) => null,
                var standing => standing.ToString(),
            })
            .OfType<string>().LastOrDefault(),
    };

    /// <summary>A hold is known from its beginning on, and shows what was done with it last.</summary>
    private string FindHold(string key) => entries
        .Where(entry => entry.Sent.Kind.EndsHold() && entry.Sent.Key == key)
        .Select(entry => (entry.Sent.Kind == OperationKind.Capture, entry.Standing) switch
        {
            (true, Standing.Done) => nameof(PreAuthState.Captured),
            (false, Standing.Done) => nameof(PreAuthState.Cancelled),
            (true, Standing.InReview) => nameof(PreAuthState.Capturing),
            (false, Standing.InReview) => nameof(PreAuthState.Cancelling),
            (true, Standing.Refused) when IsShown(entry) => nameof(PreAuthState.CaptureFailed),
            (false, Standing.Refused) when IsShown(entry) => nameof(PreAuthState.CancelFailed),
            _ => null,
        })
        .OfType<string>().LastOrDefault() ?? nameof(PreAuthState.Held);

    // What the provider took on it has to answer for; what it refused at once it may have forgotten.
    private static bool IsShown(ModelEntry entry) => entry.IsListed || entry.Fate.Now == Standing.InReview;

    // By the documents: a transfer's number counts once, and a card can be taken away once.
    private bool IsRepeat(ModelEntry entry) => entry.Sent.Kind is OperationKind.Transfer or OperationKind.Unbind
        && entries.Exists(other => other != entry && other.Sent.Kind == entry.Sent.Kind
            && other.Sent.Key == entry.Sent.Key && other.Standing == Standing.Done);
}
