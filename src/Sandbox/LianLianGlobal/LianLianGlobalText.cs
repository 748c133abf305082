using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>Times and amounts as the document writes them.</summary>
static class LianLianGlobalText
{
    static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static string Amount(long minor) =>
        string.Create(CultureInfo.InvariantCulture, $"{minor / 100}.{minor % 100:D2}");

    /// <summary>Positive, with two decimals and at most 15 characters; null for anything else.</summary>
    public static long? ParseAmount(string? text)
    {
        if (text is not { Length: >= 4 and <= 15 } || text[^3] != '.') return null;
        var digits = text.Remove(text.Length - 3, 1);
        var isNumber = digits.All(char.IsAsciiDigit) && (text[0] != '0' || text.Length == 4);
        return isNumber && long.Parse(digits, CultureInfo.InvariantCulture) is > 0 and var minor ? minor : null;
    }

    public static string Time(DateTimeOffset time) =>
        time.ToOffset(China).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>
    /// The header timestamp: 14 digits in the zone of the header timezone (China's when there is none), or milliseconds
    /// since 1970; null for anything else.
    /// </summary>
    public static DateTimeOffset? ParseTimestamp(string text, string zone)
    {
        if (text.Length == 13 && text.All(char.IsAsciiDigit))
            return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture));
        if (!DateTime.TryParseExact(
            text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        if (zone.Length == 0) return new DateTimeOffset(local, China);
        var isFixed = zone.StartsWith("GMT", StringComparison.Ordinal)
            && int.TryParse(zone.AsSpan(3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hours)
            && Math.Abs(hours) <= 14;
        if (isFixed)
            return new DateTimeOffset(
                local, TimeSpan.FromHours(int.Parse(zone.AsSpan(3), CultureInfo.InvariantCulture)));
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? new DateTimeOffset(local, found.GetUtcOffset(local))
            : null;
    }

    /// <summary>A text member, or null when it is missing, empty, of another kind or too long.</summary>
    public static string? Member(JsonElement body, string name, int longest) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
        && text.Length <= longest
            ? text
            : null;

    public static bool Has(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A JSON object of the members that have a value.</summary>
    public static JsonObject Object(params (string Name, JsonNode? Value)[] members) =>
        new(members.Where(member => member.Value is not null)
            .Select(member => KeyValuePair.Create(member.Name, member.Value)));
}
