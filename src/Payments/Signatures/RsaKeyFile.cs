using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MerchantPortal.Payments.Signatures;

/// <summary>What a certificate says beside its key.</summary>
internal sealed record CertificateFacts(DateTimeOffset From, DateTimeOffset Until, string Subject, byte[] Der);

/// <summary>Reads RSA keys in the forms that providers and tools hand out.</summary>
internal static class RsaKeyFile
{
    private const int SmallestBits = 1024;

    private delegate void Import(RSA rsa, ReadOnlySpan<byte> der, out int read);

    public static RSA? ReadPrivate(ReadOnlySpan<byte> file, out string why)
    {
        var der = Der(file, out var label, out why);
        if (der is null)
        {
            return null;
        }

        try
        {
            var key = label switch
            {
                "" => Try(der, Pkcs8) ?? Try(der, Pkcs1Private),
                "PRIVATE KEY" => Try(der, Pkcs8),
                "RSA PRIVATE KEY" => Try(der, Pkcs1Private),
                _ => null,
            };
            return Judge(key, label, "a private RSA key in PKCS#8 or PKCS#1", out why);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    public static RSA? ReadPublic(
        ReadOnlySpan<byte> file, out CertificateFacts? facts, out string why)
    {
        facts = null;
        var der = Der(file, out var label, out why);
        if (der is null)
        {
            return null;
        }

        var key = label switch
        {
            "" => Try(der, Spki) ?? Try(der, Pkcs1Public) ?? Certificate(der, out facts),
            "PUBLIC KEY" => Try(der, Spki),
            "RSA PUBLIC KEY" => Try(der, Pkcs1Public),
            "CERTIFICATE" => Certificate(der, out facts),
            _ => null,
        };
        return Judge(key, label, "a public RSA key in SPKI, PKCS#1 or X.509", out why);
    }

    private static void Pkcs8(RSA rsa, ReadOnlySpan<byte> der, out int read) =>
        rsa.ImportPkcs8PrivateKey(der, out read);

    private static void Pkcs1Private(RSA rsa, ReadOnlySpan<byte> der, out int read) =>
        rsa.ImportRSAPrivateKey(der, out read);

    private static void Spki(RSA rsa, ReadOnlySpan<byte> der, out int read) =>
        rsa.ImportSubjectPublicKeyInfo(der, out read);

    private static void Pkcs1Public(RSA rsa, ReadOnlySpan<byte> der, out int read) =>
        rsa.ImportRSAPublicKey(der, out read);

    private static RSA? Judge(RSA? key, string label, string wanted, out string why)
    {
        why = key is null ? $"The file does not hold {wanted}{(label.Length > 0 ? $", but {label}" : "")}."
            : key.KeySize < SmallestBits ? $"The key has {key.KeySize} bits; {SmallestBits} is the least."
            : "";
        if (why.Length > 0)
        {
            key?.Dispose();
            return null;
        }

        return key;
    }

    private static RSA? Try(ReadOnlySpan<byte> der, Import import)
    {
        var rsa = RSA.Create();
        try
        {
            import(rsa, der, out var read);
            if (read == der.Length)
            {
                return rsa;
            }
        }
        catch (CryptographicException)
        {
            // Not of this form; the caller tries the next one and says so when none fits.
        }

        rsa.Dispose();
        return null;
    }

    private static RSA? Certificate(
        ReadOnlySpan<byte> der, out CertificateFacts? facts)
    {
        facts = null;
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            facts = new(
                new DateTimeOffset(certificate.NotBefore).ToUniversalTime(),
                new DateTimeOffset(certificate.NotAfter).ToUniversalTime(),
                certificate.Subject,
                certificate.RawData);
            return certificate.GetRSAPublicKey();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The DER inside PEM or bare Base64, or the file itself; null for a PEM that cannot be read.</summary>
    private static byte[]? Der(ReadOnlySpan<byte> file, out string label, out string why)
    {
        label = "";
        why = "";
        if (PemEncoding.TryFindUtf8(file, out var fields))
        {
            label = Encoding.ASCII.GetString(file[fields.Label]);
            var der = new byte[fields.DecodedDataLength];
            Base64.DecodeFromUtf8(file[fields.Base64Data], der, out _, out _);
            return der;
        }

        if (file.IsEmpty || file.IndexOf("-----BEGIN"u8) >= 0)
        {
            why = file.IsEmpty ? "The key is empty." : "The PEM block of the key is damaged.";
            return null;
        }

        if (!Base64.IsValid(file, out var length))
        {
            return file.ToArray();
        }

        var decoded = new byte[length];
        Base64.DecodeFromUtf8(file, decoded, out _, out _);
        return decoded;
    }
}
