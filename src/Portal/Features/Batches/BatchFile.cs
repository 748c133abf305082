using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>One row as somebody wrote it.</summary>
public sealed record BatchLine
{
    /// <summary>Its number in the file, or in the selection.</summary>
    public required int Line { get; init; }

    /// <summary>An order's number, ours, the shop's or the provider's; for transfers the payee.</summary>
    public required string Target { get; init; }

    public required string AmountText { get; init; }

    /// <summary>The currency, where the file has such a column; else empty.</summary>
    public string CurrencyText { get; init; } = "";

    /// <summary>The reason: its code, or its words in one of the three languages.</summary>
    public required string Reason { get; init; }

    /// <summary>Comment for the reviewer.</summary>
    public string Comment { get; init; } = "";

    /// <summary>What transfers alone say; null for refunds.</summary>
    public TransferLine? Transfer { get; init; }

    /// <summary>Whoever asks has seen that it may be a repetition, and means it.</summary>
    public bool MeansAnother { get; init; }

    /// <summary>Why it could not even be read, as a text key with what it is about; null when it could.</summary>
    public FileProblem? Fault { get; init; }
}

/// <summary>What a row of transfers says besides payee and amount.</summary>
/// <param name="Name">Who the payee is: a name, or an address where the provider shows addresses.</param>
/// <param name="Title">What the payee reads.</param>
/// <param name="Remark">A remark for the payee; empty for none.</param>
/// <param name="Reference">The requester's own reference; empty for none.</param>
public sealed record TransferLine(string Name, string Title, string Remark, string Reference)
{
    /// <summary>The masked name that was compared before, in rows that are asked for again; else null.</summary>
    public string? SeenName { get; init; }

    /// <summary>No name, so that it may stand in any text.</summary>
    public override string ToString() => "(transfer)";
}

/// <summary>A file of refunds or transfers as it was read: nothing is guessed, rounded or left out silently.</summary>
public sealed record BatchFile
{
    /// <summary>The largest file that is opened.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private const int LongestText = 500;

    // Letters in a row of digits would be the first thing that a floating-point number changes.
    private const int ExactDigits = 15;

    private static readonly Dictionary<string, string> RefundColumns = Columns(
        ("order", "order_no order_number 订单号 訂單號"), ("amount", "金额 金額"), ("reason", "原因 退款原因"),
        ("comment", "备注 備註"), ("currency", "币种 幣種 幣別"));

    private static readonly Dictionary<string, string> TransferColumns = Columns(
        ("payee", "payee_account 收款账号 收款帳號"), ("name", "payee_name 收款人 收款人姓名"), ("amount", "金额 金額"),
        ("currency", "币种 幣種 幣別"), ("title", "purpose 用途 标题 標題"), ("reason", "原因"),
        ("remark", "附言"), ("reference", "own_reference 参考号 參考號"), ("comment", "备注 備註"));

    private static readonly string[] Optional = ["comment", "remark", "reference"];

    public required IReadOnlyList<BatchLine> Lines { get; init; }

    /// <summary>Why the file as a whole cannot be taken; null when it can.</summary>
    public FileProblem? Problem { get; init; }

    /// <summary>SHA-256 of the bytes, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Reads a file by what it is, not by its name.</summary>
    public static BatchFile Read(OperationKind kind, byte[] file)
    {
        var sha = Convert.ToHexStringLower(SHA256.HashData(file));
        var reading = file.Length > MaxBytes ? SheetReading.No("TooLarge")
            : file.AsSpan().StartsWith("PK\u0003\u0004"u8) ? XlsxTable.Read(file)
            : CsvTable.Read(file);
        if (reading.Table is not { } table)
        {
            return new() { Lines = [], Problem = reading.Problem, Sha256 = sha };
        }

        var columns = kind == OperationKind.Transfer ? TransferColumns : RefundColumns;
        var (places, problem) = Places(table.Headers, columns);
        return new()
        {
            Lines = problem is null ? [.. table.Rows.Select(row => Line(kind, row, places))] : [],
            Problem = problem ?? (table.Rows.Count == 0 ? new("Empty") : null),
            Sha256 = sha,
        };
    }

    /// <summary>The digest that stands for rows that come from no file.</summary>
    public static string Digest(IEnumerable<BatchLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(line.Line).Append('\u001F').Append(line.Target).Append('\u001F').Append(line.AmountText)
                .Append('\u001F').Append(line.Reason).Append('\u001F').Append(line.Comment);
            if (line.Transfer is { } more)
            {
                text.Append('\u001F').Append(line.CurrencyText).Append('\u001F').Append(more.Name).Append('\u001F')
                    .Append(more.Title).Append('\u001F').Append(more.Remark).Append('\u001F').Append(more.Reference);
            }

            text.Append('\u001E');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static (Dictionary<string, int> Places, FileProblem? Problem) Places(
        IReadOnlyList<string> headers, Dictionary<string, string> columns)
    {
        var places = new Dictionary<string, int>();
        for (var i = 0; i < headers.Count; i++)
        {
            if (!columns.TryGetValue(headers[i].Trim().Replace(' ', '_').ToLowerInvariant(), out var name))
            {
                return (places, new(headers[i].Length == 0 ? "ColumnUnnamed" : "ColumnUnknown", headers[i]));
            }

            if (!places.TryAdd(name, i))
            {
                return (places, new("ColumnTwice", headers[i]));
            }
        }

        // A refund is in its order's currency; a transfer has to say which.
        var missing = columns.Values.Distinct().FirstOrDefault(name => !places.ContainsKey(name)
            && !Optional.Contains(name) && (name != "currency" || columns == TransferColumns));
        return (places, missing is null ? null : new("ColumnMissing", missing));
    }

    private static BatchLine Line(OperationKind kind, SheetRow row, Dictionary<string, int> places)
    {
        SheetCell At(string name) =>
            places.TryGetValue(name, out var place) && place < row.Cells.Count ? row.Cells[place] : new("");
        var target = kind == OperationKind.Transfer ? "payee" : "order";
        return new()
        {
            Line = row.Line,
            Target = Short(At(target).Text),
            AmountText = Short(At("amount").Text),
            CurrencyText = Short(At("currency").Text),
            Reason = Short(At("reason").Text),
            Comment = Short(At("comment").Text),
            Transfer = kind == OperationKind.Transfer
                ? new(
                    Short(At("name").Text), Short(At("title").Text), Short(At("remark").Text),
                    Short(At("reference").Text))
                : null,
            Fault = row.Fault is { } fault ? new(fault) : places.Keys
                .Select(name => Fault(name, At(name), name == target)).FirstOrDefault(found => found is not null),
        };
    }

    private static FileProblem? Fault(string name, SheetCell cell, bool isTarget) =>
        cell.Fault is { } fault ? new(fault, name)
        : cell.Text.Any(char.IsControl) ? new("ControlCharacter", name)
        : cell.Text.Length > LongestText ? new("TooLong", name)
        : isTarget && cell.IsNumber && (cell.Text.Length > ExactDigits || !cell.Text.All(char.IsAsciiDigit))
            ? new("NumberRounded", cell.Text)
        : null;

    private static string Short(string text) => text.Length > LongestText ? text[..LongestText] : text;

    private static Dictionary<string, string> Columns(params (string Name, string Also)[] columns) =>
        columns.SelectMany(column => column.Also.Split(' ').Append(column.Name).Select(word => (word, column.Name)))
            .ToDictionary(pair => pair.word, pair => pair.Name);
}
