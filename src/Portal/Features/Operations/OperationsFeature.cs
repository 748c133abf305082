using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>The one send path of everything that moves money, and the questions that settle what is unknown.</summary>
public static class OperationsFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Operations",
        Nav =
        [
            new("nav.group.work", "nav.unknown", PortalUrls.Unknowns, IconName.Ask, Permission.OrdersRead,
                "unknown", 'u')
            {
                IsAlarming = true,
            },
        ],
        Map = Map,
        Services = services => services
            .AddScoped<OperationCommands>()
            .AddScoped<OperationListing>()
            .AddScoped<OperationSheets>()
            .AddScoped<OperationWords>()
            .AddScoped<ProviderHealthQueries>()
            .AddSingleton<SendGate>()
            .AddSingleton<ProviderGate>()
            .AddSingleton<OperationSubmission>()
            .AddSingleton<OperationSender>()
            .AddSingleton<OperationResolver>()
            .AddSingleton<OperationWorker>()
            .AddHostedService(provider => provider.GetRequiredService<OperationWorker>()),
    };

    private static void Map(ModelBuilder model)
    {
        model.Entity<Operation>(row =>
        {
            row.ToTable("operations", table => table
                .HasCheckConstraint(
                    "ck_operations_amount",
                    "\"AmountMinor\" > 0 OR (\"AmountMinor\" = 0 AND \"Kind\" = 'Unbind')"));
            row.HasKey(x => x.Id);
            row.HasAlternateKey(x => new { x.Id, x.RequesterPersonId });
            row.Ignore(x => x.Amount);
            row.Ignore(x => x.Subject);
            row.HasIndex(x => x.Number).IsUnique();
            row.HasIndex(x => x.CommandId).IsUnique();
            row.HasIndex(x => x.OrderId);
            row.HasIndex(x => new { x.Kind, x.Target, x.RequestedAt });
            row.HasIndex(x => x.BatchId);

            // One live capture or void per hold, and never a second after one that happened.
            row.HasIndex(x => x.OrderId, "ux_operations_hold").IsUnique().HasFilter(
                "\"Kind\" IN ('Capture', 'Void') AND \"State\" NOT IN ('Rejected', 'Expired', 'Failed') "
                + "AND \"ReleasedAt\" IS NULL");

            // One open removal per card's agreement.
            row.HasIndex(x => new { x.AccountId, x.Target }, "ux_operations_unbind").IsUnique().HasFilter(
                "\"Kind\" = 'Unbind' AND \"State\" NOT IN ('Rejected', 'Expired', 'Failed', 'Succeeded', "
                + "'ResolvedSucceeded', 'ResolvedFailed')");
            row.HasIndex(x => new { x.State, x.NotBefore });
            row.HasIndex(x => new { x.RequestedAt, x.Id });
            row.HasOne<Order>().WithMany().HasForeignKey(x => x.OrderId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ProviderHealth>(row =>
        {
            row.ToTable("provider_health").HasKey(x => x.Provider);
            row.Ignore(x => x.ClockOff);
            row.Ignore(x => x.ClockStopsSends);
        });
        model.Entity<Attempt>(row =>
        {
            row.ToTable("attempts").HasKey(x => x.Id);
            row.HasIndex(x => new { x.OperationId, x.Number }).IsUnique();
            row.HasOne<Operation>().WithMany().HasForeignKey(x => x.OperationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Evidence>(row =>
        {
            row.ToTable("evidence").HasKey(x => x.Id);
            row.HasIndex(x => new { x.OperationId, x.At });
            row.HasOne<Operation>().WithMany().HasForeignKey(x => x.OperationId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
