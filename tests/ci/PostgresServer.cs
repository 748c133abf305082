using System.Net;
using System.Net.Sockets;

/// <summary>A PostgreSQL of this run alone, in a temporary folder on a free port of loopback.</summary>
internal sealed class PostgresServer(Checks run, string programs)
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-postgres-").FullName;
    private readonly int port = FreePort();

    private string Data => Path.Combine(folder, "data");

    public string Connection => $"Host=127.0.0.1;Port={port};Username=postgres";

    /// <summary>The newest installed server's programs, or null.</summary>
    public static string? Folder() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .MaxBy(bin => int.TryParse(Path.GetFileName(Path.GetDirectoryName(bin)), out var version) ? version : 0)
        : null;

    public async Task<bool> StartAsync() =>
        (Environment.UserName != "root" || await run.RunAsync("chown", "postgres", folder))
        && await AsServerAsync("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        && await AsServerAsync(
            "pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", Path.Combine(folder, "server.log"),
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
                + "-c max_connections=200 -c fsync=on");

    public async Task StopAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            var (program, arguments) = Command("pg_ctl", "stop", "-w", "-m", "fast", "-D", Data);
            await run.RunLastAsync(program, arguments);
        }

        Directory.Delete(folder, recursive: true);
    }

    private Task<bool> AsServerAsync(string program, params string[] arguments)
    {
        var (first, rest) = Command(program, arguments);
        return run.RunAsync(first, rest);
    }

    // The server refuses to run as root.
    private (string Program, string[] Arguments) Command(string program, params string[] arguments)
    {
        var path = Path.Combine(programs, program);
        return Environment.UserName == "root"
            ? ("runuser", ["-u", "postgres", "--", path, .. arguments])
            : (path, arguments);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
