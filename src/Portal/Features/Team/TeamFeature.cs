using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Team;

/// <summary>People, their sign-ins and their roles.</summary>
public static class TeamFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Team",
        Nav = [new("nav.group.control", "nav.team", PortalUrls.Team, IconName.Team, Permission.TeamRead)],
        Map = model =>
        {
            model.Entity<Person>(row => row.ToTable("persons").HasKey(x => x.Id));
            model.Entity<RoleGrant>(row =>
            {
                row.ToTable("role_grants").HasKey(x => x.Id);
                row.HasIndex(x => new { x.UserId, x.RevokedAt });
                row.HasOne<PortalUser>().WithMany().HasForeignKey(x => x.UserId).OnDelete(DeleteBehavior.Restrict);
            });
            model.Entity<SetupLink>(row =>
            {
                row.ToTable("setup_links").HasKey(x => x.Id);
                row.HasIndex(x => x.TokenHash).IsUnique();
            });
        },
        Services = services => services
            .AddSingleton<IChange, RoleGrantChange>()
            .AddScoped<TeamCommands>()
            .AddScoped<TeamQueries>(),
    };
}
