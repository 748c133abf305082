using System.Text.Json;

namespace MerchantPortal.Portal.Data;

/// <summary>
/// The data folder and the mark that says what it is for. Rehearsal and live processes refuse each other's folder, so
/// that no drill ever touches real money and no real key ever lies among demo data.
/// </summary>
public sealed class DataFolder
{
    private const string MarkFile = "portal.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What the mark says.</summary>
    /// <param name="Mode">Rehearse or Serve.</param>
    /// <param name="CreatedAt">When the folder was first used, UTC; also the origin of a scaled clock.</param>
    public sealed record Mark(string Mode, DateTimeOffset CreatedAt);

    private DataFolder(string path, Mark content, bool isNew)
    {
        Path = path;
        Content = content;
        IsNew = isNew;
    }

    public string Path { get; }

    /// <summary>What it belongs to.</summary>
    public PortalMode Mode => Enum.Parse<PortalMode>(Content.Mode);

    public Mark Content { get; }

    /// <summary>This start made it.</summary>
    public bool IsNew { get; }

    /// <summary>Opens or makes the folder.</summary>
    /// <exception cref="StartRefusedException">It belongs to the other mode, or is not one of ours.</exception>
    public static DataFolder Open(string path, PortalMode mode, DateTimeOffset now)
    {
        var full = System.IO.Path.GetFullPath(path);
        var mark = System.IO.Path.Combine(full, MarkFile);
        if (File.Exists(mark))
        {
            var content = Read(mark);
            return content.Mode == mode.ToString()
                ? new(full, content, isNew: false)
                : throw new StartRefusedException(
                    $"--data: {full} belongs to '{content.Mode.ToLowerInvariant()}' and is not opened by "
                    + $"'{mode.ToString().ToLowerInvariant()}'.");
        }

        if (File.Exists(System.IO.Path.Combine(full, "portal.db")))
        {
            throw new StartRefusedException(
                $"--data: {full} holds a database but no {MarkFile}; whose it is cannot be told.");
        }

        Directory.CreateDirectory(full);
        var fresh = new Mark(mode.ToString(), now);
        File.WriteAllText(mark, JsonSerializer.Serialize(fresh, Json));
        return new(full, fresh, isNew: true);
    }

    /// <summary>Opens a folder that is there, whichever mode it belongs to.</summary>
    /// <exception cref="StartRefusedException">There is none.</exception>
    public static DataFolder OpenExisting(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var mark = System.IO.Path.Combine(full, MarkFile);
        return File.Exists(mark)
            ? new(full, Read(mark), isNew: false)
            : throw new StartRefusedException(
                $"--data: {full} is no data folder; 'rehearse' or 'serve' makes one at its first start.");
    }

    private static Mark Read(string mark) => JsonSerializer.Deserialize<Mark>(File.ReadAllText(mark), Json)
        ?? throw new StartRefusedException($"--data: {mark} is empty.");
}

/// <summary>The portal does not start; the message is for whoever started it.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
