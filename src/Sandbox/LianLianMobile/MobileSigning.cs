using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>Signing (document 6.1): MD5 with the merchant's key, or MD5withRSA.</summary>
static class MobileSigning
{
    /// <summary>Non-empty fields without sign, by name, <c>name=value</c> joined by ampersands.</summary>
    public static string Source(IEnumerable<KeyValuePair<string, string>> fields) => string.Join('&', fields
        .Where(field => field.Key != "sign" && field.Value.Length > 0)
        .OrderBy(field => field.Key, StringComparer.Ordinal)
        .Select(field => $"{field.Key}={field.Value}"));

    /// <summary>Whether a message of the merchant's is signed in the merchant's own way.</summary>
    public static bool Matches(
        MobileMerchant merchant, IReadOnlyDictionary<string, string> fields, params string[] unsigned)
    {
        var sign = fields.GetValueOrDefault("sign", "");
        if (fields.GetValueOrDefault("sign_type", "") != merchant.SignType || sign.Length == 0) return false;
        var source = Encoding.UTF8.GetBytes(Source(fields.Where(field => !unsigned.Contains(field.Key))));
        return merchant.SignType == MobileMerchant.Md5
            ? CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(Md5(source, merchant.Md5Key!)), Encoding.UTF8.GetBytes(sign.ToLowerInvariant()))
            : RsaMatches(source, sign, merchant.PublicKey!);
    }

    /// <summary>The signature of an answer, or none; a wrong one is right for another text.</summary>
    public static string? Of(string source, MobileMerchant merchant, MobileKeyPair key, SignatureMode mode)
    {
        if (mode == SignatureMode.Missing) return null;
        var text = Encoding.UTF8.GetBytes(mode == SignatureMode.Wrong ? source + " " : source);
        return merchant.SignType == MobileMerchant.Md5 ? Md5(text, merchant.Md5Key!) : key.Sign(text);
    }

    public static RSA? PublicKey(string text)
    {
        var key = RSA.Create();
        try
        {
            if (text.Contains("-----BEGIN", StringComparison.Ordinal)) key.ImportFromPem(text);
            else key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return key;
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }

    static string Md5(byte[] source, string key) =>
        Convert.ToHexStringLower(MD5.HashData([.. source, .. "&key="u8, .. Encoding.UTF8.GetBytes(key)]));

    static bool RsaMatches(byte[] source, string sign, string publicKey)
    {
        var signature = new byte[sign.Length];
        if (!Convert.TryFromBase64String(sign, signature, out var length)) return false;
        using var key = PublicKey(publicKey);
        return key is not null && key.VerifyData(
            source, signature.AsSpan(0, length), HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1);
    }
}

/// <summary>The gateway's own key pair, 1024 bits like the real one; one for each ledger file.</summary>
sealed class MobileKeyPair
{
    static readonly Lazy<MobileKeyPair> OfThisProcess = new(() => new MobileKeyPair(RSA.Create(1024)));

    readonly RSA pair;
    readonly Lock gate = new();

    MobileKeyPair(RSA pair) => this.pair = pair;

    public static MobileKeyPair Shared => OfThisProcess.Value;

    public string PublicKeyPem => pair.ExportSubjectPublicKeyInfoPem();

    public static MobileKeyPair Create() => new(RSA.Create(1024));

    public static MobileKeyPair Of(MobileKeyRow row)
    {
        var kept = RSA.Create();
        kept.ImportFromPem(row.PrivateKeyPem);
        return new MobileKeyPair(kept);
    }

    public MobileKeyRow ToRow() => new(pair.ExportPkcs8PrivateKeyPem());

    public string Sign(byte[] text)
    {
        lock (gate)
        {
            return Convert.ToBase64String(
                pair.SignData(text, HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1));
        }
    }
}

/// <summary>The Sandbox's own key as the journal keeps it; it guards nothing but rehearsals.</summary>
sealed record MobileKeyRow(string PrivateKeyPem);
