using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>Times, amounts and JSON as this gateway writes and reads them.</summary>
static class BgcPayText
{
    public const string JsonType = "application/json;charset=UTF-8";
    const string TimeFormat = "yyyy-MM-dd HH:mm:ss";
    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Time(DateTimeOffset instant, BgcPayApp app) => instant
        .ToOffset(TimeSpan.FromHours(app.UtcOffset)).ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static bool IsTime(string text) => DateTime.TryParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Hundredths with two decimals.</summary>
    public static string Amount(long hundredths) =>
        string.Create(CultureInfo.InvariantCulture, $"{hundredths / 100}.{hundredths % 100:D2}");

    /// <summary>Reads digits with at most two decimals as hundredths; null for anything else.</summary>
    public static long? ParseAmount(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (whole, part) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
        var isAmount = whole.Length is > 0 and <= 14 && part.Length <= 2 && (point < 0 || part.Length > 0)
            && whole.All(char.IsAsciiDigit) && part.All(char.IsAsciiDigit);
        return isAmount ? long.Parse(whole + part.PadRight(2, '0'), CultureInfo.InvariantCulture) : null;
    }

    /// <summary>An answer in the application's shape, signed as it wants or as a fault bends it.</summary>
    public static string Write(BgcPayAnswer answer, string wrapper, BgcPayApp? app, AnswerShape shape)
    {
        var members = shape.WrongCharset
            ? [.. answer.Members, ("remark", AnswerShape.ForeignText)]
            : answer.Members;
        var inner = Json(members);
        if (app?.Answers == BgcPayApp.Bare)
        {
            var source = BgcPaySigning.Source(members.Select(member => (member.Name, member.Value ?? "")));
            return Signature(source, app, shape) is { } bareSign ? Json([.. members, ("sign", bareSign)]) : inner;
        }
        // The signature is over the inner object's own letters.
        var tail = Signature(inner, app, shape) is { } sign ? $",\"sign\":\"{sign}\"" : "";
        return $"{{\"{wrapper}\":{inner}{tail}}}";
    }

    /// <summary>A notification: the common parameters behind the address, the others as a multipart form.</summary>
    public static string Multipart(IEnumerable<(string Name, string Value)> fields, string boundary)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            text.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"").Append(name)
                .Append("\"\r\n\r\n").Append(value).Append("\r\n");
        }
        return text.Append("--").Append(boundary).Append("--\r\n").ToString();
    }

    static string? Signature(string text, BgcPayApp? app, AnswerShape shape) =>
        app is null || app.Unsigned || app.Md5Key.Length == 0 ? null : BgcPaySigning.Of(text, app, shape.Signature);

    static string Json(IEnumerable<(string Name, string? Value)> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members) writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
