using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>A file of refunds as the page explains it, in both forms.</summary>
public static class BatchExample
{
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public const string Text =
        """
        order,amount,reason,comment
        P261120K7QF3A,486.00,Returned,one of three came back
        HP-20261120-004719,12.50,商品破损,"scratched, see photo"

        """;

    private const uint TextFormat = 49;

    /// <summary>In UTF-8, with the mark at the beginning by which spreadsheets tell it.</summary>
    public static byte[] Csv { get; } =
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n"))];

    /// <summary>The same as a workbook whose columns are text, so that nothing typed becomes a number.</summary>
    public static byte[] Xlsx()
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            sheet.Worksheet = new(
                new Columns(new Column { Min = 1, Max = 5, Width = 24, CustomWidth = true, Style = 1 }),
                new SheetData(CsvTable.Read(Csv).Table is { } table
                    ? table.Rows.Select(row => row.Cells.Select(cell => cell.Text)).Prepend(table.Headers).Select(Row)
                    : []));
            workbook.Workbook = new(new Sheets(new Sheet
            {
                Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "refunds",
            }));
        }

        return stream.ToArray();
    }

    private static Row Row(IEnumerable<string> cells) => new(cells.Select(cell => new Cell
    {
        DataType = CellValues.InlineString, StyleIndex = 1, InlineString = new(new Text(cell)),
    }));

    private static Stylesheet Styles() => new(
        new Fonts(new Font()),
        new Fills(new Fill()),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { NumberFormatId = TextFormat, ApplyNumberFormat = true }));
}
