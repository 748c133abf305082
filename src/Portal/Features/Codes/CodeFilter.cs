using System.Globalization;
using MerchantPortal.Payments.Codes;
using MerchantPortal.Portal.Shell;

namespace MerchantPortal.Portal.Features.Codes;

/// <summary>What part of the codes is looked at. Its address and this are the same thing.</summary>
public sealed record CodeFilter
{
    private const int LongestQuery = 80;

    /// <summary>A code or words.</summary>
    public string? Query { get; init; }

    /// <summary>Key of a provider.</summary>
    public string? Provider { get; init; }

    public CodeCategory? Category { get; init; }

    public bool IsEmpty => this == new CodeFilter();

    /// <summary>The words of the query; each of them has to be found.</summary>
    public IReadOnlyList<string> Words =>
        Query?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Reads the parts of an address; what is not understood is left out.</summary>
    public static CodeFilter Read(string? query, string? provider, string? category) => new()
    {
        Query = Text(query) is { } text ? text[..Math.Min(text.Length, LongestQuery)] : null,
        Provider = Text(provider),
        Category = Enum.TryParse<CodeCategory>(category, ignoreCase: true, out var known) && Enum.IsDefined(known)
            && !char.IsAsciiDigit(category[0])
            ? known
            : null,
    };

    /// <summary>The page with this filter, before or after a code of ours.</summary>
    public string Href(int? before = null, int? after = null) => PortalUrls.Query(
        PortalUrls.Codes,
        ("q", Query),
        ("provider", Provider),
        ("category", Category?.ToString().ToLowerInvariant()),
        ("before", before?.ToString(CultureInfo.InvariantCulture)),
        ("after", after?.ToString(CultureInfo.InvariantCulture)));

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
