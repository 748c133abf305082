using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>Merchant accounts at providers and their keys.</summary>
public static class AccountsFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Accounts",
        Nav = [new("nav.group.control", "nav.accounts", PortalUrls.Accounts, IconName.Store, Permission.AccountsRead)],
        Map = model =>
        {
            model.Entity<Account>(row =>
            {
                row.ToTable("accounts").HasKey(x => x.Id);
                row.Ignore(x => x.CurrencyList).Ignore(x => x.SettingList).Ignore(x => x.OtherAddressList);
                row.Property(x => x.Settings).HasDefaultValue("{}");
                row.HasIndex(x => new { x.Provider, x.MerchantId, x.Mode }).IsUnique();
                row.HasIndex(x => x.InboundKey).IsUnique();
            });
            model.Entity<AccountKey>(row =>
            {
                row.ToTable("account_keys").HasKey(x => x.Id);
                row.HasIndex(x => new { x.AccountId, x.Usage, x.Version }).IsUnique();
                row.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Restrict);
            });
        },
        Services = services => services
            .AddSingleton<AccountDirectory>()
            .AddSingleton<IChange, AccountSwitch>()
            .AddScoped<AccountCommands>()
            .AddScoped<AccountQueries>(),
    };
}
