using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>What becomes of a row when the batch is asked for.</summary>
public enum RowVerdict
{
    /// <summary>An operation is asked for.</summary>
    Good,

    /// <summary>It may repeat another one: it is left out until somebody says that it is meant.</summary>
    Doubtful,

    /// <summary>Nothing can be asked for.</summary>
    Bad,
}

/// <summary>One row with what was found for it.</summary>
public sealed record CheckedRow
{
    public required BatchLine Line { get; init; }
    public required RowVerdict Verdict { get; init; }

    /// <summary>Why it is not good, as a text key with what it is about; null when it is.</summary>
    public FileProblem? Problem { get; init; }

    /// <summary>The order found; null where none was, and for transfers.</summary>
    public Guid? OrderId { get; init; }

    public string OrderNumber { get; init; } = "";
    public string ShopNumber { get; init; } = "";
    public string AccountName { get; init; } = "";

    /// <summary>Who gets the money, as it may be shown; for transfers the name as the provider masks it.</summary>
    public string Payee { get; init; } = "";

    /// <summary>The amount, where it could be read.</summary>
    public Money? Amount { get; init; }

    /// <summary>What could go back before this row, minor units; 0 for transfers.</summary>
    public long Refundable { get; init; }

    /// <summary>What the page showed that has to be so still when it is asked for.</summary>
    public string Stands { get; init; } = "";
}

/// <summary>Rows with their verdicts, and what follows from them.</summary>
public sealed record CheckedRows(IReadOnlyList<CheckedRow> All)
{
    public IReadOnlyList<CheckedRow> Good { get; } = [.. All.Where(row => row.Verdict == RowVerdict.Good)];

    public IReadOnlyList<CheckedRow> Others { get; } = [.. All.Where(row => row.Verdict != RowVerdict.Good)];

    /// <summary>One sum per currency over the good rows.</summary>
    public IReadOnlyList<Money> Totals => Sums(Good.Select(row => row.Amount!.Value));

    /// <summary>
    /// The good rows with what each stands on: the same again when asked for, or nothing is asked for.
    /// </summary>
    public IReadOnlyDictionary<int, string> Seen => Good.ToDictionary(row => row.Line.Line, row => row.Stands);

    /// <summary>One sum per currency, by code.</summary>
    public static IReadOnlyList<Money> Sums(IEnumerable<Money> amounts) =>
    [
        .. amounts.GroupBy(amount => amount.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => group.Aggregate(Money.Zero(group.Key), Money.Add)),
    ];
}
