using System.Globalization;
using System.Text;
using CsvHelper;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>
/// Reads CSV in UTF-8, with or without mark, or in GB18030 as Chinese spreadsheets write it. Bytes that are neither
/// are refused, never replaced.
/// </summary>
internal static class CsvTable
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    // A stray quote must not swallow the lines after it, so a quoted field ends with its line.
    private static readonly CsvReaderOptions Form = CsvReaderOptions.Default with
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        AllowLineBreaksInQuotes = false,
        IncludeValuesInExceptions = false,
    };

    public static SheetReading Read(byte[] file)
    {
        if (Decode(file) is not { } text)
        {
            return SheetReading.No("NotText");
        }

        if (text.AsSpan().IndexOf('\0') is >= 0 and var at)
        {
            var line = text.AsSpan(0, at).Count('\n') + 1;
            return SheetReading.No("NulInside", line.ToString(CultureInfo.InvariantCulture));
        }

        using var csv = CsvReader.FromText(text, Form);
        csv.ReadHeader();
        var headers = csv.Headers.ToList();
        if (headers.All(string.IsNullOrWhiteSpace))
        {
            return SheetReading.No("Empty");
        }

        var rows = new List<SheetRow>();
        while (csv.Read())
        {
            var cells = Cells(csv);
            if (cells.TrueForAll(cell => cell.Text.Length == 0))
            {
                continue;
            }

            if (rows.Count == SheetTable.MaxRows)
            {
                return SheetReading.No("TooManyRows", SheetTable.MaxRows.ToString("N0", CultureInfo.InvariantCulture));
            }

            rows.Add(new((int)csv.LineNumber, cells, cells.Count == headers.Count ? null : "FieldCount"));
        }

        return SheetReading.Yes(headers, rows);
    }

    private static List<SheetCell> Cells(CsvReader csv)
    {
        var cells = new List<SheetCell>(csv.FieldCount);
        for (var i = 0; i < csv.FieldCount; i++)
        {
            var text = csv.GetString(i).Trim();
            cells.Add(new(text, text is ['=' or '@', ..] ? "Formula" : null));
        }

        return cells;
    }

    private static string? Decode(byte[] file)
    {
        var hasMark = file.AsSpan().StartsWith(Encoding.UTF8.Preamble);
        try
        {
            return Utf8.GetString(hasMark ? file.AsSpan(3) : file);
        }
        catch (DecoderFallbackException) when (!hasMark)
        {
            try
            {
                return Gb18030.GetString(file);
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
