using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>Changes that one person proposes and others confirm.</summary>
public static class ChangesFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Changes",
        Nav =
        [
            new("nav.group.control", "nav.changes", PortalUrls.Changes, IconName.Shield, Permission.ChangesConfirm,
                "changes"),
        ],
        Endpoints = ChangeFiles.Map,
        Map = model =>
        {
            model.Entity<ChangeRequest>(row =>
            {
                row.ToTable("changes").HasKey(x => x.Id);
                row.HasAlternateKey(x => new { x.Id, x.ProposerPersonId });
                row.HasIndex(x => x.Number).IsUnique();
                row.HasIndex(x => x.CommandId).IsUnique();
                row.HasIndex(x => x.Target, "ux_changes_waiting").IsUnique().HasFilter("\"State\" = 'Waiting'");
                row.HasIndex(x => new { x.State, x.ExpiresAt });
                row.HasIndex(x => x.OperationId);
                row.HasOne<Operation>().WithMany().HasForeignKey(x => x.OperationId)
                    .OnDelete(DeleteBehavior.Restrict);
            });
            model.Entity<ChangeVote>(row =>
            {
                row.ToTable("change_votes", table => table
                    .HasCheckConstraint("ck_change_votes_four_eyes", "\"PersonId\" <> \"ProposerPersonId\""));
                row.HasKey(x => x.Id);
                row.HasIndex(x => new { x.ChangeId, x.PersonId }).IsUnique();
                row.HasOne<ChangeRequest>().WithMany()
                    .HasForeignKey(x => new { x.ChangeId, x.ProposerPersonId })
                    .HasPrincipalKey(x => new { x.Id, x.ProposerPersonId })
                    .OnDelete(DeleteBehavior.Restrict);
            });
        },
        Services = services => services
            .AddSingleton<ChangeKinds>()
            .AddSingleton<ChangeDocuments>()
            .AddSingleton<ChangeExpiry>()
            .AddScoped<ChangeCommands>()
            .AddScoped<ChangeQueries>()
            .AddScoped<ChangeWords>()
            .AddHostedService<ChangeWorker>(),
    };
}
