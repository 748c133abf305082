using System.Numerics;
using System.Security.Cryptography;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Chance that is the same in every run: everything follows from a seed and a number.</summary>
internal sealed class Dice
{
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

    /// <summary>An RSA pair of 1024 bits, for tests that have to find the same keys again.</summary>
    public RSA RsaPair()
    {
        var exponent = new BigInteger(65537);
        var (p, q) = (Prime(), Prime());
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

    /// <summary>A prime of 512 bits, its two highest bits set, by Fermat's test to several bases.</summary>
    private BigInteger Prime()
    {
        while (true)
        {
            var bytes = Enumerable.Range(0, 8).SelectMany(_ => BitConverter.GetBytes(Next())).ToArray();
            bytes[0] |= 0xC0;
            bytes[^1] |= 1;
            var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
            if (number % 65537 != 1
                && Array.TrueForAll([2, 3, 5, 7, 11, 13], b => BigInteger.ModPow(b, number - 1, number).IsOne))
            {
                return number;
            }
        }
    }
}
