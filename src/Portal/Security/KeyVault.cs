using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Security;

/// <summary>What a stored secret is for. A secret sealed for one use cannot be opened for another.</summary>
public enum KeyUsage
{
    OurSigningPrivate,
    SharedMd5Secret,
    ProviderPublic,
    TotpSeed,
}

/// <summary>Everything that must be the same when a secret is opened as when it was sealed.</summary>
/// <param name="Provider">Provider key, or "portal".</param>
/// <param name="Merchant">The merchant's number at the provider, or the user's id.</param>
/// <param name="Usage">What it is for.</param>
/// <param name="KeyId">Id of the row.</param>
/// <param name="Version">Version of the key, from 1.</param>
/// <param name="Fingerprint">Of the secret itself, so that a swapped blob is noticed.</param>
public sealed record KeyLabel(
    string Provider, string Merchant, KeyUsage Usage, Guid KeyId, int Version, string Fingerprint);

/// <summary>
/// Seals and opens stored secrets. Each has a data key of its own, used once, wrapped by the key-encryption key; the
/// label is authenticated with both, so that a row that is moved, renamed or rolled back does not open.
/// </summary>
public sealed class KeyVault(RootKey root)
{
    private const byte Format = 1;
    private const int CurrentKek = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeySize = 32;
    private const int HeaderSize = 1 + sizeof(int);
    private const int WrapSize = NonceSize + KeySize + TagSize;

    /// <summary>Seals a secret. Layout: format, KEK version, wrapped data key, nonce, ciphertext, tag.</summary>
    public byte[] Seal(ReadOnlySpan<byte> secret, KeyLabel label)
    {
        var sealedBytes = new byte[HeaderSize + WrapSize + NonceSize + secret.Length + TagSize];
        sealedBytes[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(sealedBytes.AsSpan(1), CurrentKek);
        var aad = Authenticated(label, CurrentKek);
        Span<byte> dataKey = stackalloc byte[KeySize];
        RandomNumberGenerator.Fill(dataKey);
        using (var kek = root.Derive($"mp/kek/v{CurrentKek}"))
        {
            Encrypt(kek.Span, dataKey, aad, sealedBytes.AsSpan(HeaderSize, WrapSize));
        }

        Encrypt(dataKey, secret, aad, sealedBytes.AsSpan(HeaderSize + WrapSize));
        CryptographicOperations.ZeroMemory(dataKey);
        return sealedBytes;
    }

    /// <summary>Opens a secret; the caller disposes it.</summary>
    /// <exception cref="CryptographicException">
    /// The blob, its label or the root is not the one it was sealed with.
    /// </exception>
    public SecretBytes Open(ReadOnlySpan<byte> sealedBytes, KeyLabel label)
    {
        if (sealedBytes.Length < HeaderSize + WrapSize + NonceSize + TagSize || sealedBytes[0] != Format)
        {
            throw new CryptographicException("Not an envelope of a known format.");
        }

        var kekVersion = BinaryPrimitives.ReadInt32BigEndian(sealedBytes[1..]);
        var aad = Authenticated(label, kekVersion);
        Span<byte> dataKey = stackalloc byte[KeySize];
        using (var kek = root.Derive($"mp/kek/v{kekVersion}"))
        {
            Decrypt(kek.Span, sealedBytes.Slice(HeaderSize, WrapSize), aad, dataKey);
        }

        var body = sealedBytes[(HeaderSize + WrapSize)..];
        var plain = GC.AllocateUninitializedArray<byte>(body.Length - NonceSize - TagSize, pinned: true);
        try
        {
            Decrypt(dataKey, body, aad, plain);
            return new SecretBytes(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>A keyed digest for one purpose: audit chain, operation rows, public keys.</summary>
    public byte[] Mac(string purpose, ReadOnlySpan<byte> data)
    {
        using var key = root.Derive(purpose);
        return HMACSHA256.HashData(key.Span, data);
    }

    /// <summary>First 16 hex digits of SHA-256: enough to tell two keys apart, useless to guess one.</summary>
    public static string Fingerprint(ReadOnlySpan<byte> secret) =>
        Convert.ToHexStringLower(SHA256.HashData(secret).AsSpan(0, 8));

    private static byte[] Authenticated(KeyLabel label, int kekVersion) => Encoding.UTF8.GetBytes(string.Join(
        '|',
        Format,
        label.Provider,
        label.Merchant,
        label.Usage,
        label.KeyId,
        label.Version,
        label.Fingerprint,
        kekVersion));

    private static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, byte[] aad, Span<byte> target)
    {
        var nonce = target[..NonceSize];
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, target[NonceSize..^TagSize], target[^TagSize..], aad);
    }

    private static void Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, byte[] aad, Span<byte> plain)
    {
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(source[..NonceSize], source[NonceSize..^TagSize], source[^TagSize..], plain, aad);
    }
}
