using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Many refunds or transfers asked for, decided on and followed together.</summary>
public static class BatchesFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Batches",
        Nav = [new("nav.group.money", "nav.batches", PortalUrls.Batches, IconName.Duplicate, Permission.OrdersRead)],
        Map = Map,
        Endpoints = routes => routes
            .MapGet(
                PortalUrls.BatchExample,
                (string? form, string? kind) => BatchExample.Of(kind) is var example && form == "xlsx"
                    ? Results.File(example.Xlsx(), BatchExample.XlsxType, $"{example.Name}.xlsx")
                    : Results.File(example.Csv, "text/csv; charset=utf-8", $"{example.Name}.csv"))
            .RequireAuthorization(Permission.OrdersRead),
        Services = services => services
            .AddSingleton<IBatchRows, RefundRows>()
            .AddSingleton<IBatchRows, TransferRows>()
            .AddScoped<PayeeLooks>()
            .AddScoped<BatchCommands>()
            .AddScoped<BatchDecisions>()
            .AddScoped<BatchQueries>()
            .AddScoped<BatchReading>()
            .AddScoped<BatchWords>(),
    };

    private static void Map(ModelBuilder model)
    {
        model.Entity<OperationBatch>(row =>
        {
            row.ToTable("operation_batches").HasKey(x => x.Id);
            row.Ignore(x => x.Subject);
            row.HasIndex(x => x.Number).IsUnique();
            row.HasIndex(x => x.CommandId).IsUnique();
            row.HasIndex(x => x.SourceSha256);
            row.HasIndex(x => x.RerunOf);
            row.HasIndex(x => new { x.RequestedAt, x.Id });
        });
        model.Entity<BatchRow>(row =>
        {
            row.ToTable("batch_rows").HasKey(x => x.Id);
            row.HasIndex(x => new { x.BatchId, x.Line }).IsUnique();
            row.HasIndex(x => x.OperationId).IsUnique();
            row.HasOne<OperationBatch>().WithMany().HasForeignKey(x => x.BatchId).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<Operation>().WithMany().HasForeignKey(x => x.OperationId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
