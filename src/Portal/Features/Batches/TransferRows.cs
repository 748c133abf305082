using System.Globalization;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>
/// Judges rows of transfers from one account. A row is good only with a fresh look of the requester's own at its payee
/// whose masked name fits the name in the file, within the day's limits, and when it repeats nothing unmeant.
/// </summary>
public sealed class TransferRows(TransferLimits limits, TransferSubmission submission) : IBatchRows
{
    /// <summary>The payee has to be looked at first.</summary>
    public const string NotLookedAt = "NotLookedAt";

    public OperationKind Kind => OperationKind.Transfer;

    /// <summary>The lock that every single transfer takes as well: a file is no way round a limit.</summary>
    public async Task HoldAsync(Commit commit, BatchForm form)
    {
        if (await AccountAsync(commit.Db, form.AccountId) is { } account)
        {
            await limits.HoldAsync(commit, account, form.Seen.Count);
        }
    }

    public async Task<CheckedRows> CheckAsync(BatchGround ground, IReadOnlyList<BatchLine> lines)
    {
        var account = await AccountAsync(ground.Db, ground.AccountId);
        var barred = account is null ? new("NoSuchAccount")
            : !ground.Rights.Allows(Permission.TransfersRequest, account.Id)
                ? new FileProblem(nameof(TransferRequested.NoRight), Permission.TransfersRequest)
            : null;
        var checks = barred is null ? submission.Ground(account!, ground.Now) : null;
        if (checks is null)
        {
            var all = barred ?? new("TransfersNotOffered");
            return new([.. lines.Select(line => new CheckedRow
            {
                Line = line, Verdict = RowVerdict.Bad, Problem = line.Fault ?? all,
            })]);
        }

        var me = ground.Actor.PersonId ?? Guid.Empty;
        var payees = lines.Where(line => line.Fault is null).Select(line => line.Target).Distinct().ToList();
        var found = new Found(
            checks,
            await PayeeCheck.FreshAsync(ground.Db, account!.Id, me, ground.Now),
            await limits.RoomAsync(ground.Db, account, me, ground.Now),
            await TransferTwins.FindAllAsync(ground.Db, account.Provider, payees, ground.Now));
        return new([.. lines.Select(line => Check(line, found))]);
    }

    public async Task<IReadOnlyDictionary<int, Operation>?> SubmitAsync(
        Commit commit, CheckedRows rows, BatchForm form, Guid batchId)
    {
        var account = await AccountDirectory.GetAsync(commit.Db, form.AccountId!.Value);
        var made = new Dictionary<int, Operation>();
        foreach (var row in rows.Good)
        {
            made[row.Line.Line] = await submission.SubmitAsync(
                commit, account, new(row.Line.Target, row.Payee), Terms(row.Line),
                OperationBatch.RowCommand(form.CommandId, row.Line.Line), batchId);
        }

        return made;
    }

    private static async Task<Account?> AccountAsync(PortalDb db, Guid? id) =>
        await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id);

    private static TransferTerms Terms(BatchLine line) => new()
    {
        AmountText = line.AmountText,
        Currency = line.CurrencyText,
        Title = line.Transfer!.Title,
        Remark = line.Transfer.Remark,
        Reference = line.Transfer.Reference,
        Reason = TransferReasons.Find(line.Reason) ?? "",
        Comment = line.Comment,
    };

    private static CheckedRow Check(BatchLine line, Found found)
    {
        var account = found.Ground.Account;
        var terms = Terms(line);
        var amount = line.Fault is null ? terms.Amount(account) : null;
        var look = found.Looks.GetValueOrDefault(line.Target);
        var bad = line.Fault ?? Unreadable(line, found.Ground, terms) ?? Unseen(line, look)
            ?? OverLimit(line, found, amount!.Value);
        var twin = amount is { } twinned ? found.Twins.GetValueOrDefault((line.Target, twinned)) : null;
        var repeats = bad is null ? Repeated(line, found, amount!.Value, twin) : null;
        var isGood = bad is null && (repeats is null || line.MeansAnother);
        if (isGood)
        {
            found.Take(line, amount!.Value);
        }

        return new()
        {
            Line = line,
            Verdict = isGood ? RowVerdict.Good : bad is not null ? RowVerdict.Bad : RowVerdict.Doubtful,
            Problem = isGood ? null : bad ?? repeats,
            AccountName = account.Name,
            Payee = look?.MaskedName ?? "",
            Amount = amount,
            Stands = $"{look?.MaskedName}\n{twin}",
        };
    }

    private static FileProblem? Unreadable(BatchLine line, TransferGround ground, TransferTerms terms)
    {
        if (line.Target.Contains('@', StringComparison.Ordinal))
        {
            return new("PayeeIsAddress");
        }

        if (ground.Account.CurrencyList.All(currency => currency.Code != line.CurrencyText))
        {
            return new(
                "CurrencyNotTaken", string.Join(", ", ground.Account.CurrencyList.Select(currency => currency.Code)));
        }

        return TransferChecks.Refusal(ground, line.Target, terms) switch
        {
            null => null,
            TransferRequested.AmountUnreadable => new("AmountUnreadable.Transfer", line.AmountText),
            TransferRequested.OutsideDocument no => new(
                nameof(TransferRequested.OutsideDocument), no.Part.ToString()),
            TransferRequested.ReasonMissing => new(nameof(TransferRequested.ReasonMissing), line.Reason),
            var refused => new(refused.GetType().Name, line.Target),
        };
    }

    private static FileProblem? Unseen(BatchLine line, PayeeCheck? look) =>
        line.Transfer is { SeenName: null, Name.Length: 0 } ? new("NameMissing")
        : look is null ? new(NotLookedAt)
        : line.Transfer!.SeenName is { } seen
            ? seen == look.MaskedName ? null : new(nameof(TransferRequested.NameDiffers), look.MaskedName)
        : PayeeName.Fits(line.Transfer.Name, look.MaskedName) ? null
        : new(nameof(TransferRequested.NameDiffers), look.MaskedName);

    private static FileProblem? OverLimit(BatchLine line, Found found, Money amount) =>
        found.Room.Broken(line.Target, amount) is { } limit
            ? new($"{nameof(TransferRequested.OverLimit)}.{limit.Scope}", OperationWords.Money(limit.Left))
            : null;

    private static FileProblem? Repeated(BatchLine line, Found found, Money amount, string? twin) =>
        found.Lines.TryGetValue((line.Target, amount), out var earlier)
            ? new("TwiceInFile.Transfer", earlier.ToString(CultureInfo.InvariantCulture))
        : line.Transfer!.Reference.Length > 0 && found.References.TryGetValue(line.Transfer.Reference, out var same)
            ? new("ReferenceTwice", same.ToString(CultureInfo.InvariantCulture))
        : twin is not null ? new(nameof(TransferRequested.TwinFound), twin)
        : null;

    /// <summary>What the rows are checked against; good rows leave less of it to those after them.</summary>
    private sealed record Found(
        TransferGround Ground, IReadOnlyDictionary<string, PayeeCheck> Looks, TransferRoom Room,
        IReadOnlyDictionary<(string PayeeId, Money Amount), string> Twins)
    {
        public Dictionary<(string PayeeId, Money Amount), int> Lines { get; } = [];

        public Dictionary<string, int> References { get; } = new(StringComparer.OrdinalIgnoreCase);

        public void Take(BatchLine line, Money amount)
        {
            Room.Take(line.Target, amount);
            Lines.TryAdd((line.Target, amount), line.Line);
            if (line.Transfer!.Reference.Length > 0)
            {
                References.TryAdd(line.Transfer.Reference, line.Line);
            }
        }
    }
}
