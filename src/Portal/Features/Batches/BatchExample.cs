using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>A file as the page explains it, in both forms.</summary>
/// <param name="Name">What the file is called, without its ending.</param>
/// <param name="Text">Header and rows.</param>
public sealed record BatchExample(string Name, string Text)
{
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const uint TextFormat = 49;

    public static BatchExample Refunds { get; } = new("refunds",
        """
        order,amount,reason,comment
        P261120K7QF3A,486.00,Returned,one of three came back
        HP-20261120-004719,12.50,商品破损,"scratched, see photo"

        """);

    public static BatchExample Transfers { get; } = new("transfers",
        """
        payee,name,amount,currency,title,reason,remark,reference
        BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8,Norrland Timber AB,860.50,USDT,Invoice 2026-1107,Supplier,,2026-1107
        Bw7k2mQd93LxTn5RsVb8Yc1Hf6Jp4Zg0Ea,alan@agent.example,120.00,USDT,十月佣金 October,佣金,PO 2207,C-1031

        """);

    /// <summary>The example of a kind, by its word; of refunds for every other.</summary>
    public static BatchExample Of(string? kind) => kind == OperationKind.Transfer.Word() ? Transfers : Refunds;

    /// <summary>In UTF-8, with the mark at the beginning by which spreadsheets tell it.</summary>
    public byte[] Csv =>
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n"))];

    /// <summary>The same as a workbook whose columns are text, so that nothing typed becomes a number.</summary>
    public byte[] Xlsx()
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            sheet.Worksheet = new(
                new Columns(new Column { Min = 1, Max = 9, Width = 24, CustomWidth = true, Style = 1 }),
                new SheetData(CsvTable.Read(Csv).Table is { } table
                    ? table.Rows.Select(row => row.Cells.Select(cell => cell.Text)).Prepend(table.Headers).Select(Row)
                    : []));
            workbook.Workbook = new(new Sheets(new Sheet
            {
                Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = Name,
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
