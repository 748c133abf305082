using System.Numerics;
using System.Security.Cryptography;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>RSA keys of 1024 bits, the same in every run, so that a failing case can be replayed.</summary>
internal static class TestRsa
{
    private static readonly Lazy<RSA>[] Keys =
        [.. Enumerable.Range(0, 3).Select(number => new Lazy<RSA>(() => Make((uint)number + 1)))];

    /// <summary>The provider's key pair, its answers are signed with it.</summary>
    public static RSA Provider => Keys[0].Value;

    /// <summary>The merchant's key pair.</summary>
    public static RSA Merchant => Keys[1].Value;

    /// <summary>A key pair that nobody knows.</summary>
    public static RSA Stranger => Keys[2].Value;

    public static string Sign(RSA key, byte[] text, HashAlgorithmName hash) =>
        Convert.ToBase64String(key.SignData(text, hash, RSASignaturePadding.Pkcs1));

    private static RSA Make(uint number)
    {
        var random = new Rng(number, 1024);
        var e = new BigInteger(65537);
        while (true)
        {
            var (p, q) = (Prime(random), Prime(random));
            var phi = (p - 1) * (q - 1);
            if (p == q || BigInteger.GreatestCommonDivisor(e, phi) != 1)
            {
                continue;
            }

            var d = Inverse(e, phi);
            return RSA.Create(new RSAParameters
            {
                Modulus = Bytes(p * q, 128),
                Exponent = [1, 0, 1],
                D = Bytes(d, 128),
                P = Bytes(p, 64),
                Q = Bytes(q, 64),
                DP = Bytes(d % (p - 1), 64),
                DQ = Bytes(d % (q - 1), 64),
                InverseQ = Bytes(Inverse(q, p), 64),
            });
        }
    }

    private static BigInteger Prime(Rng random)
    {
        var bytes = new byte[64];
        random.Fill(bytes);
        bytes[0] |= 0xC0;
        bytes[63] |= 1;
        var candidate = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        while (!IsPrime(candidate))
        {
            candidate += 2;
        }

        return candidate;
    }

    private static bool IsPrime(BigInteger candidate)
    {
        for (var small = 3; small < 2000; small += 2)
        {
            if (candidate % small == 0)
            {
                return false;
            }
        }

        foreach (var witness in (int[])[2, 3, 5, 7, 11])
        {
            if (BigInteger.ModPow(witness, candidate - 1, candidate) != 1)
            {
                return false;
            }
        }

        return true;
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (r, next, x, y) = (modulus, value % modulus, BigInteger.Zero, BigInteger.One);
        while (next != 0)
        {
            var quotient = r / next;
            (r, next) = (next, r - (quotient * next));
            (x, y) = (y, x - (quotient * y));
        }

        return x < 0 ? x + modulus : x;
    }

    private static byte[] Bytes(BigInteger value, int length)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }
}
