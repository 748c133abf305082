using MerchantPortal.Portal.Data;

namespace MerchantPortal.Portal;

/// <summary>What the portal was started as.</summary>
public enum PortalMode
{
    /// <summary>Demo world and Sandbox, loopback only.</summary>
    Rehearse,

    /// <summary>The real thing.</summary>
    Serve,
}

/// <summary>How the portal was started. Checked as a whole before anything is opened.</summary>
public sealed record PortalOptions
{
    public PortalMode Mode { get; init; } = PortalMode.Rehearse;

    /// <summary>Folder of database, keys and anchor.</summary>
    public required string Data { get; init; }

    /// <summary>Address to listen on.</summary>
    public string Urls { get; init; } = "http://localhost:5080";

    /// <summary>Address of the Sandbox in rehearsal; port 0 takes a free one.</summary>
    public string SandboxUrls { get; init; } = "http://localhost:0";

    /// <summary>The one Sandbox that a rehearsal's worker speaks to; the portal has its own.</summary>
    public string Sandbox { get; init; } = "";

    public DatabaseKind Database { get; init; } = DatabaseKind.Sqlite;

    /// <summary>PostgreSQL connection string; unused on SQLite.</summary>
    public string Connection { get; init; } = "";

    /// <summary>The root key's file; inside the data folder unless moved.</summary>
    public string? RootKeyFile { get; init; }

    /// <summary>The audit anchor's file; inside the data folder unless moved.</summary>
    public string? AnchorFile { get; init; }

    /// <summary>How many times faster than real time the product's clock runs; rehearsal only.</summary>
    public int ClockScale { get; init; } = 1;

    /// <summary>Time between the Sandbox's review states, in seconds of product time.</summary>
    public int ReviewStepSeconds { get; init; } = 5;

    public string RootKeyPath => RootKeyFile ?? Path.Combine(Data, "keys", "root.key");

    public string AnchorPath => AnchorFile ?? Path.Combine(Data, "anchor.log");

    public string ConnectionString =>
        Database == DatabaseKind.Sqlite ? Dialect.SqliteFile(Path.Combine(Data, "portal.db")) : Connection;

    public Uri? SandboxAddress => Sandbox.Length == 0 ? null : new(Sandbox);

    /// <summary>Faults of a worker's own options; the mode is that of its folder.</summary>
    public IReadOnlyList<string> WorkerFaults() => Mode switch
    {
        PortalMode.Serve when Sandbox.Length > 0 => ["--sandbox: only on the folder of a rehearsal."],
        PortalMode.Serve => [],
        _ when Sandbox.Length == 0 => ["--sandbox: say where the rehearsal's Sandbox listens; it prints that."],
        _ when !Uri.TryCreate(Sandbox, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            => [$"--sandbox: {Sandbox} is not an address."],
        _ when !new Uri(Sandbox).IsLoopback => ["--sandbox: a rehearsal speaks to loopback only."],
        _ => [],
    };

    /// <summary>Every fault at once, each naming its option.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Database == DatabaseKind.Postgres && Connection.Length == 0)
        {
            faults.Add("--connection: PostgreSQL needs a connection string.");
        }

        if (Database == DatabaseKind.Sqlite && Connection.Length > 0)
        {
            faults.Add("--connection: only for --database postgres; SQLite lies in the data folder.");
        }

        if (ClockScale < 1 || (ClockScale > 1 && Mode != PortalMode.Rehearse))
        {
            faults.Add("--clock-scale: a whole number from 1, and above 1 in rehearsal only.");
        }

        foreach (var url in Urls.Split(';'))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            {
                faults.Add($"--urls: {url} is not an address.");
            }
            else if (Mode == PortalMode.Rehearse && !uri.IsLoopback)
            {
                faults.Add($"--urls: a rehearsal listens on loopback only, not on {uri.Host}.");
            }
        }

        return faults;
    }
}
