using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>Key files and the texts of signatures.</summary>
internal sealed class KeyParsers : ParserGroup
{
    private static readonly SignatureAlgorithm[] Algorithms =
    [
        SignatureAlgorithm.Md5AmpKeyLower, SignatureAlgorithm.Md5AmpKeyUpper, SignatureAlgorithm.Md5PipeKeyUpper,
        SignatureAlgorithm.Md5RawAppendLower, SignatureAlgorithm.Md5RawAppendUpper, SignatureAlgorithm.Md5PlainUpper,
        SignatureAlgorithm.RsaSha1, SignatureAlgorithm.RsaMd5, SignatureAlgorithm.RsaSha1OverMd5Hex,
    ];

    private readonly SignatureKey rsaKey;
    private readonly SignatureKey secret;

    public KeyParsers()
    {
        using var rsa = RSA.Create(1024);
        SignatureKey.TryReadPrivate(rsa.ExportPkcs8PrivateKey(), out var key, out _).ShouldBeTrue();
        SignatureKey.TryReadShared("1234567890"u8, out var shared, out _).ShouldBeTrue();
        rsaKey = Own(key!);
        secret = Own(shared!);
        Parsers =
        [
            new("key-private", Privates(rsa), input => Open(SignatureKey.TryReadPrivate(input, out var k, out _), k)),
            new("key-public", Publics(rsa), input => Open(SignatureKey.TryReadPublic(input, out var k, out _), k)),
            new("key-shared", ["1234567890\r\n", "a"], OpenShared),
            new("signature-text", [.. Algorithms.Select(one => one.Sign("a=1", For(one)))], Verify),
        ];
    }

    public override IReadOnlyList<Parser> Parsers { get; }

    public override int Share => 2;

    private static byte[][] Privates(RSA rsa) =>
    [
        rsa.ExportPkcs8PrivateKey(), rsa.ExportRSAPrivateKey(), Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()),
        Encoding.ASCII.GetBytes(rsa.ExportRSAPrivateKeyPem()),
        Encoding.ASCII.GetBytes(Convert.ToBase64String(rsa.ExportPkcs8PrivateKey())),
    ];

    private static byte[][] Publics(RSA rsa)
    {
        var request = new CertificateRequest("CN=gateway", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return
        [
            rsa.ExportSubjectPublicKeyInfo(), rsa.ExportRSAPublicKey(), certificate.RawData,
            Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()),
            Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(certificate.RawData)),
        ];
    }

    private static void Open(bool read, SignatureKey? key)
    {
        key.ShouldBe(read ? key : null);
        using (key)
        {
            key?.ToDer();
            _ = key?.Subject;
            key?.IsGoodAt(DateTimeOffset.UnixEpoch);
        }
    }

    private static void OpenShared(byte[] input)
    {
        SignatureKey.TryReadShared(input, out var key, out _);
        using (key)
        {
            _ = key is null ? "" : SignatureAlgorithm.Md5AmpKeyLower.Sign("a=1", key);
        }
    }

    private SignatureKey For(SignatureAlgorithm algorithm) => algorithm.KeyKind switch
    {
        SignatureKeyKind.Rsa => rsaKey,
        SignatureKeyKind.SharedSecret => secret,
        _ => SignatureKey.None,
    };

    private void Verify(byte[] input)
    {
        foreach (var text in Parser.Texts(input))
        {
            foreach (var algorithm in Algorithms)
            {
                algorithm.Verify("a=1", text, For(algorithm));
                algorithm.HasForm(text, For(algorithm));
            }
        }
    }
}
