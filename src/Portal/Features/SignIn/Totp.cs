using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>
/// Time-based one-time codes (RFC 6238: SHA-1, six digits, 30 seconds). The framework's own provider accepts five
/// codes at a time and the same one again; here it is one step to either side, and each step once.
/// </summary>
public static class Totp
{
    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step whose code was typed, or null when none of the three allowed fits.</summary>
    public static long? Match(ReadOnlySpan<byte> seed, string code, DateTimeOffset now)
    {
        if (code.Length != 6 || !code.All(char.IsAsciiDigit))
        {
            return null;
        }

        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            // All three are computed whatever fits, so that time tells nothing.
            if (CryptographicOperations.FixedTimeEquals(Ascii(Code(seed, step)), Ascii(code)))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>The code of a step.</summary>
    public static string Code(ReadOnlySpan<byte> seed, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        HMACSHA1.HashData(seed, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The step of an instant.</summary>
    public static long Step(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>A seed as authenticator apps take it.</summary>
    public static string ToBase32(ReadOnlySpan<byte> seed)
    {
        var text = new System.Text.StringBuilder();
        int bits = 0, value = 0;
        foreach (var part in seed)
        {
            value = (value << 8) | part;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Base32[(value >> (bits - 5)) & 31]);
            }

            value &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(Base32[(value << (5 - bits)) & 31]).ToString() : text.ToString();
    }

    /// <summary>The bytes of a seed in Base32, as printed by <see cref="ToBase32"/>.</summary>
    public static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        int bits = 0, value = 0;
        foreach (var letter in text)
        {
            value = (value << 5) | Base32.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(value >> bits));
                value &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
