using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>Where a request stands at the model of a provider, which is what really happened.</summary>
internal enum Standing
{
    /// <summary>Lost on the way; nobody will ever see it.</summary>
    NeverArrived,

    /// <summary>Still in the network: it may take effect at any later time.</summary>
    OnItsWay,

    /// <summary>Taken on and not decided.</summary>
    InReview,

    /// <summary>The money moved.</summary>
    Done,

    /// <summary>The provider refused it for good; no money moved.</summary>
    Refused,

    /// <summary>The money moved and came back.</summary>
    Reversed,
}

/// <summary>What the sender is told.</summary>
internal enum Told
{
    Truth,

    /// <summary>No answer, or the connection broke: it may have arrived.</summary>
    Nothing,

    /// <summary>A fault of the provider's own, such as a status 500.</summary>
    ProviderFault,

    /// <summary>A code that no table knows.</summary>
    UnknownCode,

    /// <summary>Not taken up; the same may come later.</summary>
    Later,

    /// <summary>Bytes that are no answer.</summary>
    Garbage,

    /// <summary>An answer without a word.</summary>
    Empty,

    /// <summary>A genuine answer about something else.</summary>
    AnotherNumber,

    /// <summary>No connection came about: no byte of the body left.</summary>
    NotLeft,
}

/// <summary>What becomes of one request: what the provider does with it, and what it says.</summary>
/// <param name="Now">How it stands when the answer leaves.</param>
/// <param name="Later">How it ends once all is quiet.</param>
/// <param name="Told">What the sender hears.</param>
internal sealed record Fate(Standing Now, Standing Later, Told Told)
{
    private static readonly (int Weight, Fate Fate)[] Mix =
    [
        (14, new(Standing.InReview, Standing.Done, Told.Truth)),
        (5, new(Standing.InReview, Standing.Refused, Told.Truth)),
        (2, new(Standing.InReview, Standing.Reversed, Told.Truth)),
        (6, new(Standing.Done, Standing.Done, Told.Truth)),
        (6, new(Standing.Refused, Standing.Refused, Told.Truth)),
        (8, new(Standing.Done, Standing.Done, Told.Nothing)),
        (4, new(Standing.InReview, Standing.Done, Told.Nothing)),
        (3, new(Standing.Refused, Standing.Refused, Told.Nothing)),
        (5, new(Standing.OnItsWay, Standing.Done, Told.Nothing)),
        (3, new(Standing.OnItsWay, Standing.Refused, Told.Nothing)),
        (6, new(Standing.NeverArrived, Standing.NeverArrived, Told.Nothing)),
        (5, new(Standing.Done, Standing.Done, Told.ProviderFault)),
        (3, new(Standing.NeverArrived, Standing.NeverArrived, Told.ProviderFault)),
        (5, new(Standing.Done, Standing.Done, Told.UnknownCode)),
        (3, new(Standing.Refused, Standing.Refused, Told.UnknownCode)),
        (4, new(Standing.NeverArrived, Standing.NeverArrived, Told.Later)),
        (8, new(Standing.NeverArrived, Standing.NeverArrived, Told.NotLeft)),
    ];

    private static readonly (int Weight, Fate Fate)[] MixOfHolds =
        [.. Mix.Where(one => one.Fate.Later != Standing.Reversed)];

    private static readonly (int Weight, Fate Fate)[] MixWithoutReview =
        [.. Mix.Where(one => one.Fate.Now != Standing.InReview)];

    /// <summary>The mix of a hostile provider, as far as the kind knows such fates.</summary>
    public static (int Weight, Fate Fate)[] Hostile(OperationKind kind) => kind switch
    {
        OperationKind.Refund => Mix,
        OperationKind.Capture or OperationKind.Void => MixOfHolds,
        _ => MixWithoutReview,
    };

    /// <summary>What the sender hears.</summary>
    public WireAnswer Answer(string key) => Told switch
    {
        Told.Nothing => WireAnswer.Nothing,
        Told.ProviderFault => new(500, $"fault {key}"),
        Told.UnknownCode => new(200, $"E9999 {key}"),
        Told.Later => new(200, $"later {key}"),
        Told.Garbage => new(200, "\u0000<html>"),
        Told.Empty => new(200, ""),
        Told.AnotherNumber => new(200, "done somebody"),
        _ => Now switch
        {
            Standing.Done => new(200, $"done {key}"),
            Standing.Refused => new(200, $"refused {key}"),
            _ => new(200, $"accepted {key}"),
        },
    };
}
