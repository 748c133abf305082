using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>The provider's side of one seed: its books, its moods, and who hears of every request.</summary>
/// <param name="choose">The seed's choices.</param>
/// <param name="name">The name of a key in traces.</param>
/// <param name="heard">Hears of every request before it has an effect; our number of its operation.</param>
internal sealed class ModelWorld(Chooser choose, Func<string, string> name, Func<SentMoney, Fate, string> heard)
    : IModelSide
{
    private readonly Dictionary<Job, Fate> fates = [];

    public ModelLedger Ledger { get; } = new();

    /// <summary>The storm is over: questions are answered, and answered truly.</summary>
    public bool IsQuiet { get; set; }

    public Task AtAsync(WirePoint point, string what) => point is WirePoint.MidBody or WirePoint.BeforeBody
        or WirePoint.AfterReplyHeaders or WirePoint.AfterReplyBody
        ? Task.CompletedTask
        : Job.Current!.PauseAsync($"{point} {name(what)}");

    public bool Connects(SentMoney sent)
    {
        var fate = choose.Weighted(Fate.Hostile(sent.Kind));
        fates[Job.Current!] = fate;
        return fate.Told != Told.NotLeft;
    }

    public WireAnswer Receive(SentMoney sent)
    {
        var fate = fates[Job.Current!];
        var isHidden = fate is { Now: Standing.Done, Told: not Told.Truth }
            && sent.Kind is (OperationKind.Refund or OperationKind.Transfer) && choose.Chance(15);
        var isNew = Ledger.Add(new(sent, heard(sent, fate), fate, choose.Chance(50), isHidden));
        return isNew || fate.Told != Told.Truth ? fate.Answer(sent.Key) : new(200, $"duplicate {sent.Key}");
    }

    public WireAnswer Answer(OperationKind kind, string key)
    {
        var found = Ledger.Find(kind, key);
        return IsQuiet
            ? Words(found, key)
            : choose.Weighted<Func<WireAnswer>>(
                (60, () => Words(found, key)),
                (15, () => Words(kind.EndsHold() ? "Held" : null, key)),
                (10, () => Words(found == "Done" && kind == OperationKind.Refund ? "InReview" : null, key)),
                (10, () => WireAnswer.Nothing),
                (5, () => new(500, "down down")))();
    }

    private static WireAnswer Words(string? word, string key) => new(200, $"{word ?? "none"} {key}");
}
