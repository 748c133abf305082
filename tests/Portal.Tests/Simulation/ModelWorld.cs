using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>The provider's side of one seed: its books, its moods, and who hears of every request.</summary>
internal sealed class ModelWorld(Chooser choose, Func<string, string> name, Action<SentMoney, Fate> heard)
{
    public Chooser Choose { get; } = choose;

    public ModelLedger Ledger { get; } = new();

    /// <summary>The storm is over: questions are answered, and answered truly.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>The name of a request in traces.</summary>
    public string Name(string key) => name(key);

    public void Receive(SentMoney sent, Fate fate)
    {
        heard(sent, fate);
        if (fate.Told != Told.NotLeft)
        {
            Ledger.Add(new(sent.Key, sent.Minor, fate, Choose.Chance(50)));
        }
    }

    public (Standing?, ProviderError) Found(string key)
    {
        var standing = Ledger.Of(key).LastOrDefault() switch
        {
            null or { Standing: Standing.NeverArrived or Standing.OnItsWay } => (Standing?)null,
            { Standing: Standing.Refused, IsListed: false, Fate.Now: not Standing.InReview } => null,
            var entry => entry.Standing,
        };
        return IsQuiet
            ? (standing, ProviderError.None)
            : Choose.Weighted<(Standing?, ProviderError)>(
            [
                (60, (standing, ProviderError.None)),
                (15, (null, ProviderError.None)),
                (10, (standing is null ? null : Standing.InReview, ProviderError.None)),
                (15, (null, ProviderError.TimedOut)),
            ]);
    }
}
