using MerchantPortal.Payments.Codes;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

public sealed class LianLianMobileTableTests
{
    private const string Section64 =
        "0000 1000 1001 1002 1003 1004 1005 1006 1007 1008 1009 1014 1016 1019 1100 1101 1102 1103 1104 1105 1106 1107 "
        + "1108 1109 1110 1111 1112 1113 1114 1115 1200 1900 1901 2004 2005 2006 2007 2008 3001 3002 3003 3004 3005 "
        + "3006 3007 4000 5001 5002 5003 5004 5005 5006 5007 5008 5501 5502 6001 6002 8000 8001 8888 8901 8911 9901 "
        + "9902 9903 9904 9091 9092 9093 9094 9700 9701 9702 9703 9704 9910 9911 9912 9913 9970 9999 9990 9907 9000";

    [Fact]
    public void Every_code_of_section_6_4_is_there_with_the_states_of_pre_authorisations_and_nothing_else()
    {
        var expected = Section64.Split(' ').Concat(
            ["4005", "2003", "PR07", "PR08", "PR09", "PR10", "PR11", "PR12", "PR13", "PR14", "PR15", "PR16"]);

        LianLianMobileErrors.Table.Entries.Select(row => row.Code).ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void Every_code_has_a_text_a_meaning_and_a_place_in_the_normalised_table()
    {
        foreach (var row in LianLianMobileErrors.Table.Entries)
        {
            row.Text.ShouldNotBeEmpty();
            row.CustomerText.ShouldNotBeEmpty();
            row.Error.ShouldNotBe(ProviderError.Unlisted);
            NormalisedCodes.Find(row.Normalised).ShouldNotBeNull(row.Code);
        }
    }

    [Theory]
    [InlineData("1002")]
    [InlineData("1007")]
    [InlineData("2004")]
    [InlineData("2008")]
    [InlineData("5005")]
    [InlineData("9902")]
    [InlineData("9970")]
    [InlineData("9990")]
    [InlineData("9999")]
    [InlineData("9000")]
    public void What_does_not_tell_how_it_ended_is_never_a_decline(string code)
    {
        var row = LianLianMobileErrors.Table.Find(code)!;

        row.Error.ShouldBe(ProviderError.ProviderFault);
        row.Normalised.ShouldNotBeOneOf(100602, 100607, 100609, 100617);
    }

    [Fact]
    public void Code_9902_says_both_of_its_meanings()
    {
        LianLianMobileErrors.Table.Find("9902")!.Text.ShouldBe("请求参数缺失{0};接口调用异常");
        LianLianMobileErrors.Table.Find("2008")!.NextStep.ShouldContain("发起查询交易");
        LianLianMobileErrors.Table.Find("1009")!.Text.ShouldBe(
            "暂停商户支付服务,请联系连连银通客服(因各种原因,连连银通暂停商户支付服务)");
    }

    [Fact]
    public void Every_bank_of_section_6_5_is_there()
    {
        var banks = LianLianMobileBanks.All;

        banks.Count.ShouldBe(158);
        banks.Count(bank => bank.Name.Length > 0).ShouldBe(157);
        banks.Select(bank => bank.Code).Distinct().Count().ShouldBe(157);
        banks.ShouldAllBe(bank => bank.Code.Length == 8 && bank.Code.All(char.IsAsciiDigit));
        banks.ShouldAllBe(bank => bank.Debit || bank.Credit);
        banks.Count(bank => bank.Scope == LianLianMobileBankScope.Nation).ShouldBe(18);
        banks.Count(bank => bank.Scope == LianLianMobileBankScope.Foreign).ShouldBe(7);
        LianLianMobileBanks.Find("04741910").Select(bank => bank.Name).ShouldBe(["内蒙古银行", "内蒙古农村信用社"]);
        LianLianMobileBanks.Find("64634280").ShouldHaveSingleItem().Name.ShouldBeEmpty();
        LianLianMobileBanks.Find("03060000").ShouldHaveSingleItem().Debit.ShouldBeFalse();
        LianLianMobileBanks.Find("04354910").ShouldHaveSingleItem().Note.ShouldContain("96828");
        LianLianMobileBanks.Find("14538200").ShouldHaveSingleItem().Name.ShouldBe("甘肃省农村信用社联合社");
        LianLianMobileBanks.Find("00000000").ShouldBeEmpty();
    }

    [Fact]
    public void Every_goods_code_of_section_6_3_stands_in_its_group()
    {
        var goods = LianLianMobileData.Goods;

        goods.Count.ShouldBe(38);
        goods.Select(row => row.Code).Distinct().Count().ShouldBe(38);
        goods.CountBy(row => row.Group).Select(group => group.Value).ShouldBe([11, 10, 3, 10, 4]);
        LianLianMobileData.FindGoods("1010")!.Name.ShouldBe("个人话费充值");
        LianLianMobileData.FindGoods("4100")!.Group.ShouldBe(LianLianMobileGoodsGroup.Physical);
        LianLianMobileData.FindGoods("2003")!.Name.ShouldBeEmpty();
        goods.Where(row => row.Name.Length == 0).ShouldHaveSingleItem();
        LianLianMobileData.FindGoods("9999").ShouldBeNull();
    }

    [Fact]
    public void The_small_dictionaries_are_whole()
    {
        LianLianMobileData.IdTypes.Keys.ShouldBe(
            ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X", "10"], ignoreOrder: true);
        LianLianMobileData.PayTypes.Keys.ShouldBe(["2", "3", "F"], ignoreOrder: true);
        LianLianMobileData.Businesses.Keys.ShouldBe(["101001", "109001", "108001", "110001"], ignoreOrder: true);
        LianLianMobileData.Products.Count.ShouldBe(5);
        LianLianMobileData.Methods.Count.ShouldBe(8);
    }

    [Fact]
    public void Every_state_a_provider_tells_has_a_meaning_and_nothing_else_has_one()
    {
        new[] { "0", "1", "2", "3" }.ShouldAllBe(state => LianLianMobileRefunds.State(state) != null);
        new[] { "", "4", "00", "２" }.ShouldAllBe(state => LianLianMobileRefunds.State(state) == null);
        new[] { "SUCCESS", "WAITING", "PROCESSING", "REFUND", "FAILURE" }
            .ShouldAllBe(state => LianLianMobilePayment.Meaning(state) != null);
        new[] { "", "success", "OK" }.ShouldAllBe(state => LianLianMobilePayment.Meaning(state) == null);
        foreach (var row in LianLianMobileErrors.Table.Entries)
        {
            var isState = row.Code is "2003" or "2006" || row.Code.StartsWith("PR", StringComparison.Ordinal);
            (LianLianMobilePreAuths.State(row.Code) is not null).ShouldBe(isState, row.Code);
        }
    }

    [Fact]
    public void Every_setting_has_a_default_among_its_choices()
    {
        using var bench = new LianLianMobileBench();
        var settings = bench.Provider.Settings;

        settings.Select(setting => setting.Key).Distinct().Count().ShouldBe(settings.Count);
        settings.ShouldAllBe(setting => setting.Choices.Count == 0 || setting.Choices.Contains(setting.Default));
        settings.Where(setting => !setting.Confirmed).Select(setting => setting.Key).ShouldBe(
        [
            "refund-address", "refund-query-address", "pre-auth-address", "pre-auth-query-address",
            "refund-notify-url", "hold-days",
        ]);
    }

    [Fact]
    public void The_provider_names_itself_and_its_hosts()
    {
        using var bench = new LianLianMobileBench();

        bench.Provider.Descriptor.Key.ShouldBe("lianlian-mobile");
        bench.Provider.Descriptor.Hosts.ShouldBe(
            ["yintong.com.cn", "queryapi.lianlianpay.com", "traderapi.lianlianpay.com"]);
        bench.Provider.Statements.ShouldBeNull();
        ((IPaymentProvider)bench.Provider).Transfers.ShouldBeNull();
        bench.Provider.Signing.Interfaces.Count.ShouldBe(8);
    }
}
