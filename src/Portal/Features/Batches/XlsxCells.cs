using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Reads the cells of one workbook, with its shared texts and number formats.</summary>
internal sealed partial class XlsxCells(WorkbookPart workbook)
{
    private const int MaxColumns = 40;

    private readonly IReadOnlyList<string> shared =
        [.. workbook.SharedStringTablePart?.SharedStringTable.Elements<SharedStringItem>().Select(Text) ?? []];

    private readonly IReadOnlyList<CellFormat> formats =
        [.. workbook.WorkbookStylesPart?.Stylesheet.CellFormats?.Elements<CellFormat>() ?? []];

    private readonly Dictionary<uint, string> codes =
        (workbook.WorkbookStylesPart?.Stylesheet.NumberingFormats?.Elements<NumberingFormat>() ?? [])
        .Where(format => format.NumberFormatId is not null)
        .GroupBy(format => format.NumberFormatId!.Value)
        .ToDictionary(group => group.Key, group => group.Last().FormatCode?.Value ?? "");

    /// <summary>The cells of a row by their columns; null where it is wider than any file of ours.</summary>
    public List<SheetCell>? Of(Row row)
    {
        var cells = new List<SheetCell>();
        foreach (var cell in row.Elements<Cell>())
        {
            var column = Column(cell.CellReference?.Value) ?? cells.Count;
            var read = Read(cell);
            if (column >= MaxColumns || column < cells.Count)
            {
                if (read is { Text.Length: 0, Fault: null })
                {
                    continue;
                }

                return null;
            }

            while (cells.Count < column)
            {
                cells.Add(new(""));
            }

            cells.Add(read);
        }

        return cells;
    }

    private SheetCell Read(Cell cell)
    {
        if (cell.CellFormula is not null)
        {
            return new("", "Formula");
        }

        var raw = cell.CellValue?.Text ?? "";
        var type = cell.DataType?.Value;
        if (type == CellValues.SharedString)
        {
            return int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < shared.Count
                ? new(shared[at].Trim())
                : new("", "CellType");
        }

        if (type == CellValues.InlineString)
        {
            return new((cell.InlineString is { } inline ? Text(inline) : "").Trim());
        }

        if (type == CellValues.String)
        {
            return new(raw.Trim());
        }

        return type is null || type == CellValues.Number
            ? new(raw, raw.Length > 0 && IsShownOtherwise(cell) ? "CellType" : null, IsNumber: true)
            : new(raw, "CellType");
    }

    /// <summary>A date or a percentage: the cell shows something else than it holds.</summary>
    private bool IsShownOtherwise(Cell cell)
    {
        var style = (int?)cell.StyleIndex?.Value ?? 0;
        var format = style < formats.Count ? formats[style].NumberFormatId?.Value ?? 0 : 0;
        return format is 9 or 10 or (>= 11 and <= 22) or (>= 45 and <= 48)
            || (codes.TryGetValue(format, out var code) && Otherwise().IsMatch(Quoted().Replace(code, "")));
    }

    // Phonetic runs are readings, not text.
    private static string Text(SharedStringItem item) =>
        item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(run => run.Text?.Text));

    private static string Text(InlineString item) =>
        item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(run => run.Text?.Text));

    private static int? Column(string? reference)
    {
        if (reference is null)
        {
            return null;
        }

        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper).Take(4))
        {
            column = (column * 26) + letter - 'A' + 1;
        }

        return column == 0 ? null : column - 1;
    }

    [GeneratedRegex("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]|_.", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("[%EeYyMmDdHhSs/?]|,(?:[^0#]|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Otherwise();
}
