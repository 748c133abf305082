using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Portal.Features.Signatures;

/// <summary>
/// One run of signature sign or signature verify. It reads the files it was given and nothing else: no host, no data
/// folder, no database.
/// </summary>
internal sealed record SignatureTask
{
    private const int MostMessageBytes = 4 * 1024 * 1024;
    private const int MostKeyBytes = 64 * 1024;

    public required string Provider { get; init; }

    public required string Interface { get; init; }

    /// <summary>File of the message; "-" is standard input.</summary>
    public required string MessageFile { get; init; }

    /// <summary>The signature to verify; null signs.</summary>
    public string? Signature { get; init; }

    public string? SharedKeyFile { get; init; }

    /// <summary>Our private key to sign, the other side's public key to verify.</summary>
    public string? RsaKeyFile { get; init; }

    /// <summary>Null where the option was not given.</summary>
    public bool? AmpKey { get; init; }

    /// <summary>Null where the option was not given.</summary>
    public bool? UpperHex { get; init; }

    private delegate bool KeyReader(ReadOnlySpan<byte> file, out SignatureKey? key, out string why);

    public SignatureAnswer Run()
    {
        if (!Providers.Signing.TryGetValue(Provider, out var signing))
        {
            return new SignatureAnswer.Unusable(
                $"There is no provider {Provider}; there are {string.Join(", ", Providers.Signing.Keys)}.");
        }

        if (!signing.Interfaces.Contains(Interface, StringComparer.Ordinal))
        {
            return new SignatureAnswer.Unusable(
                $"{Provider} has no interface {Interface}; it has {string.Join(", ", signing.Interfaces)}.");
        }

        if (ReadMessage(out var why) is not { } message || OpenKey(out why) is not { } key)
        {
            return new SignatureAnswer.Unusable(why);
        }

        using (key)
        {
            var choices = new SigningChoices(AmpKey is true, UpperHex is true);
            return signing.Read(Interface, message, key.Kind, choices) switch
            {
                TextReading.Readable { Texts: var texts } => Judge(texts, key),
                TextReading.Unusable unusable => new SignatureAnswer.Unusable(unusable.Why),
                _ => throw new InvalidOperationException("A reading of an unknown kind."),
            };
        }
    }

    private SignatureAnswer Judge(MessageTexts texts, SignatureKey key)
    {
        var needed = texts.ToSign.Algorithm.KeyKind;
        if (needed != SignatureKeyKind.None && needed != key.Kind)
        {
            return new SignatureAnswer.Unusable($"{Provider} {Interface} needs a key; none was given.");
        }

        List<string> warnings = [.. texts.Warnings];
        if (needed == SignatureKeyKind.None && key.Kind != SignatureKeyKind.None)
        {
            warnings.Add("This interface is a digest; the key is not used.");
        }

        if (Provider != "bgcpay" && (AmpKey is not null || UpperHex is not null))
        {
            warnings.Add("--key-placement and --hex change bgcpay only.");
        }

        if (Signature is null)
        {
            warnings.AddRange(texts.Contradiction.Length > 0 ? [texts.Contradiction] : []);
            return new SignatureAnswer.Judged(texts.ToSign, MessageSignature.Sign(texts, key), null, warnings);
        }

        var verdict = MessageSignature.Verify(texts, Signature, key);
        return new SignatureAnswer.Judged(verdict.Text, Signature, verdict, warnings);
    }

    private string? ReadMessage(out string why)
    {
        if (ReadFile(MessageFile, MostMessageBytes, out why) is not { } bytes)
        {
            return null;
        }

        try
        {
            var text = StrictJson.Decode(bytes.Span);
            why = text is not null ? ""
                : bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? "The message begins with a byte order mark."
                : "The message is not UTF-8.";
            return text;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes.Span);
        }
    }

    private SignatureKey? OpenKey(out string why)
    {
        if (SharedKeyFile is not null && RsaKeyFile is not null)
        {
            why = "There are two keys; give one.";
            return null;
        }

        KeyReader reader = SharedKeyFile is not null ? SignatureKey.TryReadShared
            : Signature is null ? SignatureKey.TryReadPrivate
            : SignatureKey.TryReadPublic;
        why = "";
        return (SharedKeyFile ?? RsaKeyFile) is { } path ? OpenKey(path, reader, out why) : SignatureKey.None;
    }

    private static SignatureKey? OpenKey(string path, KeyReader reader, out string why)
    {
        if (ReadFile(path, MostKeyBytes, out why) is not { } bytes)
        {
            return null;
        }

        try
        {
            return reader(bytes.Span, out var key, out why) ? key : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes.Span);
        }
    }

    /// <summary>The whole file in pinned memory, which the caller wipes; null says why not.</summary>
    private static Memory<byte>? ReadFile(string path, int most, out string why)
    {
        why = "";
        try
        {
            using var file = path == "-" ? Console.OpenStandardInput()
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var buffer = GC.AllocateUninitializedArray<byte>(most + 1, pinned: true);
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length <= most)
            {
                return buffer.AsMemory(0, length);
            }

            CryptographicOperations.ZeroMemory(buffer);
            why = $"{path} is longer than {most} bytes.";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            why = fault.Message;
        }

        return null;
    }
}
