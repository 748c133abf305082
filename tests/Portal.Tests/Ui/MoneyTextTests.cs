using Bunit;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Tests.Ui;

public sealed class MoneyTextTests : UiContext
{
    [Theory]
    [InlineData(48600, 0, "48,600")]
    [InlineData(142750, 3, "142.750")]
    [InlineData(326000, 2, "3,260.00")]
    [InlineData(5, 2, "0.05")]
    [InlineData(0, 0, "0")]
    [InlineData(0, 3, "0.000")]
    [InlineData(-860000, 2, "\u22128,600.00")]
    [InlineData(-1, 3, "\u22120.001")]
    [InlineData(long.MaxValue, 2, "92,233,720,368,547,758.07")]
    [InlineData(long.MinValue, 0, "\u22129,223,372,036,854,775,808")]
    [InlineData(long.MinValue, 9, "\u22129,223,372,036.854775808")]
    public void A_figure_has_exactly_the_decimals_of_its_currency(long minor, int exponent, string figure) =>
        AmountFormat.Figure(minor, exponent).ShouldBe(figure);

    [Theory]
    [InlineData(3, "+0.03")]
    [InlineData(0, "0.00")]
    [InlineData(-3, "\u22120.03")]
    public void A_difference_shows_its_sign_unless_it_is_nothing(long minor, string figure) =>
        AmountFormat.Figure(minor, 2, plus: true).ShouldBe(figure);

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void An_exponent_outside_nought_to_nine_is_refused(int exponent) =>
        Should.Throw<ArgumentOutOfRangeException>(() => AmountFormat.Figure(1, exponent));

    [Fact]
    public void The_code_stands_small_before_the_figure()
    {
        var money = Render<MoneyText>(p => p.Add(x => x.Minor, 48600).Add(x => x.Currency, "JPY"));
        money.Find(".money .c").TextContent.ShouldBe("JPY");
        money.Find(".money").TextContent.ShouldBe("JPY48,600");
    }

    [Fact]
    public void Money_out_carries_a_true_minus_sign()
    {
        var money = Render<MoneyText>(p => p.Add(x => x.Minor, 1458).Add(x => x.Currency, "JPY").Add(x => x.Out, true));
        money.Find(".money").TextContent.ShouldBe("JPY\u22121,458");
    }

    [Fact]
    public void A_hidden_amount_leaves_no_digit_in_the_page_and_says_so_in_words()
    {
        var money = Render<MoneyText>(p => p
            .Add(x => x.Minor, 142750).Add(x => x.Currency, "KWD").Add(x => x.Exponent, 3)
            .AddCascadingValue("HideAmounts", true));
        money.Markup.ShouldNotContain("142");
        money.Find(".vh").TextContent.ShouldBe("amount hidden");
        money.Find(".money").TextContent.ShouldStartWith("KWD");
    }

    [Fact]
    public void An_amount_nobody_knows_about_is_followed_by_a_question_mark()
    {
        var money = Render<MoneyText>(p => p
            .Add(x => x.Minor, 41200).Add(x => x.Currency, "USD").Add(x => x.Exponent, 2)
            .Add(x => x.Doubtful, true).Add(x => x.Meaning, Meaning.Unknown));
        money.Find(".money.ink.unknown").TextContent.ShouldBe("USD412.00 ?");
    }
}
