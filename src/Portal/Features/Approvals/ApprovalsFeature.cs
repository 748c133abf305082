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
        Map = model => model.Entity<Approval>(row =>
        {
            row.ToTable("approvals", table => table
                .HasCheckConstraint("ck_approvals_four_eyes", "\"PersonId\" <> \"RequesterPersonId\""));
            row.HasKey(x => x.Id);
            row.HasIndex(x => new { x.OperationId, x.PersonId }).IsUnique();
            row.HasOne<Operation>().WithMany()
                .HasForeignKey(x => new { x.OperationId, x.RequesterPersonId })
                .HasPrincipalKey(x => new { x.Id, x.RequesterPersonId })
                .OnDelete(DeleteBehavior.Restrict);
        }),
        Services = services => services
            .AddScoped<ApprovalCommands>()
            .AddSingleton<ApprovalPolicies>()
            .AddSingleton<ApprovalExpiry>()
            .AddScoped<ApprovalQueries>()
            .AddScoped<DecisionSheets>()
            .AddScoped<ApprovalWords>(),
    };
}
