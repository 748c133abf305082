using System.Diagnostics.CodeAnalysis;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// An answer made of lines with | between the fields, and a signature after them (sections 3.4 and 3.8). Base64 has
/// no |, so a line without one begins the signature, which may be folded.
/// </summary>
internal sealed record AllinpayLines(IReadOnlyList<string> Rows, string Signature)
{
    /// <summary>
    /// A row as it may be shown: the fields as far as they are as short as the document has them, all else by length.
    /// A signature that lost the line end between itself and a row makes the field beside it too long.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="longest">How long each field may be; 0 for one that is never shown.</param>
    public static string Show(string row, params ReadOnlySpan<int> longest)
    {
        var fields = row.Split('|');
        if (fields.Length != longest.Length)
        {
            return $"({row.Length} characters)";
        }

        for (var place = 0; place < fields.Length; place++)
        {
            var field = fields[place];
            fields[place] = field.Length == 0 || (field.Length <= longest[place] && FieldShape.Plain.Fits(field))
                ? field
                : $"({field.Length} characters)";
        }

        return string.Join('|', fields);
    }

    /// <summary>Reads strict UTF-8; false when it is none, has no rows, or has a row behind the signature.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out AllinpayLines? lines)
    {
        lines = null;
        if (StrictUtf8.Decode(body) is not { } text)
        {
            return false;
        }

        var all = text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Trim().Length > 0).ToArray();
        var rows = all.TakeWhile(line => line.Contains('|')).ToArray();
        var rest = all[rows.Length..];
        if (rows.Length == 0 || Array.Exists(rest, line => line.Contains('|'))
            || Array.Exists(rows, row => row.ContainsAny('\r', '\0')))
        {
            return false;
        }

        lines = new(rows, string.Concat(rest.Select(line => line.Trim())));
        return true;
    }
}
