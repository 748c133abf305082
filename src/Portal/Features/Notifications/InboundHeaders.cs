using System.Collections.Frozen;
using System.Text.Json;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>
/// The headers of a call that are kept: those that the documents put signature, time or algorithm into. Everything
/// else, such as what proxies add, is neither verified nor kept.
/// </summary>
public static class InboundHeaders
{
    /// <summary>A signature of 4096 bits has 684 characters.</summary>
    private const int MaxValue = 2048;

    /// <summary>The names, in lower case.</summary>
    public static IReadOnlyList<string> Names { get; } = ["signature", "timestamp", "timezone", "sign-type"];

    /// <summary>The kept headers of a request. One that is sent twice or is too long is left out.</summary>
    public static IReadOnlyDictionary<string, string> Of(IHeaderDictionary headers) => Names
        .Select(name => (Name: name, Values: headers[name]))
        .Where(header => header.Values is [{ Length: > 0 and <= MaxValue }])
        .ToFrozenDictionary(header => header.Name, header => header.Values.ToString());

    /// <summary>As the row keeps them.</summary>
    public static string Write(IReadOnlyDictionary<string, string> headers) => JsonSerializer.Serialize(
        Names.Where(headers.ContainsKey).ToDictionary(name => name, name => headers[name]));

    /// <summary>From a row.</summary>
    public static IReadOnlyDictionary<string, string> Read(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json)
            ?? throw new InvalidOperationException("The headers of a kept call are empty.");

    /// <summary>As a page may show them: a signature by its length only.</summary>
    public static IReadOnlyList<(string Name, string Value)> Show(IReadOnlyDictionary<string, string> headers) =>
    [
        .. Names.Where(headers.ContainsKey).Select(name => (name, name == "signature"
            ? InboundQuery.Masked(headers[name])
            : headers[name])),
    ];
}

/// <summary>The query string of a call, for people to look at.</summary>
public static class InboundQuery
{
    /// <summary>Names whose values are never shown, in any spelling of upper and lower case.</summary>
    private static readonly FrozenSet<string> Secret = new[] { "sign", "signature", "signmsg", "key" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Name and value of each part, in the order they came; what cannot be decoded stays as it is.</summary>
    public static IReadOnlyList<(string Name, string Value)> Show(string query) =>
    [
        .. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Select(part =>
        {
            var name = Decoded(part[0]);
            var value = part.Length > 1 ? Decoded(part[1]) : "";
            return (name, Secret.Contains(name.Trim()) ? Masked(value) : value);
        }),
    ];

    /// <summary>Only how long a secret is.</summary>
    public static string Masked(string value) => value.Length == 0 ? "" : $"••• ({value.Length})";

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
