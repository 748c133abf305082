using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>Times, money and JSON as this gateway writes and reads them.</summary>
static class MobileText
{
    const int MostBytes = 64 * 1024;
    static readonly TimeSpan China = TimeSpan.FromHours(8);
    static readonly SearchValues<char> Reserved = SearchValues.Create("\"&{}+\\\r\n");
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };
    static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static string Time(DateTimeOffset instant) => Format(instant, "yyyyMMddHHmmss");

    public static string Day(DateTimeOffset instant) => Format(instant, "yyyyMMdd");

    /// <summary>As the settlement files print times.</summary>
    public static string Spaced(DateTimeOffset instant) => Format(instant, "yyyyMMdd HH:mm:ss");

    public static DateTimeOffset? ParseTime(string text) => DateTime.TryParseExact(
        text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, China)
            : null;

    /// <summary>Yuan with at most two decimals, more than nothing, as fen.</summary>
    public static long? ParseMoney(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var (yuan, fen) = dot < 0 ? (text, "") : (text[..dot], text[(dot + 1)..]);
        if (!IsDigits(yuan) || yuan.Length > 9 || fen.Length > 2 || (dot >= 0 && !IsDigits(fen))) return null;
        var money = long.Parse(yuan + fen.PadRight(2, '0'), CultureInfo.InvariantCulture);
        return money > 0 ? money : null;
    }

    public static string Money(long fen) => string.Create(
        CultureInfo.InvariantCulture, $"{(fen < 0 ? "-" : "")}{Math.Abs(fen) / 100}.{Math.Abs(fen) % 100:D2}");

    public static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary>None of the characters that document 4.1 forbids in values.</summary>
    public static bool IsPlain(string text) => !text.AsSpan().ContainsAny(Reserved);

    /// <summary>Reads one flat JSON object; null for anything else.</summary>
    public static async Task<Dictionary<string, string>?> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > MostBytes) return null;
            body.Write(chunk, 0, read);
        }
        try
        {
            using var json = JsonDocument.Parse(StrictUtf8.GetString(body.ToArray()), Strict);
            return Flat(json.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The members of a flat object, numbers by their letters; null when it is nested or none.</summary>
    public static Dictionary<string, string>? Flat(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        var fields = new Dictionary<string, string>();
        foreach (var member in json.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) return null;
            fields[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => member.Value.GetRawText(),
            };
        }
        return fields;
    }

    static string Format(DateTimeOffset instant, string format) =>
        instant.ToOffset(China).ToString(format, CultureInfo.InvariantCulture);
}
