using System.Buffers;
using System.Net.Http.Headers;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// Reads a multipart/form-data body of plain fields (RFC 7578), strictly: the body begins with the boundary and ends
/// with the closing one, every part is a named field without a file, every value is UTF-8.
/// </summary>
internal static class BgcPayMultipart
{
    private const int MaxHeaderBytes = 1024;
    private const int MaxParts = 64;

    private static readonly SearchValues<char> BoundaryChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'()+_,-./:=? ");

    /// <summary>The fields in their order, or null and the reason.</summary>
    public static IReadOnlyList<(string Name, string Value)>? Read(
        ReadOnlySpan<byte> body, string boundary, out string why)
    {
        boundary = boundary is ['"', .. var quoted, '"'] ? quoted : boundary;
        if (boundary.Length is 0 or > 70 || boundary.EndsWith(' ')
            || boundary.AsSpan().ContainsAnyExcept(BoundaryChars))
        {
            why = "The form has no usable boundary.";
            return null;
        }

        var mark = System.Text.Encoding.ASCII.GetBytes("\r\n--" + boundary);
        if (!body.StartsWith(mark.AsSpan(2)))
        {
            why = "The form does not begin with its boundary.";
            return null;
        }

        List<(string Name, string Value)> fields = [];
        for (var rest = body[(mark.Length - 2)..]; ;)
        {
            if (rest.SequenceEqual("--"u8) || rest.SequenceEqual("--\r\n"u8))
            {
                why = fields.Count == 0 ? "The form has no field." : "";
                return fields.Count == 0 ? null : fields;
            }

            if (fields.Count == MaxParts || !rest.StartsWith("\r\n"u8))
            {
                why = fields.Count == MaxParts
                    ? "The form has more than 64 parts."
                    : "A boundary of the form is broken.";
                return null;
            }

            var part = rest[2..];
            var end = part.IndexOf(mark);
            if (end < 0)
            {
                why = "The form ends before its closing boundary.";
                return null;
            }

            if (ReadPart(part[..end], out why) is not { } field)
            {
                return null;
            }

            fields.Add(field);
            rest = part[(end + mark.Length)..];
        }
    }

    private static (string Name, string Value)? ReadPart(ReadOnlySpan<byte> part, out string why)
    {
        var cut = part.IndexOf("\r\n\r\n"u8);
        if (cut is < 0 or > MaxHeaderBytes || StrictJson.Decode(part[..cut]) is not { } headers)
        {
            why = "A part of the form has no readable headers.";
            return null;
        }

        string? name = null;
        var typed = false;
        foreach (var line in headers.Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var header = colon < 0 ? "" : line[..colon];
            var told = colon < 0 ? "" : line[(colon + 1)..].Trim(' ');
            var isName = header.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase) && name is null;
            var isType = header.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && !typed;
            name = isName ? FieldName(told) : name;
            typed |= isType;
            if (isName ? name is null : !isType || !IsPlainText(told))
            {
                why = "A part of the form is not a plain field.";
                return null;
            }
        }

        var value = StrictJson.Decode(part[(cut + 4)..]);
        why = name is null ? "A part of the form is not a plain field."
            : value is null ? "A value of the form is not UTF-8."
            : "";
        return why.Length == 0 ? (name!, value!) : null;
    }

    /// <summary>The name of a field without a file name; null for anything else.</summary>
    private static string? FieldName(string disposition) =>
        ContentDispositionHeaderValue.TryParse(disposition, out var told)
        && told.DispositionType == "form-data" && told.Parameters.ToArray() is [{ Name: "name", Value: { } name }]
        && name is ['"', .. { Length: > 0 } plain, '"'] && !plain.AsSpan().ContainsAny("\"\\")
            ? plain
            : null;

    private static bool IsPlainText(string told) => MediaTypeHeaderValue.TryParse(told, out var type)
        && string.Equals(type.MediaType, "text/plain", StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null
            || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
