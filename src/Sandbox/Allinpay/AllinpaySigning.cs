using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>Signing (document 5): MD5 with the merchant's key, RSA with the gateway's certificate.</summary>
static class AllinpaySigning
{
    /// <summary>Non-empty fields in the order given, <c>name=value</c> joined by ampersands.</summary>
    public static string Source(IEnumerable<(string Name, string Value)> fields) =>
        string.Join('&', fields.Where(field => field.Value.Length > 0).Select(field => $"{field.Name}={field.Value}"));

    public static string Md5(string text) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    public static bool RequestMatches(string source, string key, string signature) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Md5($"{source}&key={key}")), Encoding.UTF8.GetBytes(signature));

    /// <summary>The signature of a form answer, or none; a wrong one is right for another text.</summary>
    public static string? OfForm(
        string source, AllinpayMerchant merchant, AllinpayCertificate? certificate, SignatureMode mode)
    {
        if (mode == SignatureMode.Missing) return null;
        var text = mode == SignatureMode.Wrong ? source + " " : source;
        return certificate is null ? Md5($"{text}&key={merchant.Md5Key}") : certificate.Sign(text);
    }

    /// <summary>The signature of a refund query's lines: MD5 with a bar and the key, or RSA over the MD5.</summary>
    public static string? OfLines(
        string lines, AllinpayMerchant merchant, AllinpayCertificate? certificate, SignatureMode mode)
    {
        if (mode == SignatureMode.Missing) return null;
        var text = mode == SignatureMode.Wrong ? lines + " " : lines;
        return certificate is null ? Md5($"{text}|{merchant.Md5Key}") : certificate.Sign(Md5(text));
    }
}

/// <summary>The gateway's key pair and its self-signed certificate, one for each ledger file.</summary>
sealed class AllinpayCertificate
{
    // Wide enough for any clock that a rehearsal or a test may go by.
    static readonly DateTimeOffset ValidFrom = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset ValidTo = new(2049, 12, 31, 0, 0, 0, TimeSpan.Zero);
    static readonly Lazy<AllinpayCertificate> OfThisProcess = new(Create);

    readonly RSA keyPair;
    readonly Lock gate = new();

    AllinpayCertificate(RSA keyPair, string certificatePem)
    {
        this.keyPair = keyPair;
        CertificatePem = certificatePem;
    }

    public string CertificatePem { get; }

    /// <summary>The one that ledgers kept in memory share, since making a key takes its time.</summary>
    public static AllinpayCertificate Shared => OfThisProcess.Value;

    public static AllinpayCertificate Create()
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=Allinpay Sandbox, O=Sandbox", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(ValidFrom, ValidTo);
        return new AllinpayCertificate(key, certificate.ExportCertificatePem());
    }

    public static AllinpayCertificate Of(AllinpayKeyRow row)
    {
        var key = RSA.Create();
        key.ImportFromPem(row.PrivateKeyPem);
        return new AllinpayCertificate(key, row.CertificatePem);
    }

    public AllinpayKeyRow ToRow() => new(keyPair.ExportPkcs8PrivateKeyPem(), CertificatePem);

    /// <summary>SHA1withRSA over the UTF-8 text, Base64.</summary>
    public string Sign(string text)
    {
        lock (gate)
        {
            return Convert.ToBase64String(
                keyPair.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
        }
    }
}

/// <summary>The Sandbox's own key as the journal keeps it; it guards nothing but rehearsals.</summary>
sealed record AllinpayKeyRow(string PrivateKeyPem, string CertificatePem);
