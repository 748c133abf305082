using MerchantPortal.Portal.Shell;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Installation;

/// <summary>Settings of the installation, periodic work and health.</summary>
public static class InstallationFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Installation",
        Map = model =>
        {
            model.Entity<Setting>(row => row.ToTable("settings").HasKey(x => x.Key));
            model.Entity<ScheduledTask>(row => row.ToTable("schedule").HasKey(x => x.Name));
        },
    };
}

/// <summary>One value that belongs to the installation, such as the root's check value.</summary>
public sealed class Setting
{
    /// <summary>Check value of the root key that this database belongs to.</summary>
    public const string RootCheck = "root-check";

    /// <summary>Whether it holds a rehearsal or the real thing.</summary>
    public const string Mode = "mode";

    /// <summary>How far the audit is verified in the background.</summary>
    public const string AuditWatch = "audit-watch";

    public string Key { get; init; } = "";
    public string Value { get; set; } = "";
}

/// <summary>A periodic task: when it is due, and who holds it.</summary>
public sealed class ScheduledTask
{
    public string Name { get; init; } = "";
    public DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public string Node { get; set; } = "";
    public DateTimeOffset? LastRunAt { get; set; }

    /// <summary>How the last run ended: empty when well.</summary>
    public string LastProblem { get; set; } = "";
}
