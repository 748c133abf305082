using System.Globalization;
using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>
/// Reads the one sheet of a workbook. A cell is taken as the text that the file holds, never through a floating-point
/// number; a formula, a date or a percentage is refused, because it does not hold what the person sees.
/// </summary>
internal static class XlsxTable
{
    /// <summary>What may come out of the package, whatever it claims to hold.</summary>
    public const int MaxUnpacked = 8 * 1024 * 1024;

    private const int MaxParts = 200;

    public static SheetReading Read(byte[] file)
    {
        if (PackageProblem(file) is { } problem)
        {
            return new(null, problem);
        }

        try
        {
            using var stream = new MemoryStream(file, writable: false);
            using var document = SpreadsheetDocument.Open(
                stream, false, new OpenSettings { MaxCharactersInPart = MaxUnpacked });
            return document.DocumentType == SpreadsheetDocumentType.Workbook && document.WorkbookPart is { } workbook
                ? ReadWorkbook(workbook)
                : SheetReading.No("NotWorkbook");
        }
        catch (Exception fault) when (fault is OpenXmlPackageException or XmlException or FormatException
            or InvalidDataException or InvalidOperationException or ArgumentException or KeyNotFoundException
            or IOException)
        {
            return SheetReading.No("NotWorkbook");
        }
    }

    /// <summary>Unpacks everything once and keeps nothing: only so is a small file that grows huge found.</summary>
    private static FileProblem? PackageProblem(byte[] file)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxParts)
            {
                return new("TooLargeInside");
            }

            var total = 0;
            var buffer = new byte[32 * 1024];
            foreach (var entry in zip.Entries)
            {
                using var part = entry.Open();
                for (var read = part.Read(buffer); read > 0; read = part.Read(buffer))
                {
                    total += read;
                    if (total > MaxUnpacked)
                    {
                        return new("TooLargeInside");
                    }
                }
            }

            return null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or NotSupportedException)
        {
            return new("NotWorkbook");
        }
    }

    private static SheetReading ReadWorkbook(WorkbookPart workbook)
    {
        var sheets = workbook.Workbook.Sheets?.Elements<Sheet>().ToList() ?? [];
        if (sheets is not [{ Id.Value: { } id }] || workbook.GetPartById(id) is not WorksheetPart part)
        {
            return SheetReading.No(sheets.Count > 1 ? "SeveralSheets" : "NotWorkbook");
        }

        var cells = new XlsxCells(workbook);
        List<string>? headers = null;
        var rows = new List<SheetRow>();
        var line = 0;
        foreach (var row in part.Worksheet.GetFirstChild<SheetData>()?.Elements<Row>() ?? [])
        {
            line = (int?)row.RowIndex?.Value ?? line + 1;
            var read = cells.Of(row);
            if (read is null)
            {
                return SheetReading.No("TooManyColumns");
            }

            if (read.TrueForAll(cell => cell is { Text.Length: 0, Fault: null }))
            {
                continue;
            }

            if (headers is null)
            {
                headers = read.ConvertAll(cell => cell.Text);
                continue;
            }

            if (rows.Count == SheetTable.MaxRows)
            {
                return SheetReading.No("TooManyRows", SheetTable.MaxRows.ToString("N0", CultureInfo.InvariantCulture));
            }

            rows.Add(Fit(line, read, headers.Count, row.Hidden?.Value == true));
        }

        return headers is null ? SheetReading.No("Empty") : SheetReading.Yes(headers, rows);
    }

    // A row that a filter hides is one that its author may not know of.
    private static SheetRow Fit(int line, List<SheetCell> cells, int count, bool isHidden)
    {
        while (cells.Count > count && cells[^1].Text.Length == 0)
        {
            cells.RemoveAt(cells.Count - 1);
        }

        while (cells.Count < count)
        {
            cells.Add(new(""));
        }

        return new(line, cells, isHidden ? "HiddenRow" : cells.Count > count ? "FieldCount" : null);
    }
}
