using System.Globalization;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers;

/// <summary>A key that an account holds.</summary>
public enum ProviderKeyKind
{
    /// <summary>The MD5 key that both sides know.</summary>
    SharedSecret,

    /// <summary>Our private RSA key, which we sign with.</summary>
    SigningPrivate,

    /// <summary>The provider's RSA certificate or public key, which we verify with.</summary>
    ProviderPublic,
}

/// <summary>One way in which an account and its provider sign, with the keys that it needs.</summary>
/// <param name="Answers">How the provider signs towards the account.</param>
/// <param name="Needs">The keys, in the order of the account's page.</param>
public sealed record KeyPlan(SignatureMode Answers, IReadOnlyList<ProviderKeyKind> Needs)
{
    /// <summary>Keys that only some interfaces need: without one, those answer that a key is missing.</summary>
    public IReadOnlyList<ProviderKeyKind> Also { get; init; } = [];

    /// <summary>Whether an account that signs so may hold the key.</summary>
    public bool Takes(ProviderKeyKind key) => Needs.Contains(key) || Also.Contains(key);
}

/// <summary>
/// The opened keys of one account for one call. Whoever opened them disposes them; nothing here keeps a copy.
/// A key that is not configured is null, and whatever needs it refuses: nothing is ever accepted unsigned for want
/// of a key.
/// </summary>
public sealed class ProviderKeys : IDisposable
{
    /// <summary>Version of the key set, recorded with every attempt and verdict.</summary>
    public required int Version { get; init; }

    /// <summary>The MD5 key shared with the provider, its raw bytes.</summary>
    public SecretBytes? SharedSecret { get; init; }

    /// <summary>Our private signing key, PKCS#8 or PKCS#1 DER.</summary>
    public SecretBytes? SigningPrivate { get; init; }

    /// <summary>The provider's public key: an X.509 certificate or SPKI, DER.</summary>
    public ReadOnlyMemory<byte>? ProviderPublic { get; init; }

    /// <summary>
    /// Opens the provider's public key, which the caller closes. A key that is missing or unreadable, or a certificate
    /// outside its dates, gives null and the reason: whoever cannot verify accepts nothing.
    /// </summary>
    /// <param name="provider">Whose key it is, for the reason.</param>
    /// <param name="at">When it has to be good, UTC.</param>
    /// <param name="why">What is missing or wrong, in words for people; empty when it is opened.</param>
    internal SignatureKey? OpenProviderPublic(string provider, DateTimeOffset at, out string why)
    {
        if (ProviderPublic is not { Length: > 0 } file)
        {
            why = $"No certificate or public key of {provider} is configured.";
            return null;
        }

        if (!SignatureKey.TryReadPublic(file.Span, out var key, out why) || key.IsGoodAt(at))
        {
            return key;
        }

        why = string.Create(
            CultureInfo.InvariantCulture,
            $"The certificate {key.Subject} is good from {key.Validity!.Value.From:yyyy-MM-dd} to "
            + $"{key.Validity.Value.Until:yyyy-MM-dd} only.");
        key.Dispose();
        return null;
    }

    /// <summary>Opens our private key, which the caller closes; null with the reason in words for people.</summary>
    internal SignatureKey? OpenSigningPrivate(out string why)
    {
        why = "No private key of ours is configured.";
        return SigningPrivate is { } file && SignatureKey.TryReadPrivate(file.Span, out var key, out why) ? key : null;
    }

    /// <summary>Wipes the secrets.</summary>
    public void Dispose()
    {
        SharedSecret?.Dispose();
        SigningPrivate?.Dispose();
    }
}
