using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>What providers call us about: kept raw, verified, de-duplicated, applied, acknowledged.</summary>
public static class NotificationsFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Notifications",
        Nav =
        [
            new(
                "nav.group.work",
                "nav.notifications",
                PortalUrls.Notifications,
                IconName.In,
                Permission.NotificationsRead),
        ],
        Map = model => model.Entity<Inbound>(row =>
        {
            row.ToTable("inbound").HasKey(x => x.Id);
            row.Property(x => x.Headers).HasDefaultValue("{}");
            row.HasIndex(x => new { x.AccountId, x.SemanticKey }).IsUnique();
            row.HasIndex(x => new { x.At, x.Id });
            row.HasIndex(x => x.OrderId);
            row.HasIndex(x => x.NamedOrder);
            row.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Restrict);
        }),
        Services = services => services
            .AddSingleton<InboundCommands>()
            .AddScoped<InboundReplay>()
            .AddScoped<InboundQueries>(),
        Endpoints = InboundEndpoint.Map,
    };
}
