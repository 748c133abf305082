using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>The inbox of what waits for a second person, and the decisions.</summary>
public static class ApprovalsFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Approvals",
        Nav =
        [
            new("nav.group.work", "nav.approvals", PortalUrls.Approvals, IconName.Inbox, Permission.OrdersRead,
                "approvals", 'a'),
        ],
        Map = Map,
        Services = services => services
            .AddScoped<ApprovalCommands>()
            .AddSingleton<ApprovalPolicies>()
            .AddSingleton<PolicyChanges>()
            .AddSingleton<IChange, PolicyTierChange>()
            .AddSingleton<IChange, DelegationGrant>()
            .AddScoped<DelegationChanges>()
            .AddSingleton<ApprovalExpiry>()
            .AddScoped<ApprovalQueries>()
            .AddScoped<DecisionSheets>()
            .AddScoped<ApprovalWords>(),
    };

    private static void Map(ModelBuilder model)
    {
        model.Entity<Approval>(row =>
        {
            row.ToTable("approvals", table => table
                .HasCheckConstraint("ck_approvals_four_eyes", "\"PersonId\" <> \"RequesterPersonId\""));
            row.HasKey(x => x.Id);
            row.HasIndex(x => new { x.OperationId, x.PersonId }).IsUnique();
            row.HasIndex(x => new { x.OperationId, x.PlaceOfPersonId }).IsUnique();
            row.HasOne<Operation>().WithMany()
                .HasForeignKey(x => new { x.OperationId, x.RequesterPersonId })
                .HasPrincipalKey(x => new { x.Id, x.RequesterPersonId })
                .OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PolicyTier>(row =>
        {
            row.ToTable("policy_tiers").HasKey(x => x.Id);
            row.Ignore(x => x.Rule);
            row.HasIndex(x => x.RetiredAt);
        });
        model.Entity<Delegation>(row =>
        {
            row.ToTable("delegations", table => table.HasCheckConstraint(
                "ck_delegations_two_people", "\"DelegatorPersonId\" <> \"DelegatePersonId\""));
            row.HasKey(x => x.Id);
            row.HasIndex(x => new { x.DelegatePersonId, x.Until });
            row.HasOne<Team.Person>().WithMany().HasForeignKey(x => x.DelegatorPersonId)
                .OnDelete(DeleteBehavior.Restrict);
            row.HasOne<Team.Person>().WithMany().HasForeignKey(x => x.DelegatePersonId)
                .OnDelete(DeleteBehavior.Restrict);
        });
    }
}
