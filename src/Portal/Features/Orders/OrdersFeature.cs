using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>Orders of all accounts: how they arrive, how they are found, and what can still be asked of them.</summary>
public static class OrdersFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Orders",
        Nav = [new("nav.group.money", "nav.orders", PortalUrls.Orders, IconName.Order, Permission.OrdersRead)],
        Map = Map,
        Endpoints = routes => routes
            .MapGet(
                PortalUrls.ImportExample,
                () => Results.File(OrderFileExample.Bytes, "text/csv; charset=utf-8", "orders.csv"))
            .RequireAuthorization(Permission.OrdersImport),
        Services = services => services
            .AddScoped<OrderCommands>()
            .AddScoped<OrderImport>()
            .AddScoped<OrderQueries>()
            .AddScoped<OrderDetailQueries>()
            .AddScoped<ImportQueries>()
            .AddSingleton<OrderAsker>()
            .AddSingleton<OrderWindows>()
            .AddSingleton<StatementReader>()
            .AddHostedService<OrderWorker>(),
    };

    private static void Map(ModelBuilder model)
    {
        model.Entity<Order>(row =>
        {
            row.ToTable("orders").HasKey(x => x.Id);
            row.Property(x => x.Version).IsConcurrencyToken();
            row.Ignore(x => x.Amount).Ignore(x => x.Reference);
            row.HasIndex(x => x.Number).IsUnique();
            row.HasIndex(x => new { x.AccountId, x.MerchantNumber, x.OrderedAt }).IsUnique();
            row.HasIndex(x => x.MerchantNumber);
            row.HasIndex(x => x.ProviderNumber);
            row.HasIndex(x => new { x.OrderedAt, x.Id });
            row.HasIndex(x => x.NextQuestionAt);
            row.HasIndex(x => new { x.State, x.OrderedAt, x.Id });
            row.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<OrderBalance>(row =>
        {
            row.ToTable("order_balances", table => table
                .HasCheckConstraint("ck_order_balances_not_over", "\"Refunded\" + \"Reserved\" <= \"Paid\""));
            row.ToTable(table => table.HasCheckConstraint(
                "ck_order_balances_not_negative", "\"Refunded\" >= 0 AND \"Reserved\" >= 0 AND \"Paid\" >= 0"));
            row.HasKey(x => x.OrderId);
            row.Ignore(x => x.Refundable);
            row.HasOne<Order>().WithOne().HasForeignKey<OrderBalance>(x => x.OrderId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Hold>(row =>
        {
            row.ToTable("holds", table => table
                .HasCheckConstraint("ck_holds_planned", "\"PlannedMinor\" IS NULL OR \"PlannedMinor\" > 0"));
            row.HasKey(x => x.OrderId);
            row.HasIndex(x => new { x.EndsAt, x.OrderId });
            row.HasOne<Order>().WithOne().HasForeignKey<Hold>(x => x.OrderId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ImportRun>(row =>
        {
            row.ToTable("import_runs").HasKey(x => x.Id);
            row.HasIndex(x => new { x.AccountId, x.Sha256 }).IsUnique();
        });
        model.Entity<QuarantinedLine>(row =>
        {
            row.ToTable("import_quarantine").HasKey(x => x.Id);
            row.HasOne<ImportRun>().WithMany().HasForeignKey(x => x.RunId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
