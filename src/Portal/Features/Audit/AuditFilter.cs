using System.Globalization;
using MerchantPortal.Portal.Shell;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>What part of the audit is looked at. Its address and this are the same thing.</summary>
public sealed record AuditFilter
{
    /// <summary>Part of the actor's name.</summary>
    public string? Actor { get; init; }

    /// <summary>An action's name.</summary>
    public string? Action { get; init; }

    /// <summary>Part of the subject.</summary>
    public string? Subject { get; init; }

    public AuditOutcome? Outcome { get; init; }

    /// <summary>First day, in the reader's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, in the reader's zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Nothing is narrowed down.</summary>
    public bool IsEmpty => this == new AuditFilter();

    /// <summary>Reads the parts of an address; what is not understood is left out.</summary>
    public static AuditFilter Read(
        string? actor, string? action, string? subject, string? outcome, string? from, string? to) => new()
        {
            Actor = Text(actor),
            Action = Text(action),
            Subject = Text(subject),
            Outcome = Enum.TryParse<AuditOutcome>(outcome, ignoreCase: true, out var known) && Enum.IsDefined(known)
            ? known
            : null,
            From = Day(from),
            To = Day(to),
        };

    /// <summary>The page with this filter, and with older or newer rows than a number.</summary>
    public string Href(long? before = null, long? after = null) => PortalUrls.Query(
        PortalUrls.Audit,
        ("actor", Actor),
        ("action", Action),
        ("subject", Subject),
        ("outcome", Outcome?.ToString().ToLowerInvariant()),
        ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("before", before?.ToString(CultureInfo.InvariantCulture)),
        ("after", after?.ToString(CultureInfo.InvariantCulture)));

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
