using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Signatures;

/// <summary>What a signature is made or checked with.</summary>
public enum SignatureKeyKind
{
    /// <summary>Nothing: a digest.</summary>
    None,

    /// <summary>A key that both sides know, for MD5.</summary>
    SharedSecret,

    /// <summary>One half of an RSA key pair.</summary>
    Rsa,
}

/// <summary>An opened key. It tells nothing of itself and is wiped when disposed.</summary>
public sealed class SignatureKey : IDisposable
{
    private readonly SecretBytes? secret;
    private readonly RSA? rsa;
    private readonly bool owned;
    private bool isPrivate;
    private byte[]? certificateDer;

    private SignatureKey(SignatureKeyKind kind, SecretBytes? secret, RSA? rsa, bool owned)
    {
        Kind = kind;
        this.secret = secret;
        this.rsa = rsa;
        this.owned = owned;
    }

    /// <summary>No key, for digests.</summary>
    public static SignatureKey None { get; } = new(SignatureKeyKind.None, null, null, owned: false);

    /// <summary>What it can be used with.</summary>
    public SignatureKeyKind Kind { get; }

    /// <summary>First and last instant of a certificate; null for a bare key.</summary>
    public (DateTimeOffset From, DateTimeOffset Until)? Validity { get; private init; }

    /// <summary>Whom a certificate names; empty for a bare key.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>Key size in bits; 0 for shared secrets.</summary>
    public int Bits => rsa?.KeySize ?? 0;

    internal SecretBytes OpenedSecret => secret ?? throw Unfit();

    internal RSA OpenedRsa => rsa ?? throw Unfit();

    /// <summary>A shared secret that somebody else owns and disposes.</summary>
    public static SignatureKey Shared(SecretBytes secret) =>
        new(SignatureKeyKind.SharedSecret, secret, null, owned: false);

    /// <summary>Reads the file of an MD5 key: the key itself, one final line end left out.</summary>
    public static bool TryReadShared(
        ReadOnlySpan<byte> file, [NotNullWhen(true)] out SignatureKey? key, out string why)
    {
        var text = file.EndsWith("\r\n"u8) ? file[..^2] : file.EndsWith("\n"u8) ? file[..^1] : file;
        key = text.IsEmpty ? null : new(SignatureKeyKind.SharedSecret, new SecretBytes(text), null, owned: true);
        why = key is null ? "The key is empty." : "";
        return key is not null;
    }

    /// <summary>Reads our private key: PKCS#8 or PKCS#1, as PEM, bare Base64 or DER. At least 1024 bits.</summary>
    public static bool TryReadPrivate(
        ReadOnlySpan<byte> file, [NotNullWhen(true)] out SignatureKey? key, out string why)
    {
        var read = RsaKeyFile.ReadPrivate(file, out why);
        key = read is null ? null : new(SignatureKeyKind.Rsa, null, read, owned: true) { isPrivate = true };
        return key is not null;
    }

    /// <summary>
    /// Reads a public key: SPKI, PKCS#1 or an X.509 certificate, as PEM, bare Base64 or DER. At least 1024 bits. The
    /// dates of a certificate are reported, not judged.
    /// </summary>
    public static bool TryReadPublic(
        ReadOnlySpan<byte> file, [NotNullWhen(true)] out SignatureKey? key, out string why)
    {
        var read = RsaKeyFile.ReadPublic(file, out var certificate, out why);
        key = read is null ? null : new(SignatureKeyKind.Rsa, null, read, owned: true)
        {
            Validity = certificate is { } named ? (named.From, named.Until) : null,
            Subject = certificate?.Subject ?? "",
            certificateDer = certificate?.Der,
        };
        return key is not null;
    }

    /// <summary>Whether a certificate is good at an instant; a bare key always is.</summary>
    public bool IsGoodAt(DateTimeOffset at) => Validity is not { } dates || (dates.From <= at && at <= dates.Until);

    /// <summary>
    /// An RSA key in the form that <see cref="ProviderKeys"/> wants: a certificate as it came, another public key as
    /// SPKI, a private key as PKCS#8, which the caller wipes.
    /// </summary>
    public byte[] ToDer() => certificateDer
        ?? (isPrivate ? OpenedRsa.ExportPkcs8PrivateKey() : OpenedRsa.ExportSubjectPublicKeyInfo());

    /// <summary>Whether both are of one key pair, whichever half.</summary>
    public bool IsPairOf(SignatureKey other) =>
        OpenedRsa.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(other.OpenedRsa.ExportSubjectPublicKeyInfo());

    /// <summary>Tells nothing.</summary>
    public override string ToString() => "(key)";

    /// <summary>Wipes and closes what this opened itself.</summary>
    public void Dispose()
    {
        if (owned)
        {
            secret?.Dispose();
            rsa?.Dispose();
        }
    }

    private InvalidOperationException Unfit() => new($"A key of kind {Kind} does not fit this algorithm.");
}
