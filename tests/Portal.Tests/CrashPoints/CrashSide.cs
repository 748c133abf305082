using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Tests.Simulation;

namespace MerchantPortal.Portal.Tests.CrashPoints;

/// <summary>
/// The provider's side of one case: hits the wire once at each ordered point, treats the first request as ordered and
/// does whatever else arrives, so that a second request would be a second movement.
/// </summary>
/// <param name="one">The case.</param>
/// <param name="heard">Hears of every request before it has an effect; our number of its operation.</param>
internal sealed class CrashSide(CrashCase one, Func<SentMoney, Fate, string> heard) : IModelSide
{
    private static readonly Fate Again = new(Standing.Done, Standing.Done, Told.Truth);

    private readonly List<(WirePoint Point, Way Way)> orders =
    [
        .. one.Point.NeedsUnknown ? [(WirePoint.AfterBody, Way.Dies)] : Array.Empty<(WirePoint, Way)>(),
        .. one.Point.Command is null ? [(one.Point.Wire, one.Way)] : Array.Empty<(WirePoint, Way)>(),
    ];

    public ModelLedger Ledger { get; } = new();

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

            Job.Current!.Node.IsDead = true;
            throw new NodeDiedException();
        }

        return Task.CompletedTask;
    }

    public bool Connects(SentMoney sent) => true;

    public WireAnswer Receive(SentMoney sent)
    {
        var fate = Ledger.Entries.Count == 0 ? one.Reply.Fate : Again;
        var isNew = Ledger.Add(new(sent, heard(sent, fate), fate, isListed: true));
        return isNew ? fate.Answer(sent.Key) : new(200, $"duplicate {sent.Key}");
    }

    public WireAnswer Answer(OperationKind kind, string key) => new(200, $"{Ledger.Find(kind, key) ?? "none"} {key}");
}
