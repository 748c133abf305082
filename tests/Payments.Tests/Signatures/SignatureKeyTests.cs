using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Tests.Signatures;

/// <summary>Keys in every form that providers and tools hand out, and what is no key.</summary>
public sealed class SignatureKeyTests
{
    private const string Text = "a=1&b=二";

    private static readonly RSA Pair = RSA.Create(2048);

    public static TheoryData<string> PrivateForms => new("pkcs8", "pkcs1", "pkcs8 bare", "pkcs1 bare", "pkcs8 der");

    public static TheoryData<string> PublicForms =>
        new("spki", "pkcs1", "x509", "spki bare", "pkcs1 bare", "x509 bare", "x509 der");

    [Theory, MemberData(nameof(PrivateForms))]
    public void Our_private_key_is_read_in_every_form(string form)
    {
        var file = form switch
        {
            "pkcs8" => Ascii(Pair.ExportPkcs8PrivateKeyPem() + "\n"),
            "pkcs1" => Ascii(Pair.ExportRSAPrivateKeyPem()),
            "pkcs8 bare" => Ascii(Convert.ToBase64String(
                Pair.ExportPkcs8PrivateKey(), Base64FormattingOptions.InsertLineBreaks) + "\r\n"),
            "pkcs1 bare" => Ascii(Convert.ToBase64String(Pair.ExportRSAPrivateKey())),
            _ => Pair.ExportPkcs8PrivateKey(),
        };
        SignatureKey.TryReadPrivate(file, out var key, out var why).ShouldBeTrue(why);
        using (key)
        {
            var signature = SignatureAlgorithm.RsaSha1.Sign(Text, key!);
            Pair.VerifyData(
                    Encoding.UTF8.GetBytes(Text), Convert.FromBase64String(signature), HashAlgorithmName.SHA1,
                    RSASignaturePadding.Pkcs1)
                .ShouldBeTrue();
        }
    }

    [Theory, MemberData(nameof(PublicForms))]
    public void A_public_key_is_read_in_every_form(string form)
    {
        var request = new CertificateRequest("CN=provider", Pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var file = form switch
        {
            "spki" => Ascii(Pair.ExportSubjectPublicKeyInfoPem()),
            "pkcs1" => Ascii(Pair.ExportRSAPublicKeyPem()),
            "x509" => Ascii(certificate.ExportCertificatePem()),
            "spki bare" => Ascii(Convert.ToBase64String(Pair.ExportSubjectPublicKeyInfo())),
            "pkcs1 bare" => Ascii(Convert.ToBase64String(Pair.ExportRSAPublicKey())),
            "x509 bare" => Ascii(Convert.ToBase64String(certificate.RawData)),
            _ => certificate.RawData,
        };
        SignatureKey.TryReadPublic(file, out var key, out var why).ShouldBeTrue(why);
        using (key)
        {
            var signature = Convert.ToBase64String(
                Pair.SignData(Encoding.UTF8.GetBytes(Text), HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1));
            SignatureAlgorithm.RsaMd5.Verify(Text, signature, key!).ShouldBeTrue();
            SignatureAlgorithm.RsaMd5.Verify(Text + " ", signature, key!).ShouldBeFalse();
            SignatureAlgorithm.RsaSha1.Verify(Text, signature, key!).ShouldBeFalse();
            key!.IsGoodAt(new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero))
                .ShouldBe(!form.StartsWith("x509", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIB\n")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----\n")]
    [InlineData("MIIB")]
    public void What_is_no_key_is_said_so(string file)
    {
        SignatureKey.TryReadPrivate(Ascii(file), out var ours, out var why).ShouldBeFalse();
        ours.ShouldBeNull();
        why.ShouldNotBeEmpty();
        SignatureKey.TryReadPublic(Ascii(file), out var theirs, out why).ShouldBeFalse();
        theirs.ShouldBeNull();
        why.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_private_key_is_no_public_one_and_short_keys_are_refused()
    {
        SignatureKey.TryReadPublic(Ascii(Pair.ExportPkcs8PrivateKeyPem()), out _, out _).ShouldBeFalse();
        SignatureKey.TryReadPrivate(Ascii(Pair.ExportSubjectPublicKeyInfoPem()), out _, out _).ShouldBeFalse();
        using var shorter = RSA.Create(512);
        SignatureKey.TryReadPrivate(Ascii(shorter.ExportPkcs8PrivateKeyPem()), out _, out var why).ShouldBeFalse();
        why.ShouldContain("512");
    }

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData("secret\n\n", "secret\n")]
    [InlineData(" secret ", " secret ")]
    public void Of_an_md5_key_one_final_line_end_is_left_out(string file, string secret)
    {
        SignatureKey.TryReadShared(Ascii(file), out var key, out _).ShouldBeTrue();
        using (key)
        {
            SignatureAlgorithm.Md5RawAppendLower.Sign("text", key!)
                .ShouldBe(Convert.ToHexStringLower(MD5.HashData(Ascii("text" + secret))));
        }
    }

    [Fact]
    public void A_signature_has_one_spelling_only_but_hex_may_be_of_either_case()
    {
        SignatureKey.TryReadPrivate(Pair.ExportPkcs8PrivateKey(), out var key, out _).ShouldBeTrue();
        var signature = SignatureAlgorithm.RsaSha1.Sign(Text, key!);
        SignatureAlgorithm.RsaSha1.Verify(Text, signature, key!).ShouldBeTrue();
        SignatureAlgorithm.RsaSha1.Verify(Text, signature + "\n", key!).ShouldBeFalse();
        SignatureAlgorithm.RsaSha1.Verify(Text, " " + signature[1..], key!).ShouldBeFalse();
        SignatureAlgorithm.RsaSha1.Verify(Text, "", key!).ShouldBeFalse();
        SignatureAlgorithm.RsaSha1.Verify(Text, signature[..^4], key!).ShouldBeFalse();
        key!.ToString().ShouldBe("(key)");
        SignatureKey.TryReadShared("k"u8, out var shared, out _).ShouldBeTrue();
        var digest = SignatureAlgorithm.Md5AmpKeyUpper.Sign(Text, shared!);
        SignatureAlgorithm.Md5AmpKeyUpper.Verify(Text, digest.ToLowerInvariant(), shared!).ShouldBeTrue();
        SignatureAlgorithm.Md5AmpKeyUpper.Verify(Text, digest[1..], shared!).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => SignatureAlgorithm.RsaSha1.Sign(Text, shared!));
        key.Dispose();
        shared!.Dispose();
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
