using MerchantPortal.Payments.Codes;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;

namespace MerchantPortal.Payments.Tests.BgcPay;

public sealed class BgcPayTableTests
{
    [Fact]
    public void Every_code_of_the_document_is_there()
    {
        BgcPayErrors.Interfaces.ToDictionary(name => name, name => BgcPayErrors.Of(name).Entries.Count).ShouldBe(
            new Dictionary<string, int>
            {
                [BgcPayErrors.UserQuery] = 3,
                [BgcPayErrors.TradePay] = 8,
                [BgcPayErrors.TradeQuery] = 3,
                [BgcPayErrors.Transfer] = 18,
                [BgcPayErrors.TransferQuery] = 4,
            },
            ignoreOrder: true);

        // 7 codes, 23 sub_codes, one that is only an example, 10 with ACQ. and 20 of the transfers.
        BgcPayErrors.Table.Entries.Count.ShouldBe(61);
        BgcPayErrors.Table.Entries.Count(row => row.Code.Length == 5).ShouldBe(7);
    }

    [Fact]
    public void Every_code_has_a_meaning_a_text_and_a_place_in_the_normalised_table()
    {
        foreach (var row in BgcPayErrors.Table.Entries)
        {
            row.Text.ShouldNotBeEmpty();
            row.Error.ShouldNotBe(ProviderError.Unlisted);
            NormalisedCodes.Find(row.Normalised).ShouldNotBeNull();
            (row.Error == ProviderError.None).ShouldBe(row.Normalised == NormalisedCodes.Success);
            (row.Normalised == NormalisedCodes.Other).ShouldBe(row.Error == ProviderError.ProviderFault);
        }
    }

    [Fact]
    public void A_code_of_several_interfaces_keeps_each_ones_words()
    {
        BgcPayErrors.Of(BgcPayErrors.TradePay).Find("ACQ.SYSTEM_ERROR")!.NextStep.ShouldContain("可能成功也可能失敗");
        BgcPayErrors.Of(BgcPayErrors.TradeQuery).Find("ACQ.SYSTEM_ERROR")!.NextStep.ShouldBe("重新發起請求");
        BgcPayErrors.Table.Find("ACQ.SYSTEM_ERROR")!.Text.ShouldBe("系統錯誤 / 系統異常");
        BgcPayErrors.Table.Find("ORDER_NOT_EXIST")!.NextStep.ShouldContain("out_biz_no");
    }

    [Fact]
    public void An_unknown_outcome_is_never_a_decline()
    {
        string[] open = ["SYSTEM_ERROR", "ACQ.SYSTEM_ERROR", "20000", "isp.unknow-error", "aop.unknow-error"];
        foreach (var code in open)
        {
            BgcPayErrors.Table.Meaning(code).ShouldBe(ProviderError.ProviderFault);
        }
    }

    [Fact]
    public void Only_the_listed_codes_say_that_nothing_was_transferred()
    {
        BgcPayErrors.Of(BgcPayErrors.Transfer).Entries.Where(row => !BgcPayTransfers.IsDefinite(row.Code))
            .Select(row => row.Code).ShouldBe(["BIZ_UNIQUE_EXCEPTION", "SYSTEM_ERROR"]);
        BgcPayErrors.Table.Entries.Where(row => BgcPayTransfers.IsDefinite(row.Code)).Select(row => row.Code)
            .ShouldBe(
                BgcPayErrors.Of(BgcPayErrors.Transfer).Entries.Select(row => row.Code)
                    .Except(["BIZ_UNIQUE_EXCEPTION", "SYSTEM_ERROR"]));
    }

    [Fact]
    public void Every_setting_that_evidence_does_not_confirm_says_so()
    {
        BgcPayOptions.Settings.Select(setting => (setting.Key, setting.Default, setting.Confirmed)).ShouldBe(
        [
            ("key-placement", "raw", false), ("hex", "lower", false), ("timestamp-zone", "GMT+8", false),
            ("unsigned-answers", "refuse", false),
        ]);
        BgcPayOptions.Settings.ShouldAllBe(setting => setting.Choices.Contains(setting.Default));
    }
}
