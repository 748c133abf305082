using FsCheck.Fluent;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;

namespace MerchantPortal.Payments.Tests.Allinpay;

public sealed class AllinpayTableTests
{
    [Fact]
    public void The_whole_table_of_section_6_1_is_there_with_query_errors_refund_states_and_pre_authorisation_results()
    {
        var codes = AllinpayErrors.Table.Entries;

        // 236 rows are printed, two of them twice.
        codes.Count(row => row.Code.Length > 3 && !IsState(row) && !IsPreAuthorisation(row)).ShouldBe(234);
        codes.Count(row => row.Code.Length == 3).ShouldBe(11);
        codes.Count(IsState).ShouldBe(8);
        codes.Count(IsPreAuthorisation).ShouldBe(2);
        codes.Count.ShouldBe(255);
        codes.ShouldAllBe(row => row.Text.Length > 0 && row.CustomerText.Length > 0);
    }

    [Fact]
    public void Every_code_but_success_and_the_refund_states_on_their_way_has_a_meaning_of_its_own()
    {
        AllinpayErrors.Table.Entries.ShouldAllBe(row => row.Error != ProviderError.Unlisted);
        AllinpayErrors.Table.Entries.Where(row => row.Error == ProviderError.None).Select(row => row.Code).ShouldBe(
            ["0000", "TKSUCC0001", "TKSUCC0002", "TKSUCC0003", "TKSUCC0004", "TKSUCC0005", "TKSUCC0006"]);
    }

    [Theory]
    [InlineData("ZF10027", ProviderError.OrderNotFound)]
    [InlineData("10027", ProviderError.OrderNotFound)]
    [InlineData("ZF10028", ProviderError.NotRefundable)]
    [InlineData("10028", ProviderError.NotRefundable)]
    [InlineData("10020", ProviderError.OurSignatureRefused)]
    [InlineData("30003", ProviderError.Duplicate)]
    [InlineData("ZF30007", ProviderError.MerchantNotAllowed)]
    [InlineData("ZF10023", ProviderError.ClockOff)]
    [InlineData("010", ProviderError.OurSignatureRefused)]
    [InlineData("005", ProviderError.OrderNotFound)]
    [InlineData("011", ProviderError.RefundNotFound)]
    [InlineData("zf10027", ProviderError.Unlisted)]
    [InlineData("", ProviderError.Unlisted)]
    public void Codes_are_found_with_and_without_their_prefix(string code, ProviderError error) =>
        AllinpayErrors.Table.Meaning(code).ShouldBe(error);

    [Fact]
    public void Two_codes_that_differ_only_in_the_prefix_stay_two()
    {
        AllinpayErrors.Table.Find("10008")!.Text.ShouldBe("未上送用户编号");
        AllinpayErrors.Table.Find("ZF10008")!.Text.ShouldBe("参数扩展参数 1 不正确");
    }

    [Fact]
    public void The_swapped_columns_of_the_query_errors_stand_right()
    {
        AllinpayErrors.Table.Find("003")!.Text.ShouldBe("商户号不存在");
        AllinpayErrors.Table.Find("TKSUCC0001")!.Text.ShouldBe("退款未受理");
    }

    [Fact]
    public void Every_refund_state_of_the_table_has_a_state_and_nothing_else_has_one()
    {
        foreach (var row in AllinpayErrors.Table.Entries)
        {
            (AllinpayRefunds.State(row.Code) is not null).ShouldBe(IsState(row));
        }

        AllinpayRefunds.State("20").ShouldBeNull();
    }

    [Fact]
    public void Code_032_is_the_Australian_dollar_of_the_document_and_not_the_peso_of_ISO()
    {
        AllinpayCurrencies.CrossBorder["032"].Code.ShouldBe("AUD");
        AllinpayCurrencies.InternationalCards["036"].Code.ShouldBe("AUD");
        AllinpayCurrencies.CrossBorder.ContainsKey("036").ShouldBeFalse();
        AllinpayCurrencies.InternationalCards.ContainsKey("032").ShouldBeFalse();
        CurrencyTable.TryGetNumeric("032", out var iso).ShouldBeTrue();
        iso.Code.ShouldBe("ARS");
    }

    [Fact]
    public void An_Australian_amount_is_sent_under_the_code_of_its_own_product()
    {
        var aud = CurrencyTable.Get("AUD");

        AllinpayCurrencies.CodeOf(AllinpayCurrencies.CrossBorder, aud).ShouldBe("032");
        AllinpayCurrencies.CodeOf(AllinpayCurrencies.InternationalCards, aud).ShouldBe("036");
        AllinpayCurrencies.CodeOf(AllinpayCurrencies.Domestic, aud).ShouldBeNull();
        AllinpayCurrencies.CodeOf(AllinpayCurrencies.CrossBorder, CurrencyTable.Get("ARS")).ShouldBeNull();
        AllinpayCurrencies.CodeOf(AllinpayCurrencies.CrossBorder, CurrencyTable.Get("CNY")).ShouldBe("156");
        AllinpayCurrencies.CodeOf(AllinpayCurrencies.Domestic, CurrencyTable.Get("CNY")).ShouldBe("156");
    }

    [Fact]
    public void All_other_currency_codes_agree_with_ISO()
    {
        var rows = AllinpayCurrencies.CrossBorder.Concat(AllinpayCurrencies.InternationalCards)
            .Where(row => row.Key is not ("0" or "032"));
        rows.ShouldAllBe(row => row.Value.Numeric == row.Key);
        AllinpayCurrencies.CrossBorder["0"].Code.ShouldBe("CNY");
        AllinpayCurrencies.CrossBorder.Count.ShouldBe(8);
        AllinpayCurrencies.InternationalCards.Count.ShouldBe(10);
    }

    [Fact]
    public void Times_are_China_time_all_year_and_read_back_to_the_second() => Sampled.Holds(
        Sampled.Longs(0, 4_000_000_000),
        seconds =>
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
            AllinpayTime.TryRead(AllinpayTime.Text(time), out var read).ShouldBeTrue();
            read.ShouldBe(time);
            read.Offset.ShouldBe(TimeSpan.Zero);
        });

    [Theory]
    [InlineData("2026112000000")]
    [InlineData("202611200000000")]
    [InlineData("20261120240000")]
    [InlineData("20260229000000")]
    [InlineData("２0261120000000")]
    [InlineData(" 20261120000000")]
    [InlineData("00010101000000")]
    [InlineData("2026-11-20")]
    [InlineData("")]
    public void Other_text_is_no_time(string text) => AllinpayTime.TryRead(text, out _).ShouldBeFalse();

    [Fact]
    public void A_value_that_could_start_another_field_is_never_signed() => Sampled.Holds(
        from place in Gen.Choose(0, 6)
        from reserved in Gen.Elements("&=\r\n\0".ToCharArray())
        select "orderNo".Insert(place, reserved.ToString()),
        value => Should.Throw<ArgumentException>(() => AllinpaySigning.Source("refund", [new("orderNo", value)])));

    [Fact]
    public void Empty_fields_are_neither_signed_nor_sent()
    {
        AllinpayField[] fields = [new("productName", "笔 3+"), new("ext1", ""), new("payType", "0")];

        AllinpaySigning.Source("pay-data", fields).ShouldBe("productName=笔 3+&payType=0");
        System.Text.Encoding.ASCII.GetString(AllinpayForm.Write(fields))
            .ShouldBe("productName=%E7%AC%94%203%2B&payType=0");
    }

    [Fact]
    public void The_provider_never_resends_and_names_its_hosts()
    {
        using var bench = new AllinpayBench();

        bench.Provider.Refunds!.ResendSafe.ShouldBeFalse();
        bench.Provider.Descriptor.Hosts.ShouldBe(
            ["service.allinpay.com", "cashier.allinpay.com", "ceshi.allinpay.com"]);
        new ProviderCatalog(bench.Provider).Get("allinpay").ShouldBeSameAs(bench.Provider);
        bench.Provider.Notifications!.Taken.ShouldBe(new(200, "text/plain; charset=utf-8", "success"));
    }

    private static bool IsPreAuthorisation(ErrorEntry row) => row.Code is "0000" or "FC0003_000008";

    private static bool IsState(ErrorEntry row) => row.Code.StartsWith("TKSUCC", StringComparison.Ordinal);
}
