using MerchantPortal.Portal;
using MerchantPortal.Portal.Data;

namespace MerchantPortal.Harness;

/// <summary>Starts worker processes: the published portal's, or this program's own where a bug is planted.</summary>
internal sealed class Workers(HarnessOptions options, PortalOptions portal, Uri sandbox)
{
    private readonly List<string> complaints = [];

    /// <summary>What workers wrote to standard error, each kind once, with its count.</summary>
    public IEnumerable<string> Complaints => complaints
        .GroupBy(line => line).OrderByDescending(same => same.Count()).Select(same => $"{same.Count()}x {same.Key}");

    public Child Start() => options.Bug.Length == 0
        ? Child.Start(Path.Combine(options.Programs, "MerchantPortal.Portal"), ["worker", .. Arguments()])
        : Child.Start(
            Path.Combine(options.Programs, "MerchantPortal.Harness"), ["worker", "--bug", options.Bug, .. Arguments()]);

    /// <summary>Keeps what a worker complained of before it went.</summary>
    public void Note(Child worker)
    {
        lock (complaints)
        {
            complaints.AddRange(worker.Complaints.Select(line => line.Length > 300 ? line[..300] : line));
        }
    }

    private string[] Arguments() =>
    [
        "--data", portal.Data, "--sandbox", sandbox.ToString(),
        "--clock-scale", portal.ClockScale.ToString(System.Globalization.CultureInfo.InvariantCulture),
        .. portal.Database == DatabaseKind.Postgres
            ? new[] { "--database", "postgres", "--connection", portal.Connection }
            : [],
    ];
}
