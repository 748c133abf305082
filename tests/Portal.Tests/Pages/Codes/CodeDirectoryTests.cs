using MerchantPortal.Payments.Codes;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Codes;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class CodeDirectoryTests : IDisposable
{
    private readonly ProviderHttp http = ProviderHttp.Create(TimeProvider.System);
    private readonly ProviderCatalog catalog;
    private readonly CodeDirectory codes;

    public CodeDirectoryTests()
    {
        catalog = Providers.Catalog(http, TimeProvider.System);
        codes = new CodeDirectory(catalog);
    }

    public void Dispose() => http.Dispose();

    [Fact]
    public void Every_code_of_every_provider_stands_under_one_of_ours()
    {
        var shown = NormalisedCodes.All.Sum(code => codes.Find(code.Code)!.Codes.Count);
        shown.ShouldBe(catalog.All.Sum(provider => provider.Errors.Entries.Count));
        codes.Page(new()).PerProvider.Values.Sum().ShouldBe(shown);
        codes.Page(new()).Count.ShouldBe(91);
    }

    [Theory]
    [InlineData("ZF10027", 100620, "ZF10027")]
    [InlineData("10027", 100620, "ZF10027")]
    [InlineData("zf10027", 100620, "ZF10027")]
    [InlineData("ZF30007", 100415, "30007")]
    [InlineData("10008", 100414, "10008")]
    [InlineData("ZF10008", 100414, "ZF10008")]
    [InlineData("em0001_000010", 100224, "EM0001_000010")]
    [InlineData("005", 100620, "005")]
    public void A_code_is_found_with_or_without_its_prefix_before_all_that_only_holds_it(
        string typed, int ours, string code)
    {
        var first = codes.Page(new() { Query = typed, Provider = "allinpay" }).Groups[0];
        first.Ours.Code.ShouldBe(ours);
        first.Codes[0].Entry.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("100604", 100604)]
    [InlineData("account frozen", 100213)]
    [InlineData("账户已冻结", 100213)]
    [InlineData("帳戶已凍結", 100213)]
    [InlineData("allinpay 卡冻结", 100213)]
    [InlineData("cancelled secure", 100604)]
    public void Words_find_a_code_in_every_language(string typed, int ours) =>
        codes.Page(new() { Query = typed }).Groups[0].Ours.Code.ShouldBe(ours);

    [Fact]
    public void Words_of_a_document_find_its_row_alone()
    {
        var page = codes.Page(new() { Query = "报文编码格式错误" });
        page.Groups.ShouldHaveSingleItem().Codes.ShouldHaveSingleItem().Entry.Code.ShouldBe("ZF20001");
        page.PerProvider.ShouldBe(new Dictionary<string, int> { ["allinpay"] = 1 });
        codes.Page(new() { Query = "报文编码格式错误 nowhere" }).Groups.ShouldBeEmpty();
    }

    [Fact]
    public void Pages_cover_everything_once_in_both_directions()
    {
        List<int> forward = [];
        var page = codes.Page(new());
        page.HasPrevious.ShouldBeFalse();
        while (true)
        {
            forward.AddRange(page.Groups.Select(group => group.Ours.Code));
            if (!page.HasNext)
            {
                break;
            }

            var turned = page;
            page = codes.Page(new(), after: page.Groups[^1].Ours.Code);
            codes.Page(new(), before: page.Groups[0].Ours.Code).Groups.Select(group => group.Ours.Code)
                .ShouldBe(turned.Groups.Select(group => group.Ours.Code));
        }

        forward.ShouldBe(NormalisedCodes.All.Select(code => code.Code));
    }

    [Fact]
    public void The_first_rows_show_one_code_of_every_provider() =>
        codes.Page(new()).Groups[0].Codes.Take(catalog.All.Count).Select(code => code.Provider.Key)
            .ShouldBe(catalog.All.Select(provider => provider.Descriptor.Key));

    [Fact]
    public void Group_and_provider_narrow_what_is_shown()
    {
        codes.Page(new() { Category = CodeCategory.RiskControl }).Groups.Select(group => group.Ours.Code)
            .ShouldBe([100300, 100301, 100302, 100303, 100304]);
        codes.Page(new() { Provider = "allinpay" }).Groups
            .ShouldAllBe(group => group.Codes.Count > 0
                && group.Codes.All(code => code.Provider.Key == "allinpay"));
        codes.Page(new() { Provider = "no-such-provider" }).Groups.ShouldBeEmpty();
    }

    [Fact]
    public void An_address_says_what_is_shown_and_nonsense_in_it_is_left_out()
    {
        var filter = CodeFilter.Read(" ZF10027 ", "allinpay", "riskcontrol");
        filter.ShouldBe(new() { Query = "ZF10027", Provider = "allinpay", Category = CodeCategory.RiskControl });
        filter.Href(after: 100300).ShouldBe("/codes?q=ZF10027&provider=allinpay&category=riskcontrol&after=100300");
        CodeFilter.Read("  ", "", "3").ShouldBe(new());
        CodeFilter.Read(new string('x', 500), null, "nonsense").Query!.Length.ShouldBe(80);
    }

    [Fact]
    public void A_number_outside_the_table_has_no_page() => codes.Find(100200).ShouldBeNull();
}
