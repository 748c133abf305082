using MerchantPortal.Portal.Features.Transfers;

namespace MerchantPortal.Portal.Tests.Features.Transfers;

public sealed class PayeeNameTests
{
    [Theory]
    [InlineData("Test", "T**t", true)]
    [InlineData("test", "T**t", true)]
    [InlineData(" Ｔｅｓｔ ", "T**t", true)]
    [InlineData("Tt", "T**t", false)]
    [InlineData("Tess", "T**t", false)]
    [InlineData("", "T**t", false)]
    [InlineData("T**t", "T**t", false)]
    [InlineData("Test", "****", false)]
    [InlineData("Test", "", false)]
    [InlineData("Alan  Chan", "A*** C***", true)]
    [InlineData("Alan Wong", "A*** C***", false)]
    [InlineData("陈志明", "陈*明", true)]
    [InlineData("陈明", "陈*明", false)]
    [InlineData("王志明", "陈*明", false)]
    [InlineData("陈志明", "陈志明", true)]
    [InlineData("陈志", "陈志明", false)]
    [InlineData("alan@agent.example", "al*@agent.example", true)]
    [InlineData("alan@agents.example", "al*@agent.example", false)]
    [InlineData("Alan Chan", "al*@agent.example", false)]
    public void A_written_name_fits_a_masked_one_where_every_letter_that_is_shown_stands_in_it(
        string name, string masked, bool fits) => PayeeName.Fits(name, masked).ShouldBe(fits);
}
