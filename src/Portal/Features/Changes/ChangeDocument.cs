using System.Security.Cryptography;
using System.Text;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>What a proposal rests on: an uploaded file, or a line of text such as a ticket's number.</summary>
/// <param name="Name">The file's name as its owner called it; empty for a line of text.</param>
/// <param name="Content">The file, or the text in UTF-8.</param>
public sealed record ChangeDocument(string Name, byte[] Content)
{
    public const int MostBytes = 5 * 1024 * 1024;
    private const int MostName = 120;
    private const int MostText = 500;
    private static readonly byte[][] Heads =
        ["%PDF-"u8.ToArray(), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF]];

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static ChangeDocument OfText(string line) => new("", Encoding.UTF8.GetBytes(line.Trim()));

    public bool IsText => Name.Length == 0;

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>Why it cannot be taken, as a text key; null when it can.</summary>
    public string? Wrong() => Content.Length == 0 ? "Empty"
        : Content.Length > MostBytes ? "TooLarge"
        : IsText ? (Content.Length > MostText || !IsPlain() ? "TextTooLong" : null)
        : Name.Length > MostName || Name.Any(char.IsControl) ? "Name"
        : Heads.Any(head => Content.AsSpan().StartsWith(head)) || IsPlain() ? null
        : "Kind";

    private bool IsPlain()
    {
        try
        {
            return !Strict.GetString(Content).Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t'));
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}

/// <summary>
/// Keeps the documents of proposals in the data folder, under names made here: what somebody called a file never
/// becomes a path.
/// </summary>
public sealed class ChangeDocuments(PortalOptions options)
{
    private string Folder => Path.Combine(options.Data, "documents");

    /// <summary>Writes a file to the disk, whole, and tells its generated name.</summary>
    public async Task<string> KeepAsync(ChangeDocument document)
    {
        Directory.CreateDirectory(Folder);
        var name = $"{Guid.CreateVersion7():N}.bin";
        await using var file = new FileStream(Path.Combine(Folder, name), FileMode.CreateNew);
        await file.WriteAsync(document.Content);
        file.Flush(flushToDisk: true);
        return name;
    }

    /// <summary>The file as it was kept, or null where it is gone or not what was kept.</summary>
    public async Task<byte[]?> ReadAsync(string name, string sha256)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            return null;
        }

        var content = await File.ReadAllBytesAsync(path);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == sha256 ? content : null;
    }

    /// <summary>Takes back a file whose proposal was refused.</summary>
    public void Forget(string name) => File.Delete(Path.Combine(Folder, name));
}
