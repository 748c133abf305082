namespace MerchantPortal.Payments.Providers;

/// <summary>A call that arrived at an account's notification address, exactly as it came.</summary>
/// <param name="Body">The raw bytes, at most 64 KB.</param>
/// <param name="ContentType">The Content-Type header as sent; empty when missing.</param>
/// <param name="Headers">Headers that protocols put fields into (signature, timestamp), by lower-case name.</param>
/// <param name="Query">The raw query string without its question mark; empty when none.</param>
public sealed record InboundMessage(
    ReadOnlyMemory<byte> Body, string ContentType, IReadOnlyDictionary<string, string> Headers, string Query);

/// <summary>What a notification turned out to be. The family is closed.</summary>
public abstract record NotificationVerdict
{
    /// <summary>
    /// Signed by the provider and of the documented shape. The facts still have to equal our own order.
    /// </summary>
    /// <param name="Facts">What it says.</param>
    /// <param name="SemanticKey">Equal for every repeat of the same news: provider number, state and amount.</param>
    public sealed record Genuine(OrderFacts Facts, string SemanticKey) : NotificationVerdict;

    /// <summary>
    /// Signed by the provider, but it steps outside the documented shape (unknown member, reserved character). It
    /// changes nothing; the order is asked about instead.
    /// </summary>
    /// <param name="MerchantNumber">The order it names, when one could be read.</param>
    /// <param name="Why">What is outside.</param>
    public sealed record OutsideShape(string? MerchantNumber, string Why) : NotificationVerdict;

    /// <summary>Missing or wrong signature, or the wrong algorithm for the account.</summary>
    /// <param name="Why">What was wrong with it.</param>
    public sealed record Forged(string Why) : NotificationVerdict;

    /// <summary>Not even readable as a message of this protocol.</summary>
    /// <param name="Why">What was wrong with it.</param>
    public sealed record Malformed(string Why) : NotificationVerdict;

    /// <summary>No key is configured, so nothing can be verified and nothing is accepted.</summary>
    public sealed record NoKey : NotificationVerdict
    {
        /// <summary>What is missing or out of date, naming a certificate that is not good at this time.</summary>
        public string Why { get; init; } = "";
    }
}

/// <summary>What the provider wants to read when its notification was taken in.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Content type of the body.</param>
/// <param name="Body">The body, as documented.</param>
public sealed record Acknowledgement(int Status, string ContentType, string Body);

/// <summary>When a provider sends a notification and repeats it until it is taken.</summary>
/// <param name="Tries">Each try, counted from the first one; the first is zero.</param>
/// <param name="Lateness">How late the last try may still arrive.</param>
/// <param name="Documented">Whether the document gives these times; false where it only counts.</param>
public sealed record RetrySchedule(IReadOnlyList<TimeSpan> Tries, TimeSpan Lateness, bool Documented)
{
    /// <summary>From the first try to the instant from which only a query can tell.</summary>
    public TimeSpan Window => Tries[^1] + Lateness;

    /// <summary>A schedule of equal distances.</summary>
    public static RetrySchedule Every(TimeSpan distance, int tries, TimeSpan lateness) =>
        new([.. Enumerable.Range(0, tries).Select(i => distance * i)], lateness, Documented: true);

    /// <summary>How many tries are still to come when this much time has passed since the first.</summary>
    public int Left(TimeSpan sinceFirst) => Tries.Count(at => at > sinceFirst);

    /// <summary>Whether the provider has given up by then.</summary>
    public bool IsOver(TimeSpan sinceFirst) => sinceFirst > Window;
}

/// <summary>Reads the provider's notifications.</summary>
public interface INotifications
{
    /// <summary>The documented acknowledgement of a message that was taken in, repeats included.</summary>
    Acknowledgement Taken { get; }

    /// <summary>When the provider tries, and tries again; after the last try only a query can tell.</summary>
    RetrySchedule Retries { get; }

    /// <summary>Decodes and verifies a message. Pure: it changes nothing and asks nobody.</summary>
    NotificationVerdict Read(ProviderAccount account, InboundMessage message, ProviderKeys keys);

    /// <summary>The message as it may be shown: masked, without signature; never throws.</summary>
    string Show(InboundMessage message);
}
