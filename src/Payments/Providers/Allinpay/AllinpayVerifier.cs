using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Verifies what Allinpay signs, by the algorithm that the account pins and never by what a message says of itself.
/// </summary>
internal sealed class AllinpayVerifier : IDisposable
{
    private readonly SignatureKey pinned;
    private readonly SignatureKey? shared;

    private AllinpayVerifier(SignatureKey pinned, SignatureKey? shared)
    {
        this.pinned = pinned;
        this.shared = shared;
    }

    /// <summary>
    /// Takes the key that the mode needs. A key that is missing, unreadable, or a certificate outside its dates gives
    /// null and the reason: whoever cannot verify accepts nothing.
    /// </summary>
    public static AllinpayVerifier? Open(SignatureMode mode, ProviderKeys keys, DateTimeOffset now, out string why)
    {
        var md5 = keys.SharedSecret is { } secret ? SignatureKey.Shared(secret) : null;
        if (mode == SignatureMode.Md5)
        {
            why = md5 is null ? "No MD5 key is configured." : "";
            return md5 is null ? null : new(md5, md5);
        }

        return keys.OpenProviderPublic("Allinpay", now, out why) is { } key ? new(key, md5) : null;
    }

    /// <summary>A notification or the answer to a single query: MD5 with key, or RSA over the text itself.</summary>
    public bool Form(string source, string signature) => Verify(
        pinned.Kind == SignatureKeyKind.Rsa ? SignatureAlgorithm.RsaSha1 : SignatureAlgorithm.Md5AmpKeyUpper,
        source, signature, pinned);

    /// <summary>
    /// A refund's own answer. Towards RSA accounts the official demo still sees MD5 here, so 32 hex characters are
    /// compared as MD5; the outcome of such an answer is never more than "accepted".
    /// </summary>
    public bool RefundAnswer(string source, string signature) =>
        pinned.Kind == SignatureKeyKind.Rsa && signature.Length == 32
            ? shared is not null && Verify(SignatureAlgorithm.Md5AmpKeyUpper, source, signature, shared)
            : Form(source, signature);

    /// <summary>An answer made of lines, in any of the texts that its interface may sign.</summary>
    public bool Lines(string @interface, AllinpayLines lines) =>
        AllinpayLineTexts.Texts(@interface, lines.Rows, pinned.Kind)
            .Any(text => Verify(text.Algorithm, text.Text, lines.Signature, pinned));

    /// <summary>Closes the public key; the account's secrets stay with whoever opened them.</summary>
    public void Dispose() => pinned.Dispose();

    /// <summary>Gateways fold Base64 into lines at times; the line ends are not part of it.</summary>
    private static bool Verify(SignatureAlgorithm algorithm, string text, string signature, SignatureKey key) =>
        algorithm.Verify(
            text,
            algorithm.KeyKind == SignatureKeyKind.Rsa ? signature.ReplaceLineEndings("") : signature,
            key);
}
