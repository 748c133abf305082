namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Why a file as a whole cannot be taken: a text key, and what it is about.</summary>
public sealed record FileProblem(string Reason, string Value = "");

/// <summary>One cell as written.</summary>
/// <param name="Text">Its text, without blanks around it.</param>
/// <param name="Fault">Why it must not be read, as a text key; null when it may.</param>
/// <param name="IsNumber">A spreadsheet holds it as a number, so long ones may be rounded.</param>
internal readonly record struct SheetCell(string Text, string? Fault = null, bool IsNumber = false);

/// <summary>One row with the number that the person sees beside it.</summary>
/// <param name="Line">Line of the file, or row of the sheet.</param>
/// <param name="Cells">As many as there are headers.</param>
/// <param name="Fault">What is wrong with the row as a whole, as a text key; null when nothing is.</param>
internal sealed record SheetRow(int Line, IReadOnlyList<SheetCell> Cells, string? Fault = null);

/// <summary>A header and rows: what a CSV file and a spreadsheet have in common.</summary>
internal sealed record SheetTable(IReadOnlyList<string> Headers, IReadOnlyList<SheetRow> Rows)
{
    /// <summary>The most rows below the header, or in a selection; more are refused, not cut off.</summary>
    public const int MaxRows = 2_000;
}

/// <summary>A table or the reason why there is none.</summary>
internal sealed record SheetReading(SheetTable? Table, FileProblem? Problem)
{
    public static SheetReading No(string reason, string value = "") => new(null, new(reason, value));

    public static SheetReading Yes(IReadOnlyList<string> headers, IReadOnlyList<SheetRow> rows) =>
        new(new(headers, rows), null);
}
