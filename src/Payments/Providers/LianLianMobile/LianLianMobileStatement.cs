using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using MerchantPortal.Payments.Signatures;
using Line = MerchantPortal.Payments.Providers.LianLianMobile.LianLianMobileStatementLine;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// Reads a settlement file (section 5) line by line: memory does not grow with the file. The first line with letters
/// beyond ASCII decides whether the file is UTF-8 or GB18030; a later line that is not of the same encoding is a
/// fault, and no character is ever replaced.
/// </summary>
/// <param name="file">The file's bytes; whoever opened it closes it.</param>
/// <param name="kind">What it holds.</param>
public sealed class LianLianMobileStatement(Stream file, LianLianMobileStatementKind kind)
{
    /// <summary>The longest line in bytes; a longer one is a fault and is skipped to its end.</summary>
    public const int LongestLine = 64 * 1024;

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private readonly ArrayBufferWriter<byte> line = new(512);
    private Encoding? encoding;
    private bool isTooLong;
    private bool hasSeenLine;
    private int number;

    /// <summary>"utf-8" or "gb18030" once a line has shown it; empty while every line was plain ASCII.</summary>
    public string Encoding => encoding?.WebName ?? "";

    /// <summary>
    /// The lines in order, each as a row, a title or a fault; empty lines are passed over. To be read once.
    /// </summary>
    public async IAsyncEnumerable<Line> ReadAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var buffer = new byte[16 * 1024];
        for (var read = await file.ReadAsync(buffer, cancel); read > 0; read = await file.ReadAsync(buffer, cancel))
        {
            for (var start = 0; start < read;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', start, read - start);
                Append(buffer.AsSpan(start, (end < 0 ? read : end) - start));
                start = end < 0 ? read : end + 1;
                if (end >= 0 && Finish() is { } told)
                {
                    yield return told;
                }
            }
        }

        if ((line.WrittenCount > 0 || isTooLong) && Finish() is { } last)
        {
            yield return last;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        isTooLong |= line.WrittenCount + bytes.Length > LongestLine + 1;
        if (!isTooLong)
        {
            line.Write(bytes);
        }
    }

    private Line? Finish()
    {
        number++;
        var told = isTooLong || line.WrittenCount > LongestLine + 1
            ? new Line.Fault(number, $"It is longer than {LongestLine} bytes.")
            : Judge(line.WrittenSpan);
        line.ResetWrittenCount();
        isTooLong = false;
        return told;
    }

    private Line? Judge(ReadOnlySpan<byte> bytes)
    {
        if (number == 1 && bytes.StartsWith(System.Text.Encoding.UTF8.Preamble))
        {
            bytes = bytes[System.Text.Encoding.UTF8.Preamble.Length..];
            encoding = StrictUtf8.Encoding;
        }

        bytes = bytes.EndsWith("\r"u8) ? bytes[..^1] : bytes;
        if (bytes.IsEmpty)
        {
            return null;
        }

        var isFirst = !hasSeenLine;
        hasSeenLine = true;
        return bytes.Length > LongestLine ? new Line.Fault(number, $"It is longer than {LongestLine} bytes.")
            : Decode(bytes) is { } text ? LianLianMobileStatementFields.Read(kind, text, number, isFirst)
            : new Line.Fault(number, $"It is not {(encoding is null ? "UTF-8 or GB18030" : Encoding)}.");
    }

    private string? Decode(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.ContainsAnyExceptInRange((byte)0, (byte)0x7f))
        {
            return System.Text.Encoding.ASCII.GetString(bytes);
        }

        foreach (var candidate in encoding is { } known ? [known] : new[] { StrictUtf8.Encoding, Gb18030 })
        {
            try
            {
                var text = candidate.GetString(bytes);
                encoding = candidate;
                return text;
            }
            catch (DecoderFallbackException)
            {
                // Not this encoding; the next one is tried, and when none is left the line is a fault.
            }
        }

        return null;
    }
}
