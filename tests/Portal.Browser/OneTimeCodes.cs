using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace MerchantPortal.Portal.Browser;

/// <summary>
/// An authenticator app, written for the tests from RFC 6238 and not from the portal's own code. The portal takes each
/// step once and one step to either side of now, so a second sign-in uses the next step, and waits until it may.
/// </summary>
public sealed class OneTimeCodes(string secret)
{
    private const int StepSeconds = 30;
    private readonly byte[] key = FromBase32(secret);
    private long last;

    /// <summary>The step of the last code that was given; 0 before the first.</summary>
    public long LastStep => last;

    /// <summary>A code that was not used before.</summary>
    public async Task<string> NextAsync()
    {
        last = Math.Max(Now(), last + 1);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (last > Now() + 1)
        {
            await look.WaitForNextTickAsync();
        }

        return Code(last);
    }

    /// <summary>A code of six digits that fits no step near now.</summary>
    public string Wrong()
    {
        var right = Enumerable.Range(-2, 5).Select(step => Code(Now() + step)).ToHashSet();
        return Enumerable.Range(0, 10).Select(i => $"{i}00000").First(code => !right.Contains(code));
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;

    private string Code(long step)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(key, counter);
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[19] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(letter =>
            letters.IndexOf(letter, StringComparison.Ordinal).ToString("b5", CultureInfo.InvariantCulture)));
        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8)
            .Select(chunk => Convert.ToByte(new string(chunk), 2))];
    }
}
