using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers;

/// <summary>
/// The confirmation or cancellation of a pre-authorisation, as it goes to the provider. No provider gives these an
/// operation number: the order is the number, so each order is confirmed or cancelled once and never sent again.
/// </summary>
public sealed record PreAuthRequest
{
    /// <summary>The order whose amount is held.</summary>
    public required OrderReference Order { get; init; }

    /// <summary>The whole amount that is held.</summary>
    public required Money Authorised { get; init; }

    /// <summary>What is taken: at most the held amount; the held amount itself when cancelling.</summary>
    public required Money Amount { get; init; }

    /// <summary>The shop's number of the payer, for providers that want it; empty where none is known.</summary>
    public string PayerId { get; init; } = "";

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}

/// <summary>Where a pre-authorisation stands at the provider.</summary>
public enum PreAuthState
{
    /// <summary>Created, not yet authorised, or waiting for the payer.</summary>
    Open,

    /// <summary>The amount is held.</summary>
    Held,

    /// <summary>The capture is being worked on.</summary>
    Capturing,

    /// <summary>Captured, finally.</summary>
    Captured,

    /// <summary>The capture failed; the provider says so finally.</summary>
    CaptureFailed,

    /// <summary>The cancellation is being worked on.</summary>
    Cancelling,

    /// <summary>Cancelled, finally: the payer's money is free.</summary>
    Cancelled,

    /// <summary>The cancellation failed; the provider says so finally.</summary>
    CancelFailed,

    /// <summary>Never authorised.</summary>
    Failed,

    /// <summary>Ran out.</summary>
    Expired,
}

/// <summary>What a provider says of one pre-authorisation.</summary>
/// <param name="MerchantNumber">The order's number, as the provider echoes it.</param>
/// <param name="Amount">The amount it names.</param>
/// <param name="State">In our words.</param>
/// <param name="RawState">In its own, such as "PR11".</param>
public sealed record PreAuthFacts(string MerchantNumber, Money Amount, PreAuthState State, string RawState)
{
    /// <summary>The provider's own number of the order; null where it told none.</summary>
    public string? ProviderNumber { get; init; }
}

/// <summary>Confirms and cancels pre-authorisations. Neither is ever sent a second time.</summary>
public interface IPreAuthorisations
{
    /// <summary>How long questions go on before two people have to settle an unknown outcome.</summary>
    TimeSpan SettleTime { get; }

    /// <summary>
    /// Whether the provider answers questions about pre-authorisations. Where it does not, only statements and people
    /// settle an unknown outcome, and <see cref="QueryAsync"/> says so without asking.
    /// </summary>
    bool CanQuery { get; }

    /// <summary>Whether a capture or cancellation has to name the shop's number of the payer.</summary>
    bool NeedsPayer => false;

    /// <summary>Takes the held amount, or a part of it, once.</summary>
    Task<ProviderOutcome> ConfirmAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel);

    /// <summary>Lets the held amount go, once.</summary>
    Task<ProviderOutcome> CancelAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel);

    /// <summary>Asks how it stands. Moves nothing.</summary>
    Task<QueryAnswer<PreAuthFacts>> QueryAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, CancellationToken cancel);
}
