using MerchantPortal.Payments.Codes;

namespace MerchantPortal.Payments.Tests.Codes;

public sealed class NormalisedCodeTests
{
    [Fact]
    public void All_91_codes_lie_between_100000_and_100999_in_rising_order()
    {
        var codes = NormalisedCodes.All.Select(row => row.Code).ToList();
        codes.Count.ShouldBe(91);
        codes.ShouldBe(codes.Distinct().Order());
        codes[0].ShouldBe(NormalisedCodes.Success);
        codes[^1].ShouldBe(NormalisedCodes.Other);
    }

    [Theory]
    [InlineData(CodeCategory.Success, 1, 100000, 100000)]
    [InlineData(CodeCategory.Amount, 9, 100100, 100108)]
    [InlineData(CodeCategory.AccountOrCard, 30, 100201, 100230)]
    [InlineData(CodeCategory.RiskControl, 5, 100300, 100304)]
    [InlineData(CodeCategory.Parameter, 21, 100400, 100420)]
    [InlineData(CodeCategory.General, 23, 100600, 100622)]
    [InlineData(CodeCategory.Unknown, 1, 100998, 100998)]
    [InlineData(CodeCategory.Uncategorised, 1, 100999, 100999)]
    public void Every_group_is_whole_and_has_no_gap(CodeCategory category, int count, int first, int last)
    {
        var codes = NormalisedCodes.All.Where(row => row.Category == category).Select(row => row.Code).ToList();
        codes.ShouldBe(Enumerable.Range(first, count));
        codes[^1].ShouldBe(last);
    }

    [Fact]
    public void The_texts_are_as_printed()
    {
        NormalisedCodes.All.ShouldAllBe(row => row.English.Trim() == row.English && row.English.Length > 0);
        NormalisedCodes.All.ShouldAllBe(row => row.Chinese.Trim() == row.Chinese);
        NormalisedCodes.All.ShouldAllBe(row => row.Chinese.Any(c => c >= '\u4e00'));

        // The document writes no separator: 1006043D Secure is 100604 and 3D Secure.
        NormalisedCodes.Find(100604)!.English.ShouldBe("3D Secure authentication cancelled by the cardholder");
        NormalisedCodes.Find(100606)!.English.ShouldBe("3D Secure authentication timeout");
        NormalisedCodes.Find(100606)!.Chinese.ShouldBe("3D授权操作超时");
        NormalisedCodes.Find(100601)!.Chinese.ShouldBe("token过期");
    }

    [Fact]
    public void Two_pairs_mean_the_same_and_no_others_do() =>
        NormalisedCodes.All.GroupBy(row => row.English).Where(same => same.Count() > 1)
            .Select(same => same.Select(row => row.Code).ToArray()).ShouldBe([[100107, 100417], [100108, 100418]]);

    [Fact]
    public void A_code_outside_the_table_is_not_found()
    {
        NormalisedCodes.Find(100200).ShouldBeNull();
        NormalisedCodes.Find(0).ShouldBeNull();
    }

    [Fact]
    public void Success_and_declines_are_final_and_what_may_be_our_own_first_attempt_is_not()
    {
        NormalisedCodes.All.Where(row => NormalisedCodes.LeavesOutcomeOpen(row.Code)).Select(row => row.Code)
            .ShouldBe([100411, 100611, 100612, 100619, 100620, 100998, 100999]);
        NormalisedCodes.LeavesOutcomeOpen(NormalisedCodes.Success).ShouldBeFalse();
        NormalisedCodes.LeavesOutcomeOpen(100607).ShouldBeFalse();
    }
}
