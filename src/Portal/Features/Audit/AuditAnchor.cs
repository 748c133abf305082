using System.Globalization;
using System.Threading.Channels;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>
/// Keeps the end of the chain in a second place: an append-only file that may lie on another volume. A chain that
/// only its author can check proves nothing; the anchor is what makes a cut tail visible.
/// </summary>
/// <remarks>
/// Commits are not held up: the newest end is written right after the commit, and ends that follow each other
/// faster than the disk are written as one line.
/// </remarks>
public sealed class AuditAnchor : IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly Task writing;

    private readonly Channel<(long Seq, byte[] Digest)> ends = Channel.CreateBounded<(long, byte[])>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    public AuditAnchor(string path, TimeProvider time)
    {
        Path = path;
        this.time = time;
        writing = Task.Run(WriteAsync);
    }

    /// <summary>Why the file can no longer be written; money is not sent while this is set.</summary>
    public string? Broken { get; private set; }

    /// <summary>A line of the file.</summary>
    /// <param name="Seq">Number of the row that was last when the line was written.</param>
    /// <param name="Digest">Its digest.</param>
    public sealed record Line(long Seq, byte[] Digest)
    {
        /// <summary>When it was written; null when the line does not say it readably.</summary>
        public DateTimeOffset? At { get; init; }
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    internal void Note(long seq, byte[] digest) => ends.Writer.TryWrite((seq, digest));

    /// <summary>The lines of an anchor file, in order; none when there is no file.</summary>
    /// <exception cref="InvalidDataException">A line is not one that this class writes.</exception>
    public static IReadOnlyList<Line> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var lines = new List<Line>();
        foreach (var text in File.ReadLines(path).Where(text => text.Length > 0))
        {
            var parts = text.Split(' ');
            if (parts.Length != 3
                || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
                || parts[1].Length != 64 || !parts[1].All(char.IsAsciiHexDigit))
            {
                throw new InvalidDataException($"{path} has a line that is not an anchor.");
            }

            lines.Add(new(seq, Convert.FromHexString(parts[1]))
            {
                At = DateTimeOffset.TryParseExact(
                    parts[2], "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null,
            });
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        ends.Writer.TryComplete();
        await writing;
    }

    private async Task WriteAsync()
    {
        try
        {
            await AppendAsync();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Broken = fault.Message;
        }
    }

    private async Task AppendAsync()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        var last = Read(Path) is [.., var end] ? end.Seq : 0;
        await foreach (var (seq, digest) in ends.Reader.ReadAllAsync())
        {
            // Two commits may finish in the other order than they were numbered; the file only goes forward.
            if (seq > last)
            {
                var at = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
                await File.AppendAllTextAsync(Path, $"{seq} {Convert.ToHexStringLower(digest)} {at}\n");
                last = seq;
            }
        }
    }
}
