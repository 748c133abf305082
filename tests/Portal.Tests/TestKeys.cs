using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MerchantPortal.Portal.Tests;

/// <summary>A key pair and certificate of a provider that only tests know.</summary>
internal static class TestKeys
{
    public static RSA ProviderKey { get; } = RSA.Create(2048);

    public static string CertificatePem { get; } = Make();

    private static string Make()
    {
        var request = new CertificateRequest(
            "CN=test provider", ProviderKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return certificate.ExportCertificatePem();
    }
}
