namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>A small generator (xorshift over splitmix): the same numbers from the same seed on every machine.</summary>
public sealed class Rng
{
    private ulong state;

    public Rng(long seed, long number)
    {
        state = Mix(unchecked((ulong)seed * 0x9E3779B97F4A7C15UL) ^ Mix((ulong)number + 1));
        state = state == 0 ? 1 : state;
    }

    public ulong Next()
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    }

    /// <summary>A number from 0 up to and without the end.</summary>
    public int Below(int end) => (int)((Next() >> 11) % (ulong)end);

    public bool Chance(int oneIn) => Below(oneIn) == 0;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    public void Fill(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(Next() >> 24);
        }
    }

    public string Digits(int length)
    {
        Span<char> digits = stackalloc char[length];
        for (var i = 0; i < length; i++)
        {
            digits[i] = (char)('0' + Below(10));
        }

        return new(digits);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
