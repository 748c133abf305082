using System.Globalization;

namespace MerchantPortal.Payments.Providers;

/// <summary>The escapes of a url-encoded form.</summary>
internal static class PercentEncoding
{
    /// <summary>The bytes that a name or value stands for, + being a blank; null when an escape is not whole.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes[length++] = text[i] == '+' ? (byte)' ' : text[i];
                continue;
            }

            if (i + 2 >= text.Length || !byte.TryParse(
                text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                return null;
            }

            bytes[length++] = escaped;
            i += 2;
        }

        return bytes[..length];
    }
}
