using System.Globalization;
using System.Text;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>
/// A way to write a message down, with a reader of its own: what the reader calls the same message is the same signed
/// fields, however they are spelled.
/// </summary>
internal abstract class Wire
{
    protected static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public abstract Letter Write(Draft draft);

    /// <summary>The text that is signed.</summary>
    public abstract string Text(IReadOnlyList<Field> fields);

    /// <summary>Reads a letter; null for what is not strictly of this wire.</summary>
    public abstract IReadOnlyList<Field>? Read(Letter letter);

    /// <summary>The fields in the order in which they are signed.</summary>
    public virtual IReadOnlyList<Field> Signed(IReadOnlyList<Field> fields) => fields;

    /// <summary>Spellings of one character: of itself, and of what is not itself.</summary>
    public virtual IReadOnlyList<string> Spellings(char c) => Raw(c);

    /// <summary>Equal for messages of the same fields; empty ones do not count.</summary>
    public static string? Canonical(IReadOnlyList<Field>? fields) => fields is null ? null : string.Join(
        '\u0001', fields.Where(field => field.Value.Length > 0).Select(field => $"{field.Name}\u0002{field.Value}")
            .Order(StringComparer.Ordinal));

    /// <summary>
    /// The signature as a field of what is carried. The case of 32 hex digits, line ends in Base64 and a + that became
    /// a blank on the way are no other signature; every other spelling is.
    /// </summary>
    protected static Field Seal(string told)
    {
        var seal = told.ReplaceLineEndings("").Replace(' ', '+');
        return new("\u0003", seal.Length == 32 ? seal.ToUpperInvariant() : seal);
    }

    protected static string Join(IEnumerable<Field> fields) =>
        string.Join('&', fields.Where(f => f.Value.Length > 0).Select(f => $"{f.Name}={f.Value}"));

    /// <summary>Bytes, as Latin-1, that a lax reader takes for it: overlong, full-width, look-alikes.</summary>
    protected static IReadOnlyList<string> Raw(char c)
    {
        var n = (int)c;
        return c > '~' ? ["?", "\u00EF\u00BF\u00BD"] :
        [
            $"{(char)(0xC0 | (n >> 6))}{(char)(0x80 | (n & 0x3F))}",
            $"\u00E0{(char)(0x80 | (n >> 6))}{(char)(0x80 | (n & 0x3F))}",
            $"\u00EF{(char)(0xBC + (n >= 0x60 ? 1 : 0))}{(char)(0x80 + ((n - 0x20) & 0x3F))}",
            $"{(char)(n | 0x80)}",
            $"{c}\u0000",
            $"{c}\u00E2\u0080\u008B",
        ];
    }

    protected static string Percent(string latin) =>
        string.Concat(latin.Select(c => $"%{((int)c).ToString("X2", CultureInfo.InvariantCulture)}"));

    protected static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
