using System.Text;
using FsCheck.Fluent;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;
using Line = MerchantPortal.Payments.Providers.LianLianMobile.LianLianMobileStatementLine;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

public sealed class LianLianMobileStatementTests
{
    private const string Title = "商户订单号,商户号,商户订单时间,商户业务编号,银通支付单号,银通账务日期,订单金额,收款标志,交易状态,更新时间,手续费,支付产品,支付方式,订单信息";

    // The lines of section 5.2 without what scanning added to them: blanks, a quotation mark, an empty field.
    private const string First =
        "201405287094797,201403251000001147,20140528 16:35:56,101001,2014052846671792,20140528,100,0,0,"
        + "20140528 16:35:56,0.5,手机应用支付网关,储蓄卡快捷支付,彩票连连支付充值";

    private const string Second =
        "201405287094244,201403251000001147,20140528 16:32:53,101001,2014052846671022,20140528,15,0,0,"
        + "20140528 16:32:53,0.1,手机应用支付网关,信用卡快捷支付,彩票连连支付充值";

    private const string Refund =
        "R2026112100001,201403251000001147,20140529 09:00:00,101001,201405287094797,20140529,-20.5,1,5,"
        + "20140529 09:00:01,-0.1,手机应用支付网关,储蓄卡快捷支付,退款";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>The lines as the document prints them, and what is wrong with each.</summary>
    public static TheoryData<string, string> Printed => new()
    {
        {
            "201405287094797, 201403251000001147, 20140528 16:35:56, 101001, 20140528 46671792, 20140528, 100, 0, 0, "
            + "20140528 16:35:56, 0. 5, 手机应用支付网关, 储蓄卡快捷支付, 彩票连连支付充值",
            "Field 2"
        },
        {
            "201405287094244, 201403251000001147, 20140528 16:32:53, 101001, 2014052 846671022, 20140528, 15, 0, 0, , "
            + "20140528 16:32:53, 0. 1, 手机应用支付网关, 信用卡快捷支付, 彩票连连支付充值",
            "Field 2"
        },
        {
            Second.Replace("201405287094244,", "201405287094244″,", StringComparison.Ordinal), "Field 1"
        },
        {
            Second.Replace(",0,0,2014", ",0,0,,2014", StringComparison.Ordinal), "Field 10"
        },
        {
            Second.Replace(",0.1,", ",0. 1,", StringComparison.Ordinal), "Field 11"
        },
    };

    [Fact]
    public async Task The_documents_lines_without_the_scans_damage_are_exact_rows()
    {
        var lines = await ReadAsync($"{Title}\r\n{First}\r\n{Second}\r\n");

        lines[0].ShouldBe(new Line.Title(1));
        Row(lines[1]).ShouldBe(new()
        {
            Number = "201405287094797",
            MerchantId = "201403251000001147",
            At = new(2014, 5, 28, 8, 35, 56, TimeSpan.Zero),
            Business = "101001",
            Reference = "2014052846671792",
            ClearedOn = new(2014, 5, 28),
            Amount = LianLianMobileBench.Yuan(10000),
            IsOut = false,
            IsMarkedRefunded = false,
            UpdatedAt = new(2014, 5, 28, 8, 35, 56, TimeSpan.Zero),
            Fee = LianLianMobileBench.Yuan(50),
            Product = "手机应用支付网关",
            Method = "储蓄卡快捷支付",
            Description = "彩票连连支付充值",
        });
        Row(lines[2]).Amount.ShouldBe(LianLianMobileBench.Yuan(1500));
        Row(lines[2]).Fee.ShouldBe(LianLianMobileBench.Yuan(10));
        lines.Count.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Printed))]
    public async Task A_scans_damage_is_a_fault_with_its_line_and_never_a_guess(string damaged, string why)
    {
        foreach (var before in new[] { "", Title + "\n", First + "\n" })
        {
            var lines = await ReadAsync(before + damaged + "\n" + Second);

            var fault = lines[before.Length == 0 ? 0 : 1].ShouldBeOfType<Line.Fault>();
            fault.Line.ShouldBe(before.Length == 0 ? 1 : 2);
            fault.Why.ShouldStartWith(why);
            Row(lines[^1]).Number.ShouldBe("201405287094244");
        }
    }

    [Fact]
    public async Task A_refund_line_is_negative_and_proves_exactly_its_refund()
    {
        var row = Row((await ReadAsync(Refund)).ShouldHaveSingleItem());
        var refund = new RefundRequest
        {
            RefundNumber = "R2026112100001",
            Order = new("201405287094797", DateTimeOffset.UnixEpoch, null),
            OrderAmount = LianLianMobileBench.Yuan(10000),
            Amount = LianLianMobileBench.Yuan(2050),
            RequestedAt = DateTimeOffset.UnixEpoch,
        };

        row.Amount.ShouldBe(LianLianMobileBench.Yuan(-2050));
        row.Fee.ShouldBe(LianLianMobileBench.Yuan(-10));
        row.Proves(refund).ShouldBeTrue();
        row.Proves(refund with { RefundNumber = "R2026112100002" }).ShouldBeFalse();
        row.Proves(refund with { Amount = LianLianMobileBench.Yuan(2051) }).ShouldBeFalse();
        row.Proves(refund with { Order = new("201405287094798", DateTimeOffset.UnixEpoch, null) }).ShouldBeFalse();
        var payment = Row((await ReadAsync(First.Replace(",0,0,", ",0,5,", StringComparison.Ordinal)))[0]);
        payment.IsMarkedRefunded.ShouldBeTrue();
        payment.IsRefund.ShouldBeFalse();
    }

    [Fact]
    public async Task Commas_in_the_orders_text_belong_to_it()
    {
        Row((await ReadAsync(First + ",第二,\"三\""))[0]).Description.ShouldBe("彩票连连支付充值,第二,\"三\"");
        var payout = (await ReadAsync(
            First + ",a,b,工商银行,6222020111122220007,张三", LianLianMobileStatementKind.Payouts))[0];
        Row(payout).Description.ShouldBe("彩票连连支付充值,a,b");
        Row(payout).PayeeBank.ShouldBe("工商银行");
        Row(payout).PayeeAccountEnd.ShouldBe("0007");
        Row(payout).PayeeName.ShouldBe("张三");
        payout.ToString().ShouldNotContain("张三");
    }

    [Theory]
    [InlineData(LianLianMobileStatementKind.Trades, 13, true)]
    [InlineData(LianLianMobileStatementKind.Trades, 12, false)]
    [InlineData(LianLianMobileStatementKind.Payouts, 16, true)]
    [InlineData(LianLianMobileStatementKind.Payouts, 15, false)]
    public async Task A_line_needs_its_fixed_fields(LianLianMobileStatementKind kind, int fields, bool isRow)
    {
        var line = string.Join(',', (First + ",b,c,d").Split(',').Take(fields));

        ((await ReadAsync(line, kind))[0] is Line.Row).ShouldBe(isRow);
    }

    [Theory]
    [InlineData(1, "a b")]
    [InlineData(1, "")]
    [InlineData(2, "20140325100000114")]
    [InlineData(2, "20140325100000114７")]
    [InlineData(3, "20140528 16:35")]
    [InlineData(3, "20140528 24:00:00")]
    [InlineData(4, "10100")]
    [InlineData(5, "")]
    [InlineData(6, "20140229")]
    [InlineData(7, "100.001")]
    [InlineData(7, "1,00")]
    [InlineData(7, "+100")]
    [InlineData(7, "--1")]
    [InlineData(7, "-1")]
    [InlineData(7, "")]
    [InlineData(7, "1e2")]
    [InlineData(8, "2")]
    [InlineData(9, "1")]
    [InlineData(10, "20140528")]
    [InlineData(11, "")]
    [InlineData(11, "-0.5")]
    public async Task A_field_that_is_not_of_its_form_is_a_fault(int field, string value)
    {
        var cells = First.Split(',');
        cells[field - 1] = value;

        (await ReadAsync(First + "\n" + string.Join(',', cells)))[1].ShouldBeOfType<Line.Fault>().Line.ShouldBe(2);
    }

    [Fact]
    public async Task A_title_may_stand_first_and_nowhere_else()
    {
        var lines = await ReadAsync($"\n{Title}\n{First}\n{Title}\n");

        lines[0].ShouldBe(new Line.Title(2));
        lines[1].ShouldBeOfType<Line.Row>().Line.ShouldBe(3);
        lines[2].ShouldBeOfType<Line.Fault>().Line.ShouldBe(4);
    }

    [Theory]
    [InlineData("8|8|551.23|0|0|0|0", 55123, 0, 0, 0)]
    [InlineData("8|8|551.23|0||0|", 55123, 0, 0, 0)]
    [InlineData("10|8|551.2|1|-20.5|1|-3", 55120, 1, -2050, -300)]
    public async Task A_summary_has_seven_fields_and_empty_sums_are_nothing(
        string line, long paid, int refunds, long back, long undone)
    {
        var sums = (await ReadAsync(line + "\n", LianLianMobileStatementKind.Summary)).ShouldHaveSingleItem()
            .ShouldBeOfType<Line.Sums>().Value;

        sums.Succeeded.ShouldBe(LianLianMobileBench.Yuan(paid));
        sums.RefundedCount.ShouldBe(refunds);
        sums.Refunded.ShouldBe(LianLianMobileBench.Yuan(back));
        sums.Cancelled.ShouldBe(LianLianMobileBench.Yuan(undone));
    }

    [Theory]
    [InlineData("8|8|551.23|0|0|0")]
    [InlineData("8|8|551.23|0|0|0|0|")]
    [InlineData("8|x|551.23|0|0|0|0")]
    [InlineData("|8|551.23|0|0|0|0")]
    [InlineData("8|8|551.234|0|0|0|0")]
    [InlineData("8|8|-551.23|0|0|0|0")]
    [InlineData("8|8|551.23|1|20.5|0|0")]
    [InlineData("8 | 8 | 551.23 | 0 | 0 | 0 | 0")]
    public async Task A_summary_of_another_form_is_a_fault(string line) =>
        (await ReadAsync(line, LianLianMobileStatementKind.Summary))[0].ShouldBeOfType<Line.Fault>();

    [Fact]
    public async Task A_summary_has_one_line()
    {
        var lines = await ReadAsync("8|8|551.23|0|0|0|0\n8|8|551.23|0|0|0|0\n", LianLianMobileStatementKind.Summary);

        lines[0].ShouldBeOfType<Line.Sums>();
        lines[1].ShouldBeOfType<Line.Fault>().Why.ShouldBe("A summary has one line.");
    }

    [Fact]
    public async Task UTF_8_with_and_without_a_mark_and_GB18030_are_read_to_the_letter()
    {
        var text = $"{Title}\r\n{First}\r\n";
        (byte[] Bytes, string Name)[] files =
        [
            (Encoding.UTF8.GetBytes(text), "utf-8"),
            ([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], "utf-8"),
            (Gb18030.GetBytes(text), "GB18030"),
        ];
        foreach (var (bytes, name) in files)
        {
            var statement = new LianLianMobileStatement(new MemoryStream(bytes), LianLianMobileStatementKind.Trades);
            var lines = await ListAsync(statement);

            lines[0].ShouldBe(new Line.Title(1));
            Row(lines[1]).Description.ShouldBe("彩票连连支付充值");
            statement.Encoding.ShouldBe(name, StringCompareShould.IgnoreCase);
        }
    }

    [Fact]
    public async Task A_line_in_another_encoding_than_the_files_is_a_fault_and_not_mended()
    {
        byte[] mixed = [.. Encoding.UTF8.GetBytes(First + "\n"), .. Gb18030.GetBytes(Second + "\n")];
        byte[] neither = [.. Encoding.UTF8.GetBytes(First.Replace("彩", "", StringComparison.Ordinal)), 0xFF, 0xFF];

        (await ReadAsync(mixed))[1].ShouldBeOfType<Line.Fault>().Why.ShouldBe("It is not utf-8.");
        (await ReadAsync(neither))[0].ShouldBeOfType<Line.Fault>().Why.ShouldBe("It is not UTF-8 or GB18030.");
        (await ReadAsync(Encoding.Unicode.GetBytes(First))).ShouldAllBe(line => line is Line.Fault);
    }

    [Fact]
    public async Task An_endless_line_is_one_fault_and_the_next_line_is_read()
    {
        var longest = First.PadRight(LianLianMobileStatement.LongestLine - 100, 'x');
        var lines = await ReadAsync(new string('x', 500_000) + "\n" + longest + "\n" + First + "\r");

        lines[0].ShouldBe(new Line.Fault(1, "It is longer than 65536 bytes."));
        Row(lines[1]).Number.ShouldBe("201405287094797");
        Row(lines[2]).Description.ShouldBe("彩票连连支付充值");
        lines.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_control_character_or_nothing_at_all_is_no_row()
    {
        (await ReadAsync("")).ShouldBeEmpty();
        (await ReadAsync("\r\n\n")).ShouldBeEmpty();
        (await ReadAsync(First + "\0"))[0].ShouldBeOfType<Line.Fault>();
        (await ReadAsync(First + "\rx"))[0].ShouldBeOfType<Line.Fault>();
    }

    [Fact]
    public async Task A_big_file_is_read_in_the_memory_of_a_line()
    {
        using var file = new RepeatingStream(Encoding.UTF8.GetBytes(First + "\n"), 5_000);
        var count = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var line in new LianLianMobileStatement(file, LianLianMobileStatementKind.Trades).ReadAsync())
        {
            line.ShouldBeOfType<Line.Row>();
            count++;
        }

        count.ShouldBe(5_000);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(1024 * 1024);
    }

    [Fact]
    public async Task Generated_bytes_never_break_the_reader()
    {
        var piece = Gen.OneOf(
            Gen.Elements(First, Second, Refund, Title, "8|8|551.23|0||0|", "\n", "\r\n", ",", "|", "-", "\0", "″", " "),
            Gen.Choose(0, 255).Select(code => ((char)code).ToString()));
        List<string> texts = [];
        Sampled.Holds(piece.ListOf(), pieces => texts.Add(string.Concat(pieces)));
        foreach (var text in texts)
        {
            foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), Encoding.Latin1.GetBytes(text) })
            {
                foreach (var kind in Enum.GetValues<LianLianMobileStatementKind>())
                {
                    var lines = await ReadAsync(bytes, kind);
                    lines.Count.ShouldBeLessThanOrEqualTo(text.Count(c => c == '\n') + 1);
                    lines.Select(line => line.Line).ShouldBeInOrder();
                }
            }
        }

        texts.Count.ShouldBe(300);
    }

    [Theory]
    [InlineData("JYMX_201301221000001001_20130313.txt", LianLianMobileStatementKind.Trades, 13, 13)]
    [InlineData("MX_201301221000001001_20130313.txt", LianLianMobileStatementKind.Trades, 13, 13)]
    [InlineData("FKMX_201301221000001001_20130313.txt", LianLianMobileStatementKind.Payouts, 13, 13)]
    [InlineData("JYMXSUM_201301221000001001_20130313.txt", LianLianMobileStatementKind.Summary, 13, 13)]
    [InlineData("JYMX_201301221000001001_201303.txt", LianLianMobileStatementKind.Trades, 1, 31)]
    [InlineData("FKMX_201301221000001001_201303.txt", LianLianMobileStatementKind.Payouts, 1, 31)]
    public void A_files_name_tells_its_kind_and_days(
        string name, LianLianMobileStatementKind kind, int from, int until)
    {
        var read = LianLianMobileStatementName.Read(name).ShouldNotBeNull();

        read.ShouldBe(new(kind, "201301221000001001", new(2013, 3, from), new(2013, 3, until)));
        read.MayHold(kind).ShouldBeTrue();
        read.MayHold(LianLianMobileStatementKind.Payouts).ShouldBe(
            kind == LianLianMobileStatementKind.Payouts
            || (read.IsMonthly && kind == LianLianMobileStatementKind.Trades));
    }

    [Theory]
    [InlineData("JYMX_201301221000001001_20130313.csv")]
    [InlineData("JYMX_20130122100000100_20130313.txt")]
    [InlineData("JYMX_201301221000001001_20130332.txt")]
    [InlineData("JYMX_201301221000001001_201313.txt")]
    [InlineData("JYMX_201301221000001001_2013.txt")]
    [InlineData("JYMXSUM_201301221000001001_201303.txt")]
    [InlineData("RHZZW_201301221000001001_20130313.txt")]
    [InlineData("../JYMX_201301221000001001_20130313.txt")]
    [InlineData("jymx_201301221000001001_20130313.txt")]
    [InlineData("")]
    public void Another_name_is_no_settlement_file(string name) =>
        LianLianMobileStatementName.Read(name).ShouldBeNull();

    private static LianLianMobileStatementRow Row(Line line) => line.ShouldBeOfType<Line.Row>().Value;

    private static Task<List<Line>> ReadAsync(
        string text, LianLianMobileStatementKind kind = LianLianMobileStatementKind.Trades) =>
        ReadAsync(Encoding.UTF8.GetBytes(text), kind);

    private static Task<List<Line>> ReadAsync(
        byte[] bytes, LianLianMobileStatementKind kind = LianLianMobileStatementKind.Trades) =>
        ListAsync(new(new MemoryStream(bytes), kind));

    private static async Task<List<Line>> ListAsync(LianLianMobileStatement statement)
    {
        List<Line> lines = [];
        await foreach (var line in statement.ReadAsync())
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>The same bytes over and over, in small reads.</summary>
    private sealed class RepeatingStream(byte[] piece, int times) : MemoryStream
    {
        private long position;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = 0;
            while (read < Math.Min(buffer.Length, 1000) && position < (long)piece.Length * times)
            {
                buffer.Span[read++] = piece[(int)(position++ % piece.Length)];
            }

            return new(read);
        }
    }
}
