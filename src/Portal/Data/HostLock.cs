using System.Text.Json;

namespace MerchantPortal.Portal.Data;

/// <summary>A computer, as far as locks of its files reach.</summary>
/// <param name="Id">The same for all processes that share one system's file locks, containers included.</param>
/// <param name="Name">What people call it.</param>
public sealed record Computer(string Id, string Name)
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>The one that this process runs on. Linux names each of its runs, which all containers share.</summary>
    public static Computer This { get; } = new(
        File.Exists(BootId) ? File.ReadAllText(BootId).Trim() : Environment.MachineName, Environment.MachineName);
}

/// <summary>
/// Keeps a second computer away from a data folder on SQLite, whose own locks do not reach over network folders
/// (reliability design, "Clocks"). Every process keeps a file of its own in the folder and renews it; processes of the
/// same computer do not disturb each other.
/// </summary>
/// <remarks>
/// Its time is the machine's, never the product's. Each writes its own file before it looks for others, so that of two
/// computers that start in the same instant none overlooks the other.
/// </remarks>
public sealed class HostLock(PortalOptions options, Computer computer, TimeProvider machine) : IDisposable
{
    /// <summary>How often it is renewed.</summary>
    public static TimeSpan Beat { get; } = TimeSpan.FromSeconds(15);

    /// <summary>After so long without renewal its process is taken for gone.</summary>
    public static TimeSpan Stale { get; } = TimeSpan.FromMinutes(2);

    private readonly string folder = Path.Combine(options.Data, "hosts");
    private readonly string own = $"{Guid.CreateVersion7():N}.json";
    private readonly CancellationTokenSource lost = new();
    private ITimer? timer;
    private DateTimeOffset renewedAt;

    /// <summary>What a process wrote of itself.</summary>
    private sealed record Mark(string Id, string Name, DateTimeOffset At);

    /// <summary>Why the folder is no longer ours; null while it is, or where no lock is needed.</summary>
    public string? Lost { get; private set; }

    /// <summary>Ends when the folder is lost: its process has to stop.</summary>
    public CancellationToken WhenLost => lost.Token;

    /// <summary>Takes the folder, where it holds the database.</summary>
    /// <exception cref="StartRefusedException">
    /// Another computer has it; the message says which and until when.
    /// </exception>
    public void Take()
    {
        if (options.Database != DatabaseKind.Sqlite)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        Renew();
        if (Other() is { } other)
        {
            Dispose();
            throw new StartRefusedException(
                $"--data: {options.Data} is in use by the computer {other.Name}, last seen at {other.At:u}. SQLite "
                + $"works on one computer only: stop the portal there, or wait until {other.At + Stale:u}. Several "
                + "computers need --database postgres.");
        }

        timer = machine.CreateTimer(_ => Keep(), null, Beat, Beat);
    }

    public void Dispose()
    {
        timer?.Dispose();
        timer = null;
        if (Directory.Exists(folder))
        {
            File.Delete(Path.Combine(folder, own));
        }

        lost.Dispose();
    }

    private void Keep()
    {
        try
        {
            // A process that stood still for long was taken for gone: somebody else may have the folder by now.
            if (machine.GetUtcNow() - renewedAt >= Stale && Other() is { } other)
            {
                Lose($"the computer {other.Name} has taken the data folder");
                return;
            }

            Renew();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (machine.GetUtcNow() - renewedAt >= Stale - (2 * Beat))
            {
                Lose($"the lock of the data folder cannot be renewed ({fault.Message})");
            }
        }
    }

    private void Lose(string why)
    {
        Lost = why;
        timer?.Dispose();
        lost.Cancel();
    }

    private void Renew()
    {
        var now = machine.GetUtcNow();
        var fresh = Path.Combine(folder, $"{own}.new");
        File.WriteAllText(fresh, JsonSerializer.Serialize(new Mark(computer.Id, computer.Name, now)));
        File.Move(fresh, Path.Combine(folder, own), overwrite: true);
        renewedAt = now;
    }

    /// <summary>A process of another computer that is there; marks of processes that are gone are swept away.</summary>
    private Mark? Other()
    {
        var now = machine.GetUtcNow();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            if (Read(file) is not { } mark)
            {
                continue;
            }

            if (now - mark.At >= Stale)
            {
                File.Delete(file);
            }
            else if (mark.Id != computer.Id)
            {
                return mark;
            }
        }

        return null;
    }

    private static Mark? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Mark>(File.ReadAllText(file));
        }
        catch (FileNotFoundException)
        {
            // Its process has ended in this instant.
            return null;
        }
        catch (JsonException)
        {
            // Somebody's, whoever it is, as long as it is renewed.
            return new("", "?", new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero));
        }
    }
}
