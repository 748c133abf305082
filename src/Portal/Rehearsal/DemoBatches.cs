using System.Text;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>A file of refunds that waits for its reviewer, one row of it not asked for.</summary>
internal static class DemoBatches
{
    /// <summary>Reads and asks for it as the page does.</summary>
    /// <param name="services">The scope of the demo world.</param>
    /// <param name="clerk">Who asks.</param>
    /// <param name="orders">Paid orders without refunds; three are taken.</param>
    public static async Task AskAsync(IServiceProvider services, Actor clerk, IReadOnlyList<DemoOrder> orders)
    {
        var file = BatchFile.Read(OperationKind.Refund, Encoding.UTF8.GetBytes($"""
            order,amount,reason,comment
            {orders[0].MerchantNumber},12.80,Damaged,"外包装破损 Outer box damaged"
            {orders[1].MerchantNumber},8.60,运费重复,
            {orders[1].MerchantNumber},8.60,WrongAmount,运费重复
            {orders[2].MerchantNumber},20.00,Goodwill,

            """));
        var checkedRows = (await services.GetRequiredService<BatchReading>().CheckAsync(
            clerk, OperationKind.Refund, file.Lines, file.Sha256)).Rows;
        await services.GetRequiredService<BatchCommands>().AskAsync(clerk, new BatchForm
        {
            CommandId = Guid.CreateVersion7(),
            Kind = OperationKind.Refund,
            Source = BatchSource.File,
            Name = "returns-week-47.csv",
            SourceSha256 = file.Sha256,
            Lines = file.Lines,
            Seen = checkedRows.Seen,
        });
    }
}
