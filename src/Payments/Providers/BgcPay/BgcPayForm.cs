using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// The fields of a notification: common parameters from the query, business fields from a multipart or url-encoded
/// body. Read strictly: every name once over both places, UTF-8 only, no files, nothing before the first boundary and
/// nothing behind the last.
/// </summary>
internal sealed class BgcPayForm
{
    public const int MaxBytes = 64 * 1024;
    private const int MaxFields = 64;
    private const int MaxName = 64;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private BgcPayForm()
    {
    }

    /// <summary>Names in the order they came.</summary>
    public IEnumerable<string> Names => values.Keys;

    /// <summary>The value of a field; empty when it is not there.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>Reads a message; <paramref name="why"/> says what is wrong with one that is refused.</summary>
    public static bool TryRead(
        string query, ReadOnlySpan<byte> body, string contentType, [NotNullWhen(true)] out BgcPayForm? form,
        out string why)
    {
        var read = new BgcPayForm();
        why = body.Length > MaxBytes || query.Length > MaxBytes ? "The message is longer than 64 KB."
            : read.AddEncoded(Encoding.UTF8.GetBytes(query)) is { Length: > 0 } inQuery ? inQuery
            : read.AddBody(body, contentType);
        form = why.Length == 0 ? read : null;
        return form is not null;
    }

    /// <summary>A body with one field, and the boundary that separates it.</summary>
    public static (byte[] Body, string ContentType) Write(string name, string value, string boundary) => (
        Encoding.UTF8.GetBytes(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n--{boundary}--\r\n"),
        $"multipart/form-data; boundary={boundary}");

    /// <summary>The members as one JSON object, as signing reads them.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(values);

    private string AddBody(ReadOnlySpan<byte> body, string contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            return "The message has no readable content type.";
        }

        if (type.CharSet is { } charset && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return "The message is in another charset than UTF-8.";
        }

        if (string.Equals(type.MediaType, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return AddEncoded(body);
        }

        if (!string.Equals(type.MediaType, "multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return "The message is neither a multipart nor a url-encoded form.";
        }

        var boundaries = type.Parameters
            .Where(part => part.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase)).ToArray();
        var parts = BgcPayMultipart.Read(body, boundaries is [{ Value: { } told }] ? told : "", out var why);
        foreach (var (name, value) in parts ?? [])
        {
            if (Add(name, value) is { Length: > 0 } problem)
            {
                return problem;
            }
        }

        return why;
    }

    private string AddEncoded(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        foreach (var range in text.Split((byte)'&'))
        {
            var part = text[range];
            var cut = part.IndexOf((byte)'=');
            if (cut <= 0 || Decode(part[..cut]) is not { } name || Decode(part[(cut + 1)..]) is not { } value)
            {
                return "A field has no name or is not percent-encoded UTF-8.";
            }

            if (Add(name, value) is { Length: > 0 } problem)
            {
                return problem;
            }
        }

        return "";
    }

    private string Add(string name, string value) =>
        name.Length is 0 or > MaxName ? "A field's name is empty or too long."
        : !values.TryAdd(name, value) ? "A field stands there twice."
        : values.Count > MaxFields ? "The message has more than 64 fields."
        : "";

    private static string? Decode(ReadOnlySpan<byte> text) =>
        PercentEncoding.Decode(text) is { } bytes ? StrictJson.Decode(bytes) : null;
}
