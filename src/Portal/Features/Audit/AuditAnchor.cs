using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>
/// Keeps the end of the chain in a second place: an append-only file that may lie on another volume. A chain that
/// only its author can check proves nothing; the anchor is what makes a cut tail visible.
/// </summary>
/// <remarks>
/// Commits are not held up: the newest end is written right after the commit, and ends that follow each other
/// faster than the disk are written as one line. Several processes may keep one file: they take turns.
/// </remarks>
public sealed class AuditAnchor : IAsyncDisposable
{
    private const int MaxLine = 128;

    // How the systems say that another process has a file open: Linux, Windows.
    private const int WouldBlock = 11;
    private const int SharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

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

        // A line counts once its end is there: another process may be writing, or was killed while it wrote.
        var text = File.ReadAllText(path, Encoding.ASCII);
        return
        [
            .. text[..(text.LastIndexOf('\n') + 1)].Split('\n').Where(line => line.Length > 0)
                .Select(line => Parse(path, line)),
        ];
    }

    /// <summary>The last line of an anchor file, or null when it has none; the rest is not read.</summary>
    /// <exception cref="InvalidDataException">The line is not one that this class writes.</exception>
    public static Line? ReadLast(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return ReadEnd(file).Line;
    }

    /// <summary>The lines about rows of a stretch, found by halving, for the file grows with the chain.</summary>
    /// <exception cref="InvalidDataException">A line is not one that this class writes.</exception>
    public static IReadOnlyList<Line> ReadBetween(string path, long first, long last)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var whole = ReadEnd(file).Whole;
        var (low, high) = (0L, whole);
        while (high - low > 4 * MaxLine)
        {
            var middle = low + ((high - low) / 2);
            var found = Lines(file, middle, whole).FirstOrDefault();
            (low, high) = found is not null && found.Seq < first ? (middle, high) : (low, middle);
        }

        return [.. Lines(file, low, whole).SkipWhile(line => line.Seq < first).TakeWhile(line => line.Seq <= last)];
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
        await foreach (var (seq, digest) in ends.Reader.ReadAllAsync())
        {
            var at = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            using var turn = await TakeTurnAsync();
            await using var file = new FileStream(
                Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            var (last, whole) = ReadEnd(file);

            // Two commits, of this process or of two, may finish in the other order than they were numbered; the file
            // only goes forward.
            if (seq > (last?.Seq ?? 0))
            {
                if (file.Length > whole)
                {
                    file.SetLength(whole);
                }

                file.Seek(whole, SeekOrigin.Begin);
                await file.WriteAsync(
                    Encoding.ASCII.GetBytes($"{seq} {Convert.ToHexStringLower(digest)} {at}\n"));
            }
        }
    }

    /// <summary>
    /// Waits until no other process writes. The lock lies beside the anchor, for the anchor itself stays readable
    /// all the time; the system takes it back when its process dies.
    /// </summary>
    private async Task<FileStream> TakeTurnAsync()
    {
        var file = $"{Path}.lock";

        // The machine's time on purpose: a lock is not held in product time.
        using var patience = new CancellationTokenSource(LongestTurn);
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (taken.HResult is WouldBlock or SharingViolation
                && !patience.IsCancellationRequested)
            {
                await Task.Delay(1);
            }
        }
    }

    /// <summary>The last whole line, and where it ends; what stands behind it a killed process left.</summary>
    private static (Line? Line, long Whole) ReadEnd(FileStream file)
    {
        Span<byte> end = stackalloc byte[(int)Math.Min(file.Length, 2 * MaxLine)];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        var whole = end.LastIndexOf((byte)'\n') + 1;
        if (whole == 0)
        {
            return file.Length <= MaxLine ? (null, 0) : throw NoAnchor(file.Name);
        }

        var start = end[..(whole - 1)].LastIndexOf((byte)'\n') + 1;
        return (Parse(file.Name, Encoding.ASCII.GetString(end[start..(whole - 1)])), file.Length - end.Length + whole);
    }

    /// <summary>The lines that begin at or after a place, as far as the file is whole.</summary>
    private static IEnumerable<Line> Lines(FileStream file, long from, long whole)
    {
        // From the byte before, so that a line that begins right here is not passed over.
        var at = Math.Max(from - 1, 0);
        file.Seek(at, SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.ASCII, false, 4096, leaveOpen: true);
        for (var isPart = from > 0; at < whole && reader.ReadLine() is { } text; isPart = false)
        {
            at += text.Length + 1;
            if (!isPart)
            {
                yield return Parse(file.Name, text);
            }
        }
    }

    private static Line Parse(string path, string text)
    {
        var parts = text.Split(' ');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && parts[1].Length == 64 && parts[1].All(char.IsAsciiHexDigit)
                ? new(seq, Convert.FromHexString(parts[1]))
                {
                    At = DateTimeOffset.TryParseExact(
                        parts[2], "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
                        ? at
                        : null,
                }
                : throw NoAnchor(path);
    }

    private static InvalidDataException NoAnchor(string path) => new($"{path} has a line that is not an anchor.");
}
