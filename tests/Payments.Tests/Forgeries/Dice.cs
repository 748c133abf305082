using System.Numerics;
using System.Security.Cryptography;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Chance that is the same in every run: everything follows from a seed and a number.</summary>
internal sealed class Dice
{
    /// <summary>Numbers under the seed 512 whose first 512 bits, made odd and high, are a prime.</summary>
    private static readonly ulong[] Primes =
    [
        160, 515, 807, 942, 1015, 1171, 1636, 1764, 1861, 2291, 2442, 2865, 3013, 3025, 3240, 3304, 3562, 3597, 3647,
        3650, 3856, 3969,
    ];

    private ulong state;

    public Dice(ulong seed, ulong number)
    {
        state = seed * 0x9E3779B97F4A7C15UL;
        Next();
        state ^= number * 0xD1B54A32D192ED03UL;
        Next();
    }

    /// <summary>64 bits, by splitmix64.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15UL;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A whole number from 0 to just below the end.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public T Of<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>One of eleven RSA pairs of 1024 bits, for tests that have to find the same keys again.</summary>
    public static RSA RsaPair(int number)
    {
        var exponent = new BigInteger(65537);
        var (p, q) = (Prime(Primes[2 * number]), Prime(Primes[(2 * number) + 1]));
        var phi = (p - 1) * (q - 1);
        var factor = exponent - BigInteger.ModPow(phi % exponent, exponent - 2, exponent);
        var d = (BigInteger.One + (factor * phi)) / exponent;
        return RSA.Create(new RSAParameters
        {
            Modulus = Bytes(p * q, 128),
            Exponent = Bytes(exponent, 3),
            D = Bytes(d, 128),
            P = Bytes(p, 64),
            Q = Bytes(q, 64),
            DP = Bytes(d % (p - 1), 64),
            DQ = Bytes(d % (q - 1), 64),
            InverseQ = Bytes(BigInteger.ModPow(q, p - 2, p), 64),
        });
    }

    private static byte[] Bytes(BigInteger number, int length)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }

    private static BigInteger Prime(ulong number)
    {
        var dice = new Dice(512, number);
        var bytes = Enumerable.Range(0, 8).SelectMany(_ => BitConverter.GetBytes(dice.Next())).ToArray();
        bytes[0] |= 0xC0;
        bytes[^1] |= 1;
        return new(bytes, isUnsigned: true, isBigEndian: true);
    }
}
