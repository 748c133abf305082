using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>Who did or tried what, chained so that no row can be changed unseen.</summary>
public static class AuditFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Audit",
        Nav = [new("nav.group.control", "nav.audit", PortalUrls.Audit, IconName.Book, Permission.AuditRead)],
        Map = model =>
        {
            model.Entity<AuditEntry>(row =>
            {
                row.ToTable("audit").HasKey(x => x.Seq);
                row.Property(x => x.Seq).ValueGeneratedNever();
                row.HasIndex(x => new { x.Action, x.Seq });
                row.HasIndex(x => new { x.Subject, x.Seq });
                row.HasIndex(x => new { x.UserId, x.Seq });
            });
            model.Entity<AuditHead>(row =>
            {
                row.ToTable("audit_head").HasKey(x => x.Id);
                row.Property(x => x.Id).ValueGeneratedNever();
                row.HasData(new AuditHead { Id = 1, Seq = 0, Digest = AuditChain.Genesis });
            });
        },
        Services = services => services.AddScoped<AuditQueries>().AddHostedService<AuditWorker>(),
    };
}
