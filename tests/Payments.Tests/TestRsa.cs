using System.Numerics;
using System.Security.Cryptography;

namespace MerchantPortal.Payments.Tests;

/// <summary>RSA keys of 1024 bits, the same in every run, so that a failing case can be replayed.</summary>
internal static class TestRsa
{
    /// <summary>Numbers under the seed 512 whose first 512 bits, made odd and high, are a prime.</summary>
    private static readonly ulong[] Primes =
    [
        160, 515, 807, 942, 1015, 1171, 1636, 1764, 1861, 2291, 2442, 2865, 3013, 3025, 3240, 3304, 3562, 3597, 3647,
        3650, 3856, 3969,
    ];

    /// <summary>The provider's key pair, its answers are signed with it.</summary>
    public static RSA Provider { get; } = Pair(0);

    /// <summary>The merchant's key pair.</summary>
    public static RSA Merchant { get; } = Pair(1);

    /// <summary>A key pair that nobody knows.</summary>
    public static RSA Stranger { get; } = Pair(2);

    public static string Sign(RSA key, byte[] text, HashAlgorithmName hash) =>
        Convert.ToBase64String(key.SignData(text, hash, RSASignaturePadding.Pkcs1));

    /// <summary>One of eleven pairs.</summary>
    public static RSA Pair(int number)
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
