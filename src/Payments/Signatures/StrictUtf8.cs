using System.Text;

namespace MerchantPortal.Payments.Signatures;

/// <summary>UTF-8 in which no character is ever replaced: what cannot be read or written is a fault.</summary>
internal static class StrictUtf8
{
    /// <summary>The encoding; it throws at half a surrogate pair and at bytes that are no UTF-8.</summary>
    public static UTF8Encoding Encoding { get; } = new(false, throwOnInvalidBytes: true);

    /// <summary>Decodes bytes, a byte order mark among them; null when they are not UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
