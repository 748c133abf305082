namespace MerchantPortal.Payments.Providers;

/// <summary>
/// What is kept of one exchange: enough to prove what happened, nothing that must not be stored. Bodies are kept as
/// digests and as the masked text that the provider's own code made; signatures and keys are never in it.
/// </summary>
public sealed record Transcript
{
    /// <summary>The interface, such as "allinpay refund v2.3".</summary>
    public required string Interface { get; init; }

    /// <summary>Scheme, host, port and path, without any query.</summary>
    public required string Address { get; init; }

    /// <summary>When the exchange began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// Whether the first byte of the body was handed to the connection. Only false proves "not sent".
    /// </summary>
    public required bool BodyStarted { get; init; }

    /// <summary>SHA-256 of the request body, lower-case hex.</summary>
    public required string RequestSha256 { get; init; }

    /// <summary>HTTP status, when one arrived.</summary>
    public int? Status { get; init; }

    /// <summary>The answer's own Date header, UTC; null when it had none or one that is no date.</summary>
    public DateTimeOffset? ProviderDate { get; init; }

    /// <summary>SHA-256 of the answer body, lower-case hex, when one arrived.</summary>
    public string? AnswerSha256 { get; init; }

    /// <summary>Bytes of the answer body.</summary>
    public int AnswerBytes { get; init; }

    /// <summary>What failed on the way, or <see cref="ProviderError.None"/>.</summary>
    public ProviderError Failure { get; init; }

    /// <summary>The request as it may be shown: masked, without signature.</summary>
    public string ShownRequest { get; init; } = "";

    /// <summary>The answer as it may be shown: masked, without signature.</summary>
    public string ShownAnswer { get; init; } = "";

    /// <summary>What is kept of a call that was refused here, before a byte of it left.</summary>
    /// <param name="interface">The interface, such as "allinpay refund v2.3".</param>
    /// <param name="address">Where it would have gone; null when the account's setting is no address.</param>
    /// <param name="at">When it was refused, UTC.</param>
    /// <param name="failure">Why, for the program.</param>
    /// <param name="shownRequest">The request as it may be shown.</param>
    /// <param name="why">Why, for people.</param>
    internal static Transcript Unsent(
        string @interface, Uri? address, DateTimeOffset at, ProviderError failure, string shownRequest, string why) =>
        new()
        {
            Interface = @interface,
            Address = address?.GetLeftPart(UriPartial.Path) ?? "",
            StartedAt = at,
            Elapsed = TimeSpan.Zero,
            BodyStarted = false,
            RequestSha256 = "",
            Failure = failure,
            ShownRequest = shownRequest,
            ShownAnswer = $"(nothing was sent: {why})",
        };
}
