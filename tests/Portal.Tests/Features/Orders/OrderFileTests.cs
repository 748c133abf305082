using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Orders;

namespace MerchantPortal.Portal.Tests.Features.Orders;

public sealed class OrderFileTests
{
    private const string Header = "order_no,time,amount,currency,method,shop_state";
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void A_line_that_fits_is_taken_as_it_stands()
    {
        var read = Read(Header + ",payer\nHP-1,2026-11-20 14:32:08,486.00,CNY,快捷支付,packing,陈晓明\n");
        var line = read.Lines.ShouldHaveSingleItem();
        line.Number.ShouldBe(2);
        line.MerchantNumber.ShouldBe("HP-1");
        line.OrderedAt.ShouldBe(new(2026, 11, 20, 6, 32, 8, TimeSpan.Zero));
        line.Amount.ShouldBe(new(48_600, CurrencyTable.Get("CNY")));
        (line.Method, line.ShopState, line.Payer).ShouldBe(("快捷支付", "packing", "陈晓明"));
    }

    [Fact]
    public void The_documented_example_is_taken_whole()
    {
        var read = OrderFile.Read(OrderFileExample.Bytes, Shanghai, [CurrencyTable.Get("CNY")]);
        read.Problem.ShouldBeNull();
        read.BadLines.ShouldBeEmpty();
        read.Lines.Select(line => line.Payer).ShouldBe(["陈晓明", "Lindqvist, A."]);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Line_ends_byte_order_mark_and_column_order_do_not_matter(string end)
    {
        var text = $"currency,amount,time,order_no,shop_state,method{end}CNY,1.20,2026-11-20T14:32:08,A_1,s,m{end}";
        byte[] file = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)];
        var line = OrderFile.Read(file, Shanghai, [CurrencyTable.Get("CNY")]).Lines.ShouldHaveSingleItem();
        (line.MerchantNumber, line.Amount.Minor).ShouldBe(("A_1", 120));
    }

    [Fact]
    public void Quoted_fields_may_hold_commas_and_quotes()
    {
        var read = Read(
            Header + ",payer\nHP-1,2026-11-20 14:32:08,1.00,CNY,\"Visa, \"\"gold\"\"\",s,\"Lindqvist, A.\"\n");
        var line = read.Lines.ShouldHaveSingleItem();
        (line.Method, line.Payer).ShouldBe(("Visa, \"gold\"", "Lindqvist, A."));
    }

    [Theory]
    [InlineData("2026-11-20 14:32:08", 6)]
    [InlineData("2026-11-20T14:32:08", 6)]
    [InlineData("2026/11/20 14:32:08", 6)]
    [InlineData("20261120143208", 6)]
    [InlineData("2026-11-20T14:32:08Z", 14)]
    [InlineData("2026-11-20T14:32:08+02:00", 12)]
    [InlineData("2026-11-20 14:32:08-05:00", 19)]
    public void Times_without_an_offset_are_in_the_accounts_zone(string time, int utcHour) =>
        Read($"{Header}\nHP-1,{time},1.00,CNY,m,s\n").Lines.ShouldHaveSingleItem().OrderedAt
            .ShouldBe(new(2026, 11, 20, utcHour, 32, 8, TimeSpan.Zero));

    [Fact]
    public void A_time_that_the_clocks_skipped_is_no_time()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var read = OrderFile.Read(
            Encoding.UTF8.GetBytes($"{Header}\nHP-1,2026-03-29 02:30:00,1.00,CNY,m,s\n"), berlin,
            [CurrencyTable.Get("CNY")]);
        read.BadLines.ShouldHaveSingleItem().Reason.ShouldBe("Time");
    }

    [Theory]
    [InlineData("HP 1,2026-11-20 14:32:08,1.00,CNY,m,s", "OrderNumber", "HP 1")]
    [InlineData(",2026-11-20 14:32:08,1.00,CNY,m,s", "OrderNumber", "")]
    [InlineData("订单1,2026-11-20 14:32:08,1.00,CNY,m,s", "OrderNumber", "订单1")]
    [InlineData("HP-1,2026-02-30 14:32:08,1.00,CNY,m,s", "Time", "2026-02-30 14:32:08")]
    [InlineData("HP-1,20.11.2026,1.00,CNY,m,s", "Time", "20.11.2026")]
    [InlineData("HP-1,2026-11-20 14:32:08,1.00,RMB,m,s", "CurrencyUnknown", "RMB")]
    [InlineData("HP-1,2026-11-20 14:32:08,1.00,cny,m,s", "CurrencyUnknown", "cny")]
    [InlineData("HP-1,2026-11-20 14:32:08,1.00,USD,m,s", "CurrencyNotOfAccount", "USD")]
    [InlineData("HP-1,2026-11-20 14:32:08,1.005,CNY,m,s", "Amount", "1.005")]
    [InlineData("HP-1,2026-11-20 14:32:08,\"1,200.00\",CNY,m,s", "Amount", "1,200.00")]
    [InlineData("HP-1,2026-11-20 14:32:08,-1.00,CNY,m,s", "Amount", "-1.00")]
    [InlineData("HP-1,2026-11-20 14:32:08,1.5,JPY,m,s", "Amount", "1.5")]
    [InlineData("HP-1,2026-11-20 14:32:08,1.2345,KWD,m,s", "Amount", "1.2345")]
    [InlineData("HP-1,2026-11-20 14:32:08,0.00,CNY,m,s", "AmountNotPositive", "0.00")]
    [InlineData("HP-1,2026-11-20 14:32:08,1.00,CNY,m", "FieldCount", "5")]
    [InlineData("HP-1,2026-11-20 14:32:08,1.00,CNY,m,s,x", "FieldCount", "7")]
    public void A_line_that_does_not_fit_is_kept_with_number_text_and_reason(string text, string reason, string value)
    {
        const string Good = "2026-11-20 14:32:08,1.00,CNY,m,s";
        var read = Read($"{Header}\nHP-0,{Good}\n{text}\nHP-2,{Good}\n");
        read.Problem.ShouldBeNull();
        read.Lines.Select(line => line.MerchantNumber).ShouldBe(["HP-0", "HP-2"]);
        var bad = read.BadLines.ShouldHaveSingleItem();
        (bad.Number, bad.Text.TrimEnd(), bad.Reason, bad.Value).ShouldBe((3, text, reason, value));
    }

    [Theory]
    [InlineData("method", 61)]
    [InlineData("shop_state", 61)]
    [InlineData("payer", 121)]
    public void A_value_that_is_too_long_is_not_cut(string column, int length)
    {
        string Value(string name) => name == column ? new string('x', length) : "x";
        var rest = $"{Value("method")},{Value("shop_state")},{Value("payer")}";
        var read = Read($"{Header},payer\nHP-1,2026-11-20 14:32:08,1.00,CNY,{rest}\n");
        var bad = read.BadLines.ShouldHaveSingleItem();
        (bad.Reason, bad.Value).ShouldBe(("TooLong", column));
    }

    [Theory]
    [InlineData("JPY", "48600", 48_600)]
    [InlineData("CNY", "486", 48_600)]
    [InlineData("CNY", "486.5", 48_650)]
    [InlineData("KWD", "142.750", 142_750)]
    public void Amounts_have_the_decimals_of_their_currency(string code, string amount, long minor) =>
        Read($"{Header}\nHP-1,2026-11-20 14:32:08,{amount},{code},m,s\n")
            .Lines.ShouldHaveSingleItem().Amount.Minor.ShouldBe(minor);

    [Fact]
    public void Bytes_of_another_encoding_refuse_the_whole_file()
    {
        // 快捷 in GBK.
        var start = Encoding.ASCII.GetBytes($"{Header}\nHP-1,2026-11-20 14:32:08,1.00,CNY,");
        byte[] file = [.. start, 0xBF, 0xEC, 0xBD, 0xDD, (byte)'\n'];
        var read = OrderFile.Read(file, Shanghai, [CurrencyTable.Get("CNY")]);
        read.Problem!.Value.Reason.ShouldBe("NotUtf8");
        read.Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "Empty", "")]
    [InlineData("order_no,time,amount,currency,method\nHP-1,x,1.00,CNY,m\n", "ColumnMissing", "shop_state")]
    public void A_file_without_its_columns_is_refused(string text, string reason, string value) =>
        Read(text).Problem.ShouldBe((reason, value));

    [Fact]
    public void Twenty_thousand_lines_are_taken_and_one_more_refuses_the_file()
    {
        static string Lines(int count) => Header + "\n"
            + string.Concat(Enumerable.Range(0, count).Select(i => $"HP-{i},2026-11-20 14:32:08,1.00,CNY,m,s\n"));
        var whole = Read(Lines(20_000));
        whole.Problem.ShouldBeNull();
        whole.Lines.Count.ShouldBe(20_000);
        Read(Lines(20_001)).Problem.ShouldBe(("TooManyLines", "20000"));
    }

    [Fact]
    public void A_quote_that_never_ends_costs_its_own_line_only()
    {
        var read = Read($"{Header}\nHP-1,2026-11-20 14:32:08,1.00,CNY,\"m,s\nHP-2,2026-11-20 14:32:08,1.00,CNY,m,s\n");
        read.BadLines.ShouldHaveSingleItem().Number.ShouldBe(2);
        read.Lines.ShouldHaveSingleItem().MerchantNumber.ShouldBe("HP-2");
    }

    private static OrderFile Read(string text) => OrderFile.Read(
        Encoding.UTF8.GetBytes(text), Shanghai,
        [CurrencyTable.Get("CNY"), CurrencyTable.Get("JPY"), CurrencyTable.Get("KWD")]);
}
