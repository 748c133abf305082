using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Tests.Simulation;

namespace MerchantPortal.Portal.Tests.CrashPoints;

/// <summary>
/// The provider's side of one case: hits the wire once at each ordered point, treats the first request as ordered and
/// does whatever else arrives, so that a second request would be a second movement.
/// </summary>
/// <param name="one">The case.</param>
/// <param name="heard">Hears of every request before it has an effect; our number of its operation.</param>
/// <param name="kept">Hears of every request that the books have taken in, with that number.</param>
internal sealed class CrashSide(
    CrashCase one, Func<SentMoney, Fate, string> heard, Action<SentMoney, string>? kept = null) : IModelSide
{
    private static readonly Fate Again = new(Standing.Done, Standing.Done, Told.Truth);

    private readonly List<(WirePoint Point, Way Way)> orders =
    [
        .. one.Point.NeedsUnknown ? [(WirePoint.AfterBody, Way.Dies)] : Array.Empty<(WirePoint, Way)>(),
        .. one.Point.Command is null ? [(one.Point.Wire, one.Way)] : Array.Empty<(WirePoint, Way)>(),
    ];

    public ModelLedger Ledger { get; } = new();

    private Fate Fate => Ledger.Entries.Count == 0 ? one.Reply.Fate : Again;

    /// <summary>Every ordered point was reached.</summary>
    public bool WasHit => orders.Count == 0;

    public Task AtAsync(WirePoint point, string what)
    {
        if (orders.FindIndex(order => order.Point == point) is var at and >= 0)
        {
            var way = orders[at].Way;
            orders.RemoveAt(at);
            if (way == Way.Drops)
            {
                throw new IOException("The connection is gone.");
            }

            var node = Job.Current!.Node;
            if (point == WirePoint.AfterBody && one.Point.NeedsUnknown)
            {
                // Only the way to the point: the process lives on.
                node.IsDead = true;
                throw new NodeDiedException();
            }

            node.Die();
        }

        return Task.CompletedTask;
    }

    public bool Connects(SentMoney sent) => true;

    public WireAnswer Receive(SentMoney sent)
    {
        var number = heard(sent, Fate);
        var fate = Fate;
        var isNew = Take(sent, number);
        kept?.Invoke(sent, number);
        return isNew ? fate.Answer(sent.Key) : new(200, $"duplicate {sent.Key}");
    }

    /// <summary>Enters a request into the books.</summary>
    /// <returns>False where the provider has done the same before.</returns>
    public bool Take(SentMoney sent, string number) => Ledger.Add(new(sent, number, Fate, isListed: true));

    /// <summary>Everything that was ordered has happened elsewhere.</summary>
    public void Disarm() => orders.Clear();

    public WireAnswer Answer(OperationKind kind, string key) => new(200, $"{Ledger.Find(kind, key) ?? "none"} {key}");
}
