using System.Globalization;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Cases;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>
/// Judges rows of refunds in their order, each by the checks of a single refund, as if the good ones before it had
/// been asked for already.
/// </summary>
public sealed class RefundRows(AccountDirectory accounts, RefundPolicy policy, RefundSubmission submission)
    : IBatchRows
{
    private const int Chunk = 200;

    private static readonly OperationState[] Settled =
    [
        OperationState.PendingApproval, OperationState.Succeeded, OperationState.Failed, OperationState.Rejected,
        OperationState.Expired, OperationState.ResolvedSucceeded,
    ];

    public OperationKind Kind => OperationKind.Refund;

    /// <summary>Nothing: each row's money is reserved by an update that counts.</summary>
    public Task HoldAsync(Commit commit, BatchForm form) => Task.CompletedTask;

    public async Task<CheckedRows> CheckAsync(BatchGround ground, IReadOnlyList<BatchLine> lines)
    {
        var found = await FindAsync(ground.Db, ground.Rights, ground.Now, lines);
        return new([.. lines.Select(line => Check(line, ground.Rights, found))]);
    }

    /// <summary>Reserves and submits the good rows; null when the money of one went meanwhile.</summary>
    public async Task<IReadOnlyDictionary<int, Operation>?> SubmitAsync(
        Commit commit, CheckedRows rows, BatchForm form, Guid batchId)
    {
        var orderIds = rows.Good.Select(row => row.OrderId!.Value).Distinct().ToList();
        var orders = new Dictionary<Guid, Order>();
        foreach (var chunk in orderIds.Chunk(Chunk))
        {
            foreach (var order in await commit.Db.Set<Order>().AsNoTracking()
                .Where(order => chunk.Contains(order.Id)).ToListAsync())
            {
                orders[order.Id] = order;
            }
        }

        var known = new Dictionary<Guid, Account>();
        foreach (var id in orders.Values.Select(order => order.AccountId).Distinct())
        {
            known[id] = await AccountDirectory.GetAsync(commit.Db, id);
        }

        var made = new Dictionary<int, Operation>();
        foreach (var row in rows.Good)
        {
            var order = orders[row.OrderId!.Value];
            var account = known[order.AccountId];
            var ground = new RefundGround(order, account, accounts.Provider(account), row.Refundable, null, null);
            var operation = await submission.SubmitAsync(
                commit, ground, row.Amount!.Value, Terms(row.Line, row.Refundable),
                OperationBatch.RowCommand(form.CommandId, row.Line.Line), batchId);
            if (operation is null)
            {
                return null;
            }

            made[row.Line.Line] = operation;
        }

        return made;
    }

    private static RefundTerms Terms(BatchLine line, long refundable) => new(
        line.AmountText, RefundReasons.Find(line.Reason) ?? "", line.Comment, refundable, line.MeansAnother);

    private static CheckedRow Check(BatchLine line, Rights rights, Found found)
    {
        if (line.Fault is { } fault)
        {
            return new() { Line = line, Verdict = RowVerdict.Bad, Problem = fault };
        }

        var matches = found.Orders[line.Target].Concat(found.Orders[line.Target.ToUpperInvariant()])
            .DistinctBy(order => order.Id).ToList();
        var refused = matches.Count == 0 ? new RefundRequested.NoSuchOrder()
            : RefundChecks.NotAllowed(rights, matches[0]);
        if (matches.Count != 1 || refused is not null)
        {
            return new()
            {
                Line = line,
                Verdict = RowVerdict.Bad,
                Problem = matches.Count > 1 ? new("SeveralOrders", line.Target) : Problem(refused!, line),
            };
        }

        return Check(line, matches[0], found);
    }

    private static CheckedRow Check(BatchLine line, Order order, Found found)
    {
        var account = found.Accounts[order.AccountId];
        var refundable = found.Refundable[order.Id];
        var ground = new RefundGround(
            order, account.Account, account.Provider, refundable, found.Others.GetValueOrDefault(order.Id),
            found.Verdicts.GetValueOrDefault(order.Id))
        {
            OpenCase = found.Cases.GetValueOrDefault(order.Id),
        };
        var problem = line.CurrencyText.Length > 0 && line.CurrencyText != order.Currency
            ? (RowVerdict.Bad, new FileProblem("OtherCurrency", order.Currency))
            : default((RowVerdict, FileProblem)?);
        var refused = RefundChecks.Refusal(ground, Terms(line, refundable), out var amount);
        problem ??= refused is null ? null
            : (refused is RefundRequested.AnotherIsOpen ? RowVerdict.Doubtful : RowVerdict.Bad, Problem(refused, line));
        if (problem is null && !line.MeansAnother && found.Lines.TryGetValue(order.Id, out var earlier))
        {
            problem = (RowVerdict.Doubtful, new("TwiceInFile", earlier.ToString(CultureInfo.InvariantCulture)));
        }

        if (problem is null)
        {
            found.Refundable[order.Id] = refundable - amount.Minor;
            found.Lines.TryAdd(order.Id, line.Line);
        }

        return new()
        {
            Line = line,
            Verdict = problem?.Item1 ?? RowVerdict.Good,
            Problem = problem?.Item2,
            OrderId = order.Id,
            OrderNumber = order.Number,
            ShopNumber = order.MerchantNumber,
            AccountName = account.Account.Name,
            Payee = order.Payer,
            Amount = amount.Minor > 0 ? amount : null,
            Refundable = refundable,
            Stands = refundable.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static FileProblem Problem(RefundRequested refused, BatchLine line) => refused switch
    {
        RefundRequested.NoRight no => new(nameof(RefundRequested.NoRight), no.Permission),
        RefundRequested.NotRefundable no => new(nameof(RefundRequested.NotRefundable), no.State.ToString()),
        RefundRequested.AmountUnreadable => new(nameof(RefundRequested.AmountUnreadable), line.AmountText),
        RefundRequested.TooMuch no => new(nameof(RefundRequested.TooMuch), OperationWords.Money(no.Refundable)),
        RefundRequested.ReasonMissing => new(nameof(RefundRequested.ReasonMissing), line.Reason),
        RefundRequested.AnotherIsOpen no => new(nameof(RefundRequested.AnotherIsOpen), no.Number),
        RefundRequested.VerdictOpen no => new(
            $"{nameof(RefundRequested.VerdictOpen)}.{no.Bar.Reason}", no.Bar.Number),
        RefundRequested.CaseOpen no => new(nameof(RefundRequested.CaseOpen), no.Number),
        _ => new(refused.GetType().Name, line.Target),
    };

    private async Task<Found> FindAsync(PortalDb db, Rights rights, DateTimeOffset now, IReadOnlyList<BatchLine> lines)
    {
        var scope = rights.AccountsFor(Permission.OrdersRead);
        var targets = lines.Where(line => line.Fault is null && line.Target.Length > 0).Select(line => line.Target)
            .Distinct();
        var orders = new Dictionary<Guid, Order>();
        foreach (var chunk in targets.Chunk(Chunk))
        {
            var ours = chunk.Select(target => target.ToUpperInvariant()).ToArray();
            foreach (var order in await db.Set<Order>().AsNoTracking()
                .Where(row => scope == null || scope.Contains(row.AccountId))
                .Where(row => ours.Contains(row.Number) || chunk.Contains(row.MerchantNumber)
                    || (row.ProviderNumber != null && chunk.Contains(row.ProviderNumber)))
                .ToListAsync())
            {
                orders[order.Id] = order;
            }
        }

        var refundable = new Dictionary<Guid, long>();
        foreach (var chunk in orders.Keys.Chunk(Chunk))
        {
            foreach (var balance in await db.Set<OrderBalance>().AsNoTracking()
                .Where(row => chunk.Contains(row.OrderId)).ToListAsync())
            {
                refundable[balance.OrderId] = balance.Refundable;
            }
        }

        var known = new Dictionary<Guid, (Account, IPaymentProvider)>();
        foreach (var id in orders.Values.Select(order => order.AccountId).Distinct())
        {
            var account = await AccountDirectory.GetAsync(db, id);
            known[id] = (account, accounts.Provider(account));
        }

        return new(
            ByNumber(orders.Values),
            known,
            refundable,
            await RefundDuplicates.FindAllAsync(db, orders.Keys, now - policy.DuplicateWindow),
            await VerdictsAsync(db, orders.Keys, now),
            [])
        {
            Cases = await OutsideFacts.OpenOnAllAsync(db, orders.Keys.Chunk(Chunk)),
        };
    }

    // Only where something of the order is open or was settled by people can there be such a bar.
    private static async Task<Dictionary<Guid, VerdictBar>> VerdictsAsync(
        PortalDb db, IEnumerable<Guid> orderIds, DateTimeOffset now)
    {
        var verdicts = new Dictionary<Guid, VerdictBar>();
        foreach (var chunk in orderIds.Chunk(Chunk))
        {
            var ids = chunk.Cast<Guid?>().ToList();
            var concerned = await db.Set<Operation>().AsNoTracking()
                .Where(row => ids.Contains(row.OrderId) && !Settled.Contains(row.State))
                .Select(row => row.OrderId!.Value).Distinct().ToListAsync();
            foreach (var id in concerned)
            {
                if (await OpenVerdicts.BarAsync(db, id, now) is { } bar)
                {
                    verdicts[id] = bar;
                }
            }
        }

        return verdicts;
    }

    private static ILookup<string, Order> ByNumber(IEnumerable<Order> orders) => orders
        .SelectMany(order => new[] { order.Number, order.MerchantNumber, order.ProviderNumber }
            .Where(number => number is { Length: > 0 }).Distinct().Select(number => (Number: number!, Order: order)))
        .ToLookup(pair => pair.Number, pair => pair.Order);

    /// <summary>What the rows are checked against; what good rows take is written off as they are judged.</summary>
    private sealed record Found(
        ILookup<string, Order> Orders,
        Dictionary<Guid, (Account Account, IPaymentProvider Provider)> Accounts,
        Dictionary<Guid, long> Refundable,
        Dictionary<Guid, Operation> Others,
        Dictionary<Guid, VerdictBar> Verdicts,
        Dictionary<Guid, int> Lines)
    {
        public required Dictionary<Guid, string> Cases { get; init; }
    }
}
