using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>
/// Transfers to payees: who they are, how much in a day, and asking for one. A transfer is an operation.
/// </summary>
public static class TransfersFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Transfers",
        Nav =
        [
            new("nav.group.money", "nav.transfers", PortalUrls.Transfers, IconName.Send, Permission.OrdersRead),
            new("nav.group.control", "nav.transfer-limits", PortalUrls.TransferLimits, IconName.Lock,
                Permission.PoliciesManage),
        ],
        Map = Map,
        Services = services => services
            .AddSingleton<TransferLimits>()
            .AddSingleton<TransferSubmission>()
            .AddSingleton<IChange, LimitChange>()
            .AddScoped<PayeeCommands>()
            .AddScoped<TransferCommands>()
            .AddScoped<TransferQueries>()
            .AddSingleton(new ReasonTexts(OperationKind.Transfer, typeof(TransferTexts)))
            .AddScoped<TransferWords>(),
    };

    private static void Map(ModelBuilder model)
    {
        model.Entity<PayeeCheck>(row =>
        {
            row.ToTable("payee_checks").HasKey(x => x.Id);
            row.HasIndex(x => new { x.AccountId, x.At });
            row.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<TransferLimit>(row =>
        {
            row.ToTable("transfer_limits", table =>
                table.HasCheckConstraint("ck_transfer_limits_minor", "\"Minor\" >= 0"));
            row.HasKey(x => new { x.AccountId, x.Scope, x.Currency });
            row.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<TransferDay>(row =>
        {
            row.ToTable("transfer_days").HasKey(x => new { x.AccountId, x.Day });
            row.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
