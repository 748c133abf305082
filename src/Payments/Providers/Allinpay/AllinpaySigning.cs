using System.Security.Cryptography;
using System.Text;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>One field of a message, in the place where it is signed.</summary>
/// <param name="Name">Name as the document spells it.</param>
/// <param name="Value">Raw value, not URL-encoded; empty fields are left out of text and body.</param>
internal readonly record struct AllinpayField(string Name, string Value);

/// <summary>
/// The texts that are signed and the MD5 over them (section 5). Nothing in the text is escaped, so a value that
/// could be read as the start of another field is refused instead of signed.
/// </summary>
internal static class AllinpaySigning
{
    /// <summary>Plain shape: nothing that separates fields or lines.</summary>
    public static bool IsPlain(ReadOnlySpan<char> value) => !value.ContainsAny("&=\r\n\0");

    /// <summary>The text to sign: non-empty fields in the interface's order, joined with &amp;.</summary>
    /// <exception cref="ArgumentException">A value is outside the plain shape.</exception>
    public static string Source(IEnumerable<AllinpayField> fields)
    {
        var source = new StringBuilder(256);
        foreach (var (name, value) in fields)
        {
            if (!IsPlain(value))
            {
                throw new ArgumentException($"{name} has a character that separates fields.", nameof(fields));
            }

            if (value.Length > 0)
            {
                source.Append(source.Length > 0 ? "&" : "").Append(name).Append('=').Append(value);
            }
        }

        return source.ToString();
    }

    /// <summary>signMsg of a form: MD5 over text, "&amp;key=" and key, upper-case hex (section 5.2).</summary>
    public static string SignForm(string source, SecretBytes key) => Convert.ToHexString(FormDigest(source, key));

    /// <summary>The sixteen bytes behind a form's signMsg.</summary>
    public static byte[] FormDigest(string source, SecretBytes key) => Digest(source, "&key="u8, key);

    /// <summary>The sixteen bytes behind the signature of a refund query's answer: text, "|" and key.</summary>
    public static byte[] LinesDigest(string text, SecretBytes key) => Digest(text, "|"u8, key);

    /// <summary>MD5 of a text without any key, upper-case hex: what RSA signs in answers made of lines.</summary>
    public static string DigestText(string text) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Digest(string text, ReadOnlySpan<byte> glue, SecretBytes key)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(Encoding.UTF8.GetBytes(text));
        md5.AppendData(glue);
        md5.AppendData(key.Span);
        return md5.GetHashAndReset();
    }
}
