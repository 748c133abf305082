using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace MerchantPortal.Portal.Security;

/// <summary>Wraps ASP.NET Core's key ring with a key of our root, so that its files alone forge no cookie.</summary>
internal sealed class RingEncryptor(RootKey root) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var target = new byte[12 + plain.Length + 16];
        RandomNumberGenerator.Fill(target.AsSpan(0, 12));
        using var key = root.Derive("mp/dp-ring/v1");
        using var aes = new AesGcm(key.Span, 16);
        aes.Encrypt(target.AsSpan(0, 12), plain, target.AsSpan(12, plain.Length), target.AsSpan(^16..));
        CryptographicOperations.ZeroMemory(plain);
        return new(new XElement("sealed", Convert.ToBase64String(target)), typeof(RingDecryptor));
    }
}

/// <summary>Opens what <see cref="RingEncryptor"/> wrapped; made by the framework, by type name.</summary>
internal sealed class RingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var source = Convert.FromBase64String(encryptedElement.Value);
        var plain = new byte[source.Length - 28];
        using var key = services.GetRequiredService<RootKey>().Derive("mp/dp-ring/v1");
        using var aes = new AesGcm(key.Span, 16);
        aes.Decrypt(source.AsSpan(0, 12), source.AsSpan(12, plain.Length), source.AsSpan(^16..), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
