using System.Security.Cryptography;
using System.Text;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Ways to sign a text, written once more and not with the code under test.</summary>
internal static class Seals
{
    public static Func<string, string> Md5(string glue, string key, bool upper) => text =>
    {
        var digest = MD5.HashData(Encoding.UTF8.GetBytes(text + glue + key));
        return upper ? Convert.ToHexString(digest) : Convert.ToHexStringLower(digest);
    };

    public static Func<string, string> Rsa(RSA pair, HashAlgorithmName hash) => text => Convert.ToBase64String(
        pair.SignData(Encoding.UTF8.GetBytes(text), hash, RSASignaturePadding.Pkcs1));

    /// <summary>Over the upper-case MD5 hex of the text (Allinpay's lines).</summary>
    public static Func<string, string> OverMd5Hex(Func<string, string> sign) => text => sign(Md5("", "", true)(text));

    /// <summary>How many of the foreign ones, from the first on, take the public key for an MD5 key.</summary>
    public const int ByPublicKey = 5;

    /// <summary>
    /// What a forger can make: with keys of his own, with keys that everybody knows, without any; and what the right
    /// key makes in every way but the account's.
    /// </summary>
    public static IReadOnlyList<Func<string, string>> Foreign(RSA provider, RSA stranger)
    {
        var spki = provider.ExportSubjectPublicKeyInfo();
        var pem = provider.ExportSubjectPublicKeyInfoPem();
        string[] published =
        [
            pem, $"{pem}\n", Convert.ToBase64String(spki), Convert.ToHexString(spki),
            Convert.ToBase64String(provider.ExportParameters(false).Modulus!),
        ];
        string[] known = ["", "0", "null", "key", "MD5", .. published];
        return
        [
            .. published.Select(key => Md5("&key=", key, upper: true)),
            .. new[] { HashAlgorithmName.MD5, HashAlgorithmName.SHA1, HashAlgorithmName.SHA256 }
                .Select(hash => Rsa(stranger, hash)),
            .. known.SelectMany(key =>
                new[] { "&key=", "", "|" }.Select(glue => Md5(glue, key, upper: key.Length > 3))),
            text => Convert.ToHexString(MD5.HashData([.. Encoding.UTF8.GetBytes($"{text}&key="), .. spki])),
            text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
            text => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text))),
        ];
    }
}
