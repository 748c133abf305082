using System.Globalization;
using System.Text;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>Times, numbers and forms as this gateway writes and reads them.</summary>
static class AllinpayText
{
    const string TimeFormat = "yyyyMMddHHmmss";
    static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static string Time(DateTimeOffset instant) =>
        instant.ToOffset(China).ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(China).DateTime);

    public static DateTimeOffset? ParseTime(string text) => Parse(text, TimeFormat);

    /// <summary>A time to the hour, yyyyMMddHH.</summary>
    public static DateTimeOffset? ParseHour(string text) => Parse(text, "yyyyMMddHH");

    public static bool IsOrderNo(string text) => text.Length is > 0 and <= 50
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    public static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary>A positive amount of at most ten digits.</summary>
    public static long? ParseAmount(string text) =>
        IsDigits(text) && text.Length <= 10 && long.Parse(text, CultureInfo.InvariantCulture) is var amount and > 0
            ? amount
            : null;

    /// <summary>Reads a body of <c>name=value</c> pairs; null when a name comes twice.</summary>
    public static Dictionary<string, string>? Single(IFormCollection form) =>
        form.All(field => field.Value.Count == 1)
            ? form.ToDictionary(field => field.Key, field => $"{field.Value}")
            : null;

    /// <summary>Non-empty fields and the signature as form text, percent-encoded in the shape's charset.</summary>
    public static string Form(
        IEnumerable<(string Name, string Value)> fields, string? signMsg, AnswerShape shape, bool escapeSignMsg = true)
    {
        var pairs = fields.Where(field => field.Value.Length > 0)
            .Select(field => $"{field.Name}={Escape(field.Value, shape.Charset)}").ToList();
        if (signMsg is not null)
            pairs.Add($"signMsg={(escapeSignMsg ? Escape(signMsg, shape.Charset) : signMsg)}");
        if (shape.WrongCharset) pairs.Add($"retMsg={AnswerShape.ForeignText}");
        return string.Join('&', pairs);
    }

    static string Escape(string value, Encoding charset)
    {
        var escaped = new StringBuilder();
        foreach (var octet in charset.GetBytes(value))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'*')
                escaped.Append((char)octet);
            else if (octet == ' ') escaped.Append('+');
            else escaped.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        return escaped.ToString();
    }

    static DateTimeOffset? Parse(string text, string format) =>
        IsDigits(text) && DateTime.TryParseExact(
            text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, China)
            : null;
}
