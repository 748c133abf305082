using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Cases;

/// <summary>What providers show that nobody asked for here, until a person has explained it.</summary>
public static class CasesFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Cases",
        Nav = [new("nav.group.work", "nav.cases", PortalUrls.Cases, IconName.Alert, Permission.CasesWork)],
        Map = model => model.Entity<OutsideCase>(row =>
        {
            row.ToTable("cases").HasKey(x => x.Id);
            row.Ignore(x => x.Ours);
            row.Ignore(x => x.Outside);
            row.HasIndex(x => x.Number).IsUnique();
            row.HasIndex(x => new { x.OrderId, x.Kind, x.RawState }).IsUnique();
            row.HasIndex(x => new { x.State, x.FoundAt });
            row.HasOne<Order>().WithMany().HasForeignKey(x => x.OrderId).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Restrict);
        }),
        Services = services => services.AddScoped<CaseCommands>().AddScoped<CaseQueries>(),
    };
}
