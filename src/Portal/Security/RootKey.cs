using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Security;

/// <summary>
/// The root of all keys: 32 bytes in a file outside the database and outside its backups. Every other key is
/// derived from it by purpose, so that none can stand in for another.
/// </summary>
public sealed class RootKey : IDisposable
{
    private const int Size = 32;
    private readonly SecretBytes root;

    private RootKey(SecretBytes root) => this.root = root;

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">The file does not hold 32 bytes in Base64.</exception>
    public static RootKey Read(string path)
    {
        var text = File.ReadAllBytes(path);
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        try
        {
            var trimmed = text.AsSpan().TrimEnd("\r\n "u8);
            var status = Base64.DecodeFromUtf8(trimmed, bytes, out _, out var written);
            return status == System.Buffers.OperationStatus.Done && written == Size
                ? new(new SecretBytes(bytes.AsSpan(0, Size)))
                : throw new InvalidDataException($"{path} does not hold a root key.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Makes a new root key where there is none; never replaces one.</summary>
    public static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead;
        }

        var bytes = RandomNumberGenerator.GetBytes(Size);
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes) + "\n"));
        file.Flush(flushToDisk: true);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>A 32-byte key for one purpose, such as "mp/kek/v1". The caller disposes it.</summary>
    public SecretBytes Derive(string purpose)
    {
        Span<byte> key = stackalloc byte[Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, root.Span, key, [], Encoding.UTF8.GetBytes(purpose));
        var secret = new SecretBytes(key);
        CryptographicOperations.ZeroMemory(key);
        return secret;
    }

    /// <summary>Proves that a database belongs to this root without telling anything about it.</summary>
    public string CheckValue()
    {
        using var key = Derive("mp/key-check/v1");
        return Convert.ToHexStringLower(HMACSHA256.HashData(key.Span, "merchant-portal"u8)[..8]);
    }

    public void Dispose() => root.Dispose();
}
