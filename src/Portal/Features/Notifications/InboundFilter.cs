using System.Globalization;
using MerchantPortal.Portal.Shell;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>What part of the notifications is looked at. Its address and this are the same thing.</summary>
public sealed record InboundFilter
{
    /// <summary>The tab: what the call did; null shows all.</summary>
    public InboundEffect? Effect { get; init; }

    public InboundVerdict? Verdict { get; init; }

    /// <summary>Key of a provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Begins an order's number: ours, the shop's or the provider's.</summary>
    public string? Search { get; init; }

    public Guid? AccountId { get; init; }

    /// <summary>First day, in the reader's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, in the reader's zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Nothing but the tab is narrowed down.</summary>
    public bool IsEmpty => this with { Effect = null } == new InboundFilter();

    /// <summary>Reads the parts of an address; what is not understood is left out.</summary>
    public static InboundFilter Read(
        string? effect, string? verdict, string? account, string? from, string? to, string? provider = null,
        string? search = null) => new()
        {
            Effect = Name<InboundEffect>(effect),
            Verdict = Name<InboundVerdict>(verdict),
            AccountId = Guid.TryParse(account, out var id) ? id : null,
            From = Day(from),
            To = Day(to),
            Provider = Text(provider, 40),
            Search = Text(search, 64),
        };

    /// <summary>The page with this filter, and with older or newer rows than a cursor.</summary>
    public string Href(string? before = null, string? after = null) => PortalUrls.Query(
        PortalUrls.Notifications,
        ("effect", Effect?.ToString()),
        ("q", Search),
        ("verdict", Verdict?.ToString()),
        ("provider", Provider),
        ("account", AccountId?.ToString("N")),
        ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("before", before),
        ("after", after));

    internal static string? Text(string? text, int longest) =>
        text?.Trim() is { Length: > 0 } trimmed && trimmed.Length <= longest ? trimmed : null;

    private static T? Name<T>(string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}

/// <summary>A place between two rows that are ordered by time and id, as an address carries it.</summary>
public sealed record InboundCursor(DateTimeOffset At, Guid Id)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks / TimeSpan.TicksPerMicrosecond}-{Id:N}");

    /// <summary>The place that an address names, or null.</summary>
    public static InboundCursor? Read(string? text) =>
        text?.Split('-') is [var micros, var id]
        && long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= DateTimeOffset.MaxValue.UtcTicks / TimeSpan.TicksPerMicrosecond
        && Guid.TryParse(id, out var guid)
            ? new(new DateTimeOffset(number * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero), guid)
            : null;
}
