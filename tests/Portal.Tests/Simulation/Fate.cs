using MerchantPortal.Payments.Providers;

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

    /// <summary>No byte of the body left.</summary>
    NotLeft,
}

/// <summary>What becomes of one request: what the provider does with it, and what it says.</summary>
/// <param name="Now">How it stands when the answer leaves.</param>
/// <param name="Later">How it ends once all is quiet.</param>
/// <param name="Told">What the sender hears.</param>
internal sealed record Fate(Standing Now, Standing Later, Told Told)
{
    /// <summary>The mix of a hostile provider without idempotency.</summary>
    public static (int Weight, Fate Fate)[] Hostile { get; } =
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
        (8, new(Standing.NeverArrived, Standing.NeverArrived, Told.NotLeft)),
    ];

    /// <summary>An outcome that says of the request what this fate lets the sender hear.</summary>
    public ProviderOutcome Outcome(Transcript transcript, bool tooSlow) => Told switch
    {
        Told.NotLeft => new ProviderOutcome.NotSent(
            transcript with { BodyStarted = false }, ProviderError.ConnectionFailed),
        Told.Nothing => new ProviderOutcome.Unknown(transcript, ProviderError.ConnectionLost),
        _ when tooSlow => new ProviderOutcome.Unknown(transcript, ProviderError.TimedOut),
        Told.ProviderFault => new ProviderOutcome.Unknown(transcript, ProviderError.ProviderFault),
        Told.UnknownCode => new ProviderOutcome.Unknown(transcript, ProviderError.Unlisted),
        _ => Now switch
        {
            Standing.Done => new ProviderOutcome.Done(transcript),
            Standing.Refused => new ProviderOutcome.Refused(transcript, ProviderError.Declined),
            _ => new ProviderOutcome.Accepted(transcript),
        },
    };
}
