namespace MerchantPortal.Payments.Providers;

/// <summary>
/// How a request that moves money ended, as far as its own answer tells. The family is closed. "Refused" comes only
/// from the interface's own list of definite answers; "not sent" only when no byte of the body left; everything else
/// that is not a clear yes is <see cref="Unknown"/>.
/// </summary>
/// <param name="Transcript">What is kept of the exchange.</param>
public abstract record ProviderOutcome(Transcript Transcript)
{
    /// <summary>
    /// Short raw answer of the provider, such as "20" or "ERRORCODE 10028"; empty when there was none.
    /// </summary>
    public string ProviderCode { get; init; } = "";

    /// <summary>The provider's own number for what was asked, when it gave one.</summary>
    public string? ProviderNumber { get; init; }

    /// <summary>It happened, finally.</summary>
    public sealed record Done(Transcript Transcript) : ProviderOutcome(Transcript);

    /// <summary>The provider took it on; a query tells how it ends.</summary>
    public sealed record Accepted(Transcript Transcript) : ProviderOutcome(Transcript);

    /// <summary>It definitely did not happen, by the interface's own list.</summary>
    /// <param name="Transcript">What is kept of the exchange.</param>
    /// <param name="Error">Why.</param>
    public sealed record Refused(Transcript Transcript, ProviderError Error) : ProviderOutcome(Transcript);

    /// <summary>Nothing left this process.</summary>
    /// <param name="Transcript">What is kept of the exchange.</param>
    /// <param name="Error">Why.</param>
    public sealed record NotSent(Transcript Transcript, ProviderError Error) : ProviderOutcome(Transcript);

    /// <summary>
    /// The provider says definitely that it did not take it up and that the same may be sent later, as under a limit of
    /// calls per time. Only from the interface's own list.
    /// </summary>
    /// <param name="Transcript">What is kept of the exchange.</param>
    /// <param name="Error">Why.</param>
    public sealed record Postponed(Transcript Transcript, ProviderError Error) : ProviderOutcome(Transcript);

    /// <summary>It may have happened.</summary>
    /// <param name="Transcript">What is kept of the exchange.</param>
    /// <param name="Error">Why nobody can tell.</param>
    public sealed record Unknown(Transcript Transcript, ProviderError Error) : ProviderOutcome(Transcript);
}
