using System.IO.Compression;
using System.Text;

namespace MerchantPortal.Portal.Tests.Features.Batches;

/// <summary>
/// Writes small workbooks part by part, as any spreadsheet might: what a test wants in a cell is put there as XML.
/// </summary>
internal static class Workbook
{
    private const string Spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Content = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>A workbook of one sheet with these rows of cells, each given as XML.</summary>
    public static byte[] Of(params string[] rows) => Of(rows, styles: "", sheets: 1);

    public static byte[] Of(string[] rows, string styles = "", int sheets = 1, string type = "sheet.main")
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            var numbers = Enumerable.Range(1, sheets).ToList();
            Add(zip, "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"rels\" "
                + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Content}.{type}+xml\"/>"
                + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Content}.styles+xml\"/>"
                + string.Concat(numbers.Select(n =>
                    $"<Override PartName=\"/xl/s{n}.xml\" ContentType=\"{Content}.worksheet+xml\"/>"))
                + "</Types>");
            Add(zip, "_rels/.rels", Related(("r1", "officeDocument", "xl/workbook.xml")));
            Add(zip, "xl/workbook.xml",
                $"<workbook xmlns=\"{Spreadsheet}\" xmlns:r=\"{Relations}\"><sheets>"
                + string.Concat(numbers.Select(n => $"<sheet name=\"s{n}\" sheetId=\"{n}\" r:id=\"r{n}\"/>"))
                + "</sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", Related([
                .. numbers.Select(n => ($"r{n}", "worksheet", $"s{n}.xml")), ("rs", "styles", "styles.xml"),
            ]));
            Add(zip, "xl/styles.xml", $"<styleSheet xmlns=\"{Spreadsheet}\">{styles}</styleSheet>");
            foreach (var n in numbers)
            {
                Add(zip, $"xl/s{n}.xml",
                    $"<worksheet xmlns=\"{Spreadsheet}\"><sheetData>{string.Concat(rows)}</sheetData></worksheet>");
            }
        }

        return stream.ToArray();
    }

    /// <summary>A row of cells; text without markup becomes an inline string.</summary>
    public static string Row(params string[] cells) => Row(cells, "");

    public static string Row(string[] cells, string attributes) => $"<row {attributes}>"
        + string.Concat(cells.Select(cell => cell.StartsWith('<')
            ? cell
            : $"<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"))
        + "</row>";

    /// <summary>A small package that unpacks to far more than it should.</summary>
    public static byte[] Bomb(int megabytes)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using var part = zip.CreateEntry("xl/s1.xml").Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < megabytes; i++)
            {
                part.Write(zeros);
            }
        }

        return stream.ToArray();
    }

    private static string Related(params (string Id, string Type, string Target)[] parts) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(parts.Select(part =>
            $"<Relationship Id=\"{part.Id}\" Type=\"{Relations}/{part.Type}\" Target=\"{part.Target}\"/>"))
        + "</Relationships>";

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }
}
