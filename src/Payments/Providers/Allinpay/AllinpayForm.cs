using System.Diagnostics.CodeAnalysis;
using System.Text;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// A form-encoded message, read strictly: every name once, every escape whole, UTF-8 only. Split on &amp; first, then
/// on the first =, then decoded, so that an escaped separator stays inside its value.
/// </summary>
internal sealed class AllinpayForm
{
    private const int MaxFields = 64;
    private const int MaxBytes = 64 * 1024;

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private readonly Dictionary<string, string> values = [];

    private AllinpayForm()
    {
    }

    /// <summary>Names in the order they came.</summary>
    public IEnumerable<string> Names => values.Keys;

    /// <summary>The value of a field; empty when it is not there.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>Reads a message; <paramref name="why"/> says what is wrong with one that is refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out AllinpayForm? form, out string why)
    {
        form = null;
        if (body.Length is 0 or > MaxBytes)
        {
            why = body.IsEmpty ? "The message is empty." : "The message is longer than 64 KB.";
            return false;
        }

        var read = new AllinpayForm();
        foreach (var part in body.Split((byte)'&'))
        {
            why = read.Add(body[part]);
            if (why.Length > 0)
            {
                return false;
            }
        }

        form = read;
        why = "";
        return true;
    }

    /// <summary>The body of a request: fields that are not empty, percent-encoded UTF-8.</summary>
    public static byte[] Write(IEnumerable<AllinpayField> fields) => Encoding.ASCII.GetBytes(string.Join('&',
        fields.Where(f => f.Value.Length > 0).Select(f => f.Name + "=" + Uri.EscapeDataString(f.Value))));

    private string Add(ReadOnlySpan<byte> part)
    {
        var cut = part.IndexOf((byte)'=');
        if (cut <= 0)
        {
            return "A field has no name or no value.";
        }

        if (Decode(part[..cut]) is not { Length: > 0 and <= 64 } name)
        {
            return "A field name cannot be decoded.";
        }

        // The document prints a blank before ERRORMSG.
        name = name.TrimStart(' ');
        if (Decode(part[(cut + 1)..], orGb18030: name == "ERRORMSG") is not { } value)
        {
            return "A value is not percent-encoded UTF-8.";
        }

        // Gateways send the Base64 of a signature unescaped at times; its + then arrives as a blank.
        value = name == "signMsg" ? value.Replace(' ', '+') : value;
        if (!values.TryAdd(name, value))
        {
            return "A field stands there twice.";
        }

        return values.Count > MaxFields ? "The message has more than 64 fields." : "";
    }

    private static string? Decode(ReadOnlySpan<byte> text, bool orGb18030 = false) =>
        PercentEncoding.Decode(text) is not { } bytes ? null
        : StrictUtf8.Decode(bytes) ?? (orGb18030 ? Gb18030.GetString(bytes) : null);
}
