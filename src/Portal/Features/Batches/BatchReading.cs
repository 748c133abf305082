using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Rows that may become a batch, with their verdicts; nothing is asked for yet.</summary>
public sealed record BatchPreview(CheckedRows Rows, OperationBatchBefore? Before);

/// <summary>A batch that came from the same rows.</summary>
public sealed record OperationBatchBefore(string Number, DateTimeOffset At, string By);

/// <summary>Rows of a batch that are proven not to have happened.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Kind">What they are.</param>
/// <param name="AccountId">The account of the first; for transfers that of all. Null where there is none.</param>
/// <param name="Lines">The rows as they would be asked for again.</param>
public sealed record FailedRows(
    Guid BatchId, OperationKind Kind, Guid? AccountId, IReadOnlyList<BatchLine> Lines);

/// <summary>Judges rows before they are asked for, and finds rows to begin with.</summary>
public sealed class BatchReading(
    IDbContextFactory<PortalDb> factory, IEnumerable<IBatchRows> kinds, TimeProvider time)
{
    /// <summary>The verdict of every row now, and whether the same rows were asked for before.</summary>
    public async Task<BatchPreview> CheckAsync(
        Actor actor, OperationKind kind, IReadOnlyList<BatchLine> lines, string sha256, Guid? accountId = null)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var before = await db.Set<OperationBatch>().AsNoTracking()
            .Where(row => row.SourceSha256 == sha256 && row.Kind == kind)
            .OrderByDescending(row => row.RequestedAt)
            .Select(row => new OperationBatchBefore(row.Number, row.RequestedAt, row.RequesterName))
            .FirstOrDefaultAsync();
        return new(await kinds.Of(kind).CheckAsync(new(db, actor, rights, now, accountId), lines), before);
    }

    /// <summary>One row for the full rest of each of these orders, in their order.</summary>
    public async Task<IReadOnlyList<BatchLine>> RestOfAsync(
        Actor actor, IReadOnlyList<string> orderNumbers, string reason, string comment)
    {
        await using var db = await factory.CreateDbContextAsync();
        var scope = (await Rights.ReadAsync(db, actor, time.GetUtcNow())).AccountsFor(Permission.OrdersRead);
        var rests = new Dictionary<string, string>();
        foreach (var chunk in orderNumbers.Distinct().Chunk(200))
        {
            var found = await (from order in db.Set<Order>().AsNoTracking()
                               join balance in db.Set<OrderBalance>() on order.Id equals balance.OrderId
                               where chunk.Contains(order.Number)
                                   && (scope == null || scope.Contains(order.AccountId))
                               select new { Order = order, Balance = balance }).ToListAsync();
            foreach (var row in found)
            {
                rests[row.Order.Number] =
                    new Payments.Amounts.Money(row.Balance.Refundable, row.Order.Amount.Currency).ToDecimalText();
            }
        }

        return
        [
            .. orderNumbers.Distinct().Take(SheetTable.MaxRows).Select((number, index) => new BatchLine
            {
                Line = index + 1,
                Target = number,
                AmountText = rests.GetValueOrDefault(number, ""),
                Reason = reason,
                Comment = comment,
            }),
        ];
    }

    /// <summary>
    /// The rows of a batch whose operations are proven not to have happened. What nobody knows is never among them.
    /// </summary>
    public async Task<FailedRows?> FailedRowsAsync(Actor actor, string number)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var batch = await db.Set<OperationBatch>().AsNoTracking().SingleOrDefaultAsync(row => row.Number == number);
        if (batch is null || !rights.Allows(Permission.OrdersRead))
        {
            return null;
        }

        var seen = db.Set<Operation>().AsNoTracking().SeenBy(rights)
            .Where(row => row.State == OperationState.Failed && row.DisputedAt == null);
        var rows = await (from row in db.Set<BatchRow>().AsNoTracking()
                          join operation in seen on row.OperationId equals operation.Id
                          where row.BatchId == batch.Id
                          orderby row.Line
                          select new { row.Line, row.Target, Operation = operation }).ToListAsync();
        return new(
            batch.Id, batch.Kind, rows.Count == 0 ? null : rows[0].Operation.AccountId,
            [.. rows.Select(row => Again(row.Line, row.Target, row.Operation))]);
    }

    private static BatchLine Again(int line, string target, Operation operation) => new()
    {
        Line = line,
        Target = target,
        AmountText = operation.Amount.ToDecimalText(),
        CurrencyText = operation.Currency,
        Reason = operation.Reason,
        Comment = operation.Comment,
        Transfer = operation.Kind == OperationKind.Transfer
            ? Again(OperationDetails.Read<TransferDetails>(operation.Details), operation.Payee)
            : null,
    };

    private static TransferLine Again(TransferDetails details, string maskedName) =>
        new("", details.Title, details.Remark, details.Reference) { SeenName = maskedName };
}
