using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>What a call at a notification address turned out to be.</summary>
public enum InboundVerdict
{
    Genuine,
    OutsideShape,
    Forged,
    Malformed,
    NoKey,
}

/// <summary>What it did.</summary>
public enum InboundEffect
{
    /// <summary>It changed the order.</summary>
    Applied,

    /// <summary>It told what was known.</summary>
    NothingNew,

    /// <summary>The same news as an earlier call.</summary>
    Repeat,

    /// <summary>Kept aside; nothing was changed.</summary>
    Quarantined,
}

/// <summary>A call that arrived at a notification address, as raw bytes, with what was made of it.</summary>
public sealed class Inbound
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public DateTimeOffset At { get; init; }
    public string Remote { get; init; } = "";
    public string ContentType { get; init; } = "";
    public byte[] Body { get; init; } = [];

    /// <summary>The headers that a protocol may sign or be signed by, as JSON.</summary>
    public string Headers { get; init; } = "{}";

    /// <summary>The raw query string; empty when there was none. It may hold a signature.</summary>
    public string Query { get; init; } = "";

    public InboundVerdict Verdict { get; init; }
    public InboundEffect Effect { get; init; }

    /// <summary>Key of the reason's text; empty when there is nothing to explain.</summary>
    public string Why { get; init; } = "";

    /// <summary>Version of the key set that proved it; 0 when nothing did.</summary>
    public int KeyVersion { get; init; }

    /// <summary>Equal for repeats of the same news; null unless this row is the news itself.</summary>
    public string? SemanticKey { get; init; }

    public Guid? OrderId { get; init; }

    /// <summary>The shop's order number that a signed message names, known to us or not.</summary>
    public string? NamedOrder { get; init; }

    /// <summary>The call as it came, to be read again.</summary>
    public InboundMessage ToMessage() => new(Body, ContentType, InboundHeaders.Read(Headers), Query);
}
