using System.Text;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Operations;
using static MerchantPortal.Portal.Tests.Features.Batches.Workbook;

namespace MerchantPortal.Portal.Tests.Features.Batches;

public sealed class BatchFileTests
{
    private const string Header = "order,amount,reason,comment\n";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Fact]
    public void Both_example_files_are_read_alike_and_whole()
    {
        var csv = Read(BatchExample.Refunds.Csv);
        var xlsx = Read(BatchExample.Refunds.Xlsx());
        csv.Problem.ShouldBeNull();
        csv.Lines.Select(line => line.AmountText).ShouldBe(["486.00", "12.50"]);
        csv.Lines[1].Comment.ShouldBe("scratched, see photo");
        csv.Lines.ShouldAllBe(line => line.Fault == null);
        xlsx.Lines.ShouldBe(csv.Lines);
    }

    [Fact]
    public void Utf8_with_or_without_mark_and_gb18030_are_read_with_the_line_that_the_person_sees()
    {
        const string text = "订单号,金额,原因,备注\r\nP1,12.30,退货,陈晓明\r\n\r\nP2,1,退货,\r\n";
        byte[] plain = Encoding.UTF8.GetBytes(text);
        foreach (var file in new[] { plain, [.. Encoding.UTF8.Preamble, .. plain], Gb18030.GetBytes(text) })
        {
            var read = Read(file);
            read.Problem.ShouldBeNull();
            read.Lines.Select(line => (line.Line, line.Target)).ShouldBe([(2, "P1"), (4, "P2")]);
            (read.Lines[0].Reason, read.Lines[0].Comment).ShouldBe(("退货", "陈晓明"));
        }
    }

    [Theory]
    [InlineData("order,amount\nP1,1\n", "ColumnMissing", "reason")]
    [InlineData("order,amount,reason,amount\nP1,1,Other,2\n", "ColumnTwice", "amount")]
    [InlineData("order,金额,reason,amount\nP1,1,Other,2\n", "ColumnTwice", "amount")]
    [InlineData("order,amount,reason,price\nP1,1,Other,2\n", "ColumnUnknown", "price")]
    [InlineData("order,amount,reason,\nP1,1,Other,2\n", "ColumnUnnamed", "")]
    [InlineData("order,amount,reason\n", "Empty", "")]
    [InlineData("", "Empty", "")]
    [InlineData("order,amount,reason\nP1,1\u0000,Other\n", "NulInside", "2")]
    public void A_file_that_is_not_of_this_form_is_refused_whole(string text, string reason, string value)
    {
        var read = Read(Encoding.UTF8.GetBytes(text));
        read.Problem.ShouldBe(new FileProblem(reason, value));
        read.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Bytes_of_no_encoding_are_refused_never_replaced()
    {
        Read([.. Encoding.UTF8.GetBytes(Header), 0xFF, 0xFF, 0x0A]).Problem!.Reason.ShouldBe("NotText");
        Read([.. Encoding.UTF8.Preamble, .. Gb18030.GetBytes("订单号")]).Problem!.Reason.ShouldBe("NotText");
    }

    [Theory]
    [InlineData("P1,1,Other", "FieldCount", "")]
    [InlineData("P1,1,Other,x,y", "FieldCount", "")]
    [InlineData("P1,=1+1,Other,x", "Formula", "amount")]
    [InlineData("=\"P1\",1,Other,x", "Formula", "order")]
    [InlineData("P1,1,Other,a\u0007b", "ControlCharacter", "comment")]
    public void A_row_that_cannot_be_read_keeps_its_line_and_says_why(string row, string reason, string value)
    {
        var line = Read(Encoding.UTF8.GetBytes($"{Header}{row}\nP2,1,Other,x\n")).Lines;
        line.Count.ShouldBe(2);
        (line[0].Line, line[0].Fault).ShouldBe((2, new FileProblem(reason, value)));
        line[1].Fault.ShouldBeNull();
    }

    [Fact]
    public void More_rows_than_the_cap_are_refused_and_not_cut_off()
    {
        var rows = string.Concat(Enumerable.Range(0, SheetTable.MaxRows).Select(n => $"P{n},1,Other,\n"));
        Read(Encoding.UTF8.GetBytes(Header + rows)).Lines.Count.ShouldBe(SheetTable.MaxRows);
        Read(Encoding.UTF8.GetBytes(Header + rows + "PX,1,Other,\n")).Problem!.Reason.ShouldBe("TooManyRows");
    }

    [Theory]
    [InlineData("<c><v>12.3</v></c>", "12.3", null)]
    [InlineData("<c t=\"n\"><v>486</v></c>", "486", null)]
    [InlineData("<c t=\"str\"><v>12.30</v></c>", "12.30", null)]
    [InlineData("<c><v>1.1000000000000001</v></c>", "1.1000000000000001", null)]
    [InlineData("<c><v>1E3</v></c>", "1E3", null)]
    [InlineData("<c><f>6*7</f><v>42</v></c>", "", "Formula")]
    [InlineData("<c t=\"b\"><v>1</v></c>", "1", "CellType")]
    [InlineData("<c t=\"e\"><v>#REF!</v></c>", "#REF!", "CellType")]
    [InlineData("<c t=\"s\"><v>7</v></c>", "", "CellType")]
    [InlineData("<c s=\"1\"><v>46347</v></c>", "46347", "CellType")]
    [InlineData("<c s=\"2\"><v>0.5</v></c>", "0.5", "CellType")]
    [InlineData("<c s=\"3\"><v>12.5</v></c>", "12.5", null)]
    [InlineData("<c s=\"4\"><v>46347</v></c>", "46347", "CellType")]
    public void A_cell_is_its_written_text_and_never_what_a_number_would_make_of_it(
        string cell, string text, string? fault)
    {
        const string styles =
            "<numFmts><numFmt numFmtId=\"170\" formatCode=\"&quot;day&quot; #,##0.00\"/>"
            + "<numFmt numFmtId=\"171\" formatCode=\"yyyy\\-mm\"/></numFmts>"
            + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/>"
            + "<xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs>";
        var file = Of([Row("order", "amount", "reason"), Row("P1", cell, "Other")], styles);
        var line = Read(file).Lines.ShouldHaveSingleItem();
        line.AmountText.ShouldBe(text);
        line.Fault?.Reason.ShouldBe(fault);
        (line.Fault is null).ShouldBe(fault is null);
    }

    [Fact]
    public void A_long_number_in_a_number_cell_is_not_taken_for_what_was_typed()
    {
        var file = Of(
            Row("order", "amount", "reason"), Row("<c><v>2.0261120004718E+19</v></c>", "1", "Other"),
            Row("<c><v>2026112000471800</v></c>", "1", "Other"), Row("<c><v>202611200047</v></c>", "1", "Other"));
        Read(file).Lines.Select(line => line.Fault?.Reason).ShouldBe(["NumberRounded", "NumberRounded", null]);
    }

    [Fact]
    public void Hidden_rows_gaps_and_cells_outside_the_header_are_told()
    {
        var file = Of(
            Row("order", "amount", "reason"), Row(["P1", "1", "Other"], "r=\"3\" hidden=\"1\""),
            Row("P2", "1", "Other", "more"), Row(), Row("<c r=\"A9\" t=\"str\"><v>P3</v></c>",
                "<c r=\"C9\" t=\"str\"><v>Other</v></c>"));
        var lines = Read(file).Lines;
        lines.Select(line => (line.Line, line.Fault?.Reason))
            .ShouldBe([(3, "HiddenRow"), (4, "FieldCount"), (6, null)]);
        (lines[2].Target, lines[2].AmountText, lines[2].Reason).ShouldBe(("P3", "", "Other"));
    }

    [Fact]
    public void What_is_no_plain_workbook_is_refused_whole()
    {
        var rows = new[] { Row("order", "amount", "reason"), Row("P1", "1", "Other") };
        Read(Of(rows, sheets: 2)).Problem!.Reason.ShouldBe("SeveralSheets");
        Read("PK\u0003\u0004 not a package"u8.ToArray()).Problem!.Reason.ShouldBe("NotWorkbook");
        Read(Of(["<row><c>"])).Problem!.Reason.ShouldBe("NotWorkbook");
        Read(Of(["<!DOCTYPE x [<!ENTITY e 'e'>]>", .. rows])).Problem!.Reason.ShouldBe("NotWorkbook");
        Read(new byte[BatchFile.MaxBytes + 1]).Problem!.Reason.ShouldBe("TooLarge");
    }

    [Fact]
    public void A_package_that_grows_huge_is_refused_before_it_does()
    {
        var bomb = Bomb(megabytes: 64);
        bomb.Length.ShouldBeLessThan(BatchFile.MaxBytes);
        Read(bomb).Problem!.Reason.ShouldBe("TooLargeInside");
    }

    private static BatchFile Read(byte[] file) => BatchFile.Read(OperationKind.Refund, file);
}
