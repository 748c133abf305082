using MerchantPortal.Portal.Data;

namespace MerchantPortal.Harness;

/// <summary>How a run was asked for.</summary>
internal sealed record HarnessOptions
{
    /// <summary>Kills that must hit a worker which is up.</summary>
    public int Kills { get; init; } = 25;

    public int Operations { get; init; } = 150;
    public int Seed { get; init; } = 7;
    public DatabaseKind Database { get; init; } = DatabaseKind.Sqlite;

    /// <summary>PostgreSQL server on which the run makes a database of its own.</summary>
    public string Connection { get; init; } = "";

    /// <summary>How many times as fast as real time everything runs.</summary>
    public int ClockScale { get; init; } = 120;

    /// <summary>
    /// Folder of the published portal and Sandbox, and of the published harness where bugs are planted.
    /// </summary>
    public required string Programs { get; init; }

    /// <summary>A bug to plant in the harness's own workers; empty runs the published portal's.</summary>
    public string Bug { get; init; } = "";

    /// <summary>More than kills, see <see cref="Hardships"/>.</summary>
    public bool IsHard { get; init; }

    /// <summary>The other side's clock is twenty minutes ahead, so nothing may be sent; nothing settles then.</summary>
    public bool IsClockOff { get; init; }

    /// <summary>Project of the tests that catch what no ledger shows.</summary>
    public string Tests { get; init; } = "";

    /// <summary>Keeps the run's folder even when all is well.</summary>
    public bool Keep { get; init; }
}
