using System.Security.Cryptography;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Tests.Signatures;

/// <summary>A signature has one spelling; whatever else decodes to the same bytes is not it.</summary>
public sealed class SignatureSpellingTests : IDisposable
{
    private const string Text = "merchantId=1&orderNo=2";
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private readonly List<IDisposable> opened = [];

    public void Dispose() => opened.ForEach(one => one.Dispose());

    /// <summary>128, 192 and 256 bytes: with padding, without, and with the other padding.</summary>
    [Theory]
    [InlineData(1024)]
    [InlineData(1536)]
    [InlineData(2048)]
    public void Only_the_canonical_base64_of_a_signature_is_taken(int bits)
    {
        var (ours, signature) = Sign(bits);
        SignatureAlgorithm.RsaSha1.Verify(Text, signature, ours).ShouldBeTrue();

        var others = Others(signature).ToList();
        others.Count.ShouldBeGreaterThan(3);
        others.ShouldAllBe(other => !SignatureAlgorithm.RsaSha1.Verify(Text, other, ours));
    }

    private static IEnumerable<string> Others(string signature)
    {
        yield return signature + "\n";
        yield return " " + signature;
        yield return signature[..64] + "\r\n" + signature[64..];
        yield return signature.TrimEnd('=') + "====";
        yield return signature.Replace('+', '-').Replace('/', '_') + "=";
        var last = signature.TrimEnd('=').Length - 1;
        var sign = Alphabet.IndexOf(signature[last], StringComparison.Ordinal);
        for (var bit = 1; bit < 16; bit++)
        {
            yield return signature[..last] + Alphabet[sign ^ bit] + signature[(last + 1)..];
        }
    }

    private (SignatureKey Key, string Signature) Sign(int bits)
    {
        using var pair = RSA.Create(bits);
        SignatureKey.TryReadPrivate(pair.ExportPkcs8PrivateKey(), out var key, out var why).ShouldBeTrue(why);
        opened.Add(key!);
        return (key!, SignatureAlgorithm.RsaSha1.Sign(Text, key!));
    }
}
