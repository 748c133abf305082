using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MerchantPortal.Payments.Signatures;

/// <summary>
/// What a field may hold. Nothing in the signing texts is escaped, so a value that could be read as the start of
/// another field is never signed and never believed.
/// </summary>
public enum FieldShape
{
    /// <summary>No &amp;, =, CR, LF or NUL, and nothing of the provider's own list.</summary>
    Plain,

    /// <summary>An absolute http or https address, printable ASCII; &amp; and = only after the question mark.</summary>
    Url,

    /// <summary>One JSON object or array that we wrote ourselves (risk_item, biz_content).</summary>
    Json,

    /// <summary>Standard Base64 with padding.</summary>
    Base64,
}

/// <summary>Tells whether a value keeps to its shape.</summary>
public static class FieldShapes
{
    private static readonly SearchValues<char> NeverInAddress = SearchValues.Create("\"\\{}<>#");

    /// <summary>Whether the value fits; the empty value fits every shape.</summary>
    /// <param name="shape">The declared shape.</param>
    /// <param name="value">The value, unescaped.</param>
    /// <param name="alsoReserved">More characters that the provider forbids in plain fields.</param>
    public static bool Fits(this FieldShape shape, string value, string alsoReserved = "") =>
        value.Length == 0 || (IsWellFormed(value) && shape switch
        {
            FieldShape.Plain => !value.AsSpan().ContainsAny("&=\r\n\0") && !value.AsSpan().ContainsAny(alsoReserved),
            FieldShape.Url => IsAddress(value),
            FieldShape.Json => StrictJson.TryParse(value, out var json, out _) && Closed(json),
            FieldShape.Base64 => !value.AsSpan().ContainsAny(" \t\r\n") && System.Buffers.Text.Base64.IsValid(value),
            _ => false,
        });

    private static bool Closed(JsonDocument json)
    {
        using (json)
        {
            return json.RootElement.ValueKind
                is JsonValueKind.Object or JsonValueKind.Array;
        }
    }

    private static bool IsAddress(string value)
    {
        var question = value.IndexOf('?', StringComparison.Ordinal);
        var place = question < 0 ? value : value[..question];
        return !value.AsSpan().ContainsAnyExceptInRange('!', '~')
            && !value.AsSpan().ContainsAny(NeverInAddress)
            && !place.AsSpan().ContainsAny("&=")
            && Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https";
    }

    /// <summary>No half of a surrogate pair, which no UTF-8 can say.</summary>
    private static bool IsWellFormed(string value)
    {
        var first = value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (var rest = first < 0 ? [] : value.AsSpan(first); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }
}
