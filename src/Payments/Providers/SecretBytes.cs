using System.Security.Cryptography;

namespace MerchantPortal.Payments.Providers;

/// <summary>
/// A secret in memory: pinned, wiped when disposed, never text. It has no equality, no serialiser and a
/// <see cref="ToString"/> that tells nothing, so that it cannot end in a log by accident.
/// </summary>
public sealed class SecretBytes : IDisposable
{
    private readonly byte[] bytes;
    private bool wiped;

    /// <summary>Copies the secret into pinned memory. The caller wipes its own copy.</summary>
    public SecretBytes(ReadOnlySpan<byte> secret)
    {
        bytes = GC.AllocateUninitializedArray<byte>(secret.Length, pinned: true);
        secret.CopyTo(bytes);
    }

    /// <summary>The secret, for as long as this lives.</summary>
    /// <exception cref="ObjectDisposedException">It has been wiped.</exception>
    public ReadOnlySpan<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(wiped, this);
            return bytes;
        }
    }

    /// <summary>Bytes in the secret.</summary>
    public int Length => bytes.Length;

    /// <summary>Tells nothing.</summary>
    public override string ToString() => "(secret)";

    /// <summary>Wipes the memory.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(bytes);
        wiped = true;
    }
}
