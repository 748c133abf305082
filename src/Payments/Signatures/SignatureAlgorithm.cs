using System.Security.Cryptography;
using System.Text;

namespace MerchantPortal.Payments.Signatures;

/// <summary>
/// A way to sign a text, by the four documents. It is chosen by the account or by whoever holds the key, never by a
/// message. Words such as "md5:amp-key:lower" name it in commands and test data.
/// </summary>
public sealed class SignatureAlgorithm
{
    private readonly byte[] glue;
    private readonly bool upper;
    private readonly HashAlgorithmName rsaHash;
    private readonly bool overMd5Hex;

    private SignatureAlgorithm(string word, SignatureKeyKind keyKind)
    {
        Word = word;
        KeyKind = keyKind;
        upper = word.EndsWith(":upper", StringComparison.Ordinal);
        overMd5Hex = word.EndsWith("over-md5-hex-upper", StringComparison.Ordinal);
        glue = word.Contains("amp-key", StringComparison.Ordinal) ? "&key="u8.ToArray()
            : word.Contains("pipe-key", StringComparison.Ordinal) ? "|"u8.ToArray()
            : [];
        rsaHash = word.StartsWith("rsa:md5", StringComparison.Ordinal)
            ? HashAlgorithmName.MD5
            : HashAlgorithmName.SHA1;
    }

    /// <summary>MD5 over text, "&amp;key=" and key; lower-case hex (LianLian mobile 6.1.1; BGCPay by choice).</summary>
    public static SignatureAlgorithm Md5AmpKeyLower { get; } = Md5("md5:amp-key:lower");

    /// <summary>MD5 over text, "&amp;key=" and key; upper-case hex (Allinpay 5.2; BGCPay when set so).</summary>
    public static SignatureAlgorithm Md5AmpKeyUpper { get; } = Md5("md5:amp-key:upper");

    /// <summary>MD5 over text, "|" and key; upper-case hex (Allinpay 3.8).</summary>
    public static SignatureAlgorithm Md5PipeKeyUpper { get; } = Md5("md5:pipe-key:upper");

    /// <summary>MD5 over text and key with nothing between; lower-case hex (BGCPay's default).</summary>
    public static SignatureAlgorithm Md5RawAppendLower { get; } = Md5("md5:raw-append:lower");

    /// <summary>MD5 over text and key with nothing between; upper-case hex (BGCPay when set so).</summary>
    public static SignatureAlgorithm Md5RawAppendUpper { get; } = Md5("md5:raw-append:upper");

    /// <summary>MD5 over the text alone; upper-case hex (Allinpay 5.4: a digest, not a signature).</summary>
    public static SignatureAlgorithm Md5PlainUpper { get; } = new("md5:plain:upper", SignatureKeyKind.None);

    /// <summary>SHA1withRSA, PKCS#1 v1.5 (LianLian Global 2.2; Allinpay 5.3).</summary>
    public static SignatureAlgorithm RsaSha1 { get; } = new("rsa:sha1", SignatureKeyKind.Rsa);

    /// <summary>MD5withRSA, PKCS#1 v1.5 (LianLian mobile 6.1.2).</summary>
    public static SignatureAlgorithm RsaMd5 { get; } = new("rsa:md5", SignatureKeyKind.Rsa);

    /// <summary>SHA1withRSA over the upper-case MD5 hex of the text (Allinpay 3.4 and 3.8).</summary>
    public static SignatureAlgorithm RsaSha1OverMd5Hex { get; } =
        new("rsa:sha1:over-md5-hex-upper", SignatureKeyKind.Rsa);

    /// <summary>The algorithm's name, such as "rsa:sha1".</summary>
    public string Word { get; }

    /// <summary>What it needs.</summary>
    public SignatureKeyKind KeyKind { get; }

    /// <summary>Signs a text: hex for MD5, Base64 without line breaks for RSA.</summary>
    /// <exception cref="InvalidOperationException">The key is not of the kind that this needs.</exception>
    /// <exception cref="EncoderFallbackException">The text has half a surrogate pair.</exception>
    public string Sign(string text, SignatureKey key)
    {
        if (KeyKind != SignatureKeyKind.Rsa)
        {
            var digest = Digest(text, key);
            return upper ? Convert.ToHexString(digest) : Convert.ToHexStringLower(digest);
        }

        return Convert.ToBase64String(
            key.OpenedRsa.SignData(RsaInput(text), rsaHash, RSASignaturePadding.Pkcs1));
    }

    /// <summary>
    /// Whether a signature belongs to a text. Digests are compared in constant time and without regard to the case of
    /// their hex digits; a signature that is not even of the right form is false, not an error.
    /// </summary>
    /// <exception cref="InvalidOperationException">The key is not of the kind that this needs.</exception>
    /// <exception cref="EncoderFallbackException">The text has half a surrogate pair.</exception>
    public bool Verify(string text, string signature, SignatureKey key)
    {
        if (KeyKind != SignatureKeyKind.Rsa)
        {
            var digest = Digest(text, key);
            Span<byte> told = stackalloc byte[16];
            return signature.Length == 32
                && Convert.FromHexString(signature, told, out _, out _) == System.Buffers.OperationStatus.Done
                && CryptographicOperations.FixedTimeEquals(digest, told);
        }

        var rsa = key.OpenedRsa;
        return Decode(signature, rsa.KeySize / 8) is { } signed
            && rsa.VerifyData(RsaInput(text), signed, rsaHash, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Whether a signature could be one of this algorithm, whatever it was made of.</summary>
    public bool HasForm(string signature, SignatureKey key) => KeyKind == SignatureKeyKind.Rsa
        ? Decode(signature, key.OpenedRsa.KeySize / 8) is not null
        : signature.Length == 32 && signature.All(char.IsAsciiHexDigit);

    /// <summary>The word.</summary>
    public override string ToString() => Word;

    private static SignatureAlgorithm Md5(string word) => new(word, SignatureKeyKind.SharedSecret);

    /// <summary>
    /// Base64 in its one canonical spelling: a second spelling of the same bytes is not accepted. Only blanks, which
    /// the length excludes, and the unused bits at the end could make one.
    /// </summary>
    private static byte[]? Decode(string signature, int bytes)
    {
        var decoded = new byte[bytes];
        var rest = bytes % 3;
        return signature.Length == (bytes + 2) / 3 * 4
            && Convert.TryFromBase64String(signature, decoded, out var length) && length == bytes
            && signature.EndsWith(Convert.ToBase64String(decoded, bytes - rest, rest), StringComparison.Ordinal)
            ? decoded
            : null;
    }

    private byte[] RsaInput(string text) => overMd5Hex
        ? Encoding.ASCII.GetBytes(Convert.ToHexString(MD5.HashData(StrictUtf8.Encoding.GetBytes(text))))
        : StrictUtf8.Encoding.GetBytes(text);

    private byte[] Digest(string text, SignatureKey key)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(StrictUtf8.Encoding.GetBytes(text));
        if (KeyKind == SignatureKeyKind.SharedSecret)
        {
            md5.AppendData(glue);
            md5.AppendData(key.OpenedSecret.Span);
        }

        return md5.GetHashAndReset();
    }
}
