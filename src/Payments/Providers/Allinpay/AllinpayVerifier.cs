using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Verifies what Allinpay signs, by the algorithm that the account pins and never by what a message says of itself.
/// </summary>
internal sealed class AllinpayVerifier : IDisposable
{
    private readonly RSA? rsa;
    private readonly SecretBytes? shared;

    private AllinpayVerifier(RSA? rsa, SecretBytes? shared)
    {
        this.rsa = rsa;
        this.shared = shared;
    }

    /// <summary>
    /// Takes the key that the mode needs. A key that is missing, unreadable, or a certificate outside its dates gives
    /// null and the reason: whoever cannot verify accepts nothing.
    /// </summary>
    public static AllinpayVerifier? Open(SignatureMode mode, ProviderKeys keys, DateTimeOffset now, out string why)
    {
        if (mode == SignatureMode.Md5)
        {
            why = keys.SharedSecret is null ? "No MD5 key is configured." : "";
            return keys.SharedSecret is null ? null : new(null, keys.SharedSecret);
        }

        return OpenPublicKey(keys.ProviderPublic, now, out why) is { } key ? new(key, keys.SharedSecret) : null;
    }

    /// <summary>A notification or the answer to a single query: MD5 with key, or RSA over the text itself.</summary>
    public bool Form(string source, string signature) => rsa is null
        ? SameDigest(AllinpaySigning.FormDigest(source, shared!), signature)
        : Signed(source, signature);

    /// <summary>
    /// A refund's own answer. Towards RSA accounts the official demo still sees MD5 here, so 32 hex characters are
    /// compared as MD5; the outcome of such an answer is never more than "accepted".
    /// </summary>
    public bool RefundAnswer(string source, string signature) =>
        rsa is not null && signature.Length == 32
            ? shared is not null && SameDigest(AllinpaySigning.FormDigest(source, shared), signature)
            : Form(source, signature);

    /// <summary>The lines of a refund query: MD5 with "|" and key, or RSA over the MD5 hex of the text.</summary>
    public bool Lines(string text, string signature) => rsa is null
        ? SameDigest(AllinpaySigning.LinesDigest(text, shared!), signature)
        : Signed(AllinpaySigning.DigestText(text), signature);

    /// <summary>Closes the public key; the account's secrets stay with whoever opened them.</summary>
    public void Dispose() => rsa?.Dispose();

    private static RSA? OpenPublicKey(ReadOnlyMemory<byte>? der, DateTimeOffset now, out string why)
    {
        if (der is not { Length: > 0 } bytes)
        {
            why = "No certificate or public key of Allinpay is configured.";
            return null;
        }

        var key = RSA.Create();
        try
        {
            why = "";
            key.ImportSubjectPublicKeyInfo(bytes.Span, out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            return OpenCertificate(bytes.Span, now, out why);
        }
    }

    private static RSA? OpenCertificate(ReadOnlySpan<byte> der, DateTimeOffset now, out string why)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            var from = new DateTimeOffset(certificate.NotBefore).ToUniversalTime();
            var until = new DateTimeOffset(certificate.NotAfter).ToUniversalTime();
            why = now < from || now > until
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"The certificate {certificate.Subject} is good from {from:yyyy-MM-dd} to {until:yyyy-MM-dd} only.")
                : "";
            var key = why.Length > 0 ? null : certificate.GetRSAPublicKey();
            why = why.Length == 0 && key is null ? "The configured certificate has no RSA key." : why;
            return key;
        }
        catch (CryptographicException)
        {
            why = "The configured certificate or public key cannot be read.";
            return null;
        }
    }

    private bool Signed(string text, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length) && rsa!.VerifyData(
            Encoding.UTF8.GetBytes(text), bytes.AsSpan(0, length), HashAlgorithmName.SHA1,
            RSASignaturePadding.Pkcs1);
    }

    private static bool SameDigest(byte[] expected, string signature)
    {
        if (signature.Length != expected.Length * 2 || !signature.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(signature));
    }
}
