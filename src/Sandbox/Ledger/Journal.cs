using System.Text.Encodings.Web;
using System.Text.Json;

namespace MerchantPortal.Sandbox.Ledger;

/// <summary>One line of the journal: what kind of row it is, and the row as it stood from then on.</summary>
sealed record JournalEntry(string Kind, JsonElement Data)
{
    public T As<T>() => Data.Deserialize<T>(Journal.Json)
        ?? throw new InvalidDataException($"The journal has an empty {Kind}.");
}

/// <summary>An append-only file of JSON lines, or nothing at all when no file was named.</summary>
sealed class Journal : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    readonly FileStream? file;
    readonly Lock gate = new();

    public Journal(string? path)
    {
        if (path is null) return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null) Directory.CreateDirectory(folder);
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
    }

    /// <summary>Whether what is appended outlives the process.</summary>
    public bool IsKept => file is not null;

    /// <summary>Reads all lines from the start and leaves the file ready for appending.</summary>
    public IReadOnlyList<JournalEntry> Read()
    {
        if (file is null) return [];
        file.Position = 0;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);

        // A process killed in the middle of a write leaves half a line: that row was never answered for.
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        file.SetLength(end);
        file.Position = end;

        var entries = new List<JournalEntry>();
        var start = 0;
        while (start < end)
        {
            var stop = Array.IndexOf(bytes, (byte)'\n', start);
            entries.Add(ReadLine(bytes.AsSpan(start, stop - start), entries.Count + 1));
            start = stop + 1;
        }
        return entries;
    }

    public void Append<T>(string kind, T data)
    {
        if (file is null) return;
        var line = JsonSerializer.SerializeToUtf8Bytes(new { kind, data }, Json);
        lock (gate)
        {
            file.Write([.. line, (byte)'\n']);
            file.Flush();
        }
    }

    public void Dispose() => file?.Dispose();

    static JournalEntry ReadLine(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalEntry>(line, Json)
                ?? throw new InvalidDataException($"Line {number} of the journal is empty.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"Line {number} of the journal cannot be read.", broken);
        }
    }
}
