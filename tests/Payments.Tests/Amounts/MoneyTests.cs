using System.Globalization;
using FsCheck.Fluent;
using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Tests.Amounts;

public sealed class MoneyTests
{
    private static readonly Currency Cny = CurrencyTable.Get("CNY");
    private static readonly Currency Jpy = CurrencyTable.Get("JPY");
    private static readonly Currency Kwd = CurrencyTable.Get("KWD");

    [Fact]
    public void Printing_and_parsing_give_the_same_amount_for_every_exponent() => Sampled.Holds(
        from currency in Gen.Elements(Cny, Jpy, Kwd)
        from minor in Sampled.Longs(0, 99_999_999_999_999)
        select new Money(minor, currency),
        money =>
        {
            Money.TryParse(money.ToDecimalText(), money.Currency, out var read).ShouldBeTrue();
            read.ShouldBe(money);
        });

    [Fact]
    public void Printing_and_parsing_minor_units_give_the_same_amount() => Sampled.Holds(
        Sampled.Longs(0, 999_999_999_999_999_999),
        minor =>
        {
            var money = new Money(minor, Kwd);
            Money.TryParseMinor(money.ToMinorText(), Kwd, out var read).ShouldBeTrue();
            read.ShouldBe(money);
        });

    [Fact]
    public void Text_is_an_amount_exactly_when_it_follows_the_grammar() => Sampled.Holds(
        from length in Gen.Choose(0, 8)
        from chars in Gen.ArrayOf(Gen.Elements("0123456789.,-+ e１ \t".ToCharArray()), length)
        from currency in Gen.Elements(Cny, Jpy, Kwd)
        select (Text: new string(chars), Currency: currency),
        sample =>
        {
            var decimals = sample.Currency.Exponent;
            var grammar = decimals == 0 ? "^[0-9]{1,14}$" : $"^[0-9]{{1,14}}(\\.[0-9]{{1,{decimals}}})?$";
            var fits = System.Text.RegularExpressions.Regex.IsMatch(
                sample.Text, grammar, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
            Money.TryParse(sample.Text, sample.Currency, out var money).ShouldBe(fits, sample.Text);
            if (fits)
            {
                var whole = decimal.Parse(sample.Text, CultureInfo.InvariantCulture);
                money.Minor.ShouldBe((long)(whole * Power(decimals)));
            }
        },
        2000);

    [Theory]
    [InlineData("１２", "JPY")]
    [InlineData("12.３0", "CNY")]
    [InlineData("٣", "JPY")]
    [InlineData("1e3", "CNY")]
    [InlineData("1,000", "CNY")]
    [InlineData("-1", "CNY")]
    [InlineData("+1", "CNY")]
    [InlineData(" 1", "CNY")]
    [InlineData("1 ", "CNY")]
    [InlineData(".5", "CNY")]
    [InlineData("5.", "CNY")]
    [InlineData("1.234", "CNY")]
    [InlineData("1.0", "JPY")]
    [InlineData("1.2345", "KWD")]
    [InlineData("1.2.3", "KWD")]
    [InlineData("", "CNY")]
    [InlineData("NaN", "CNY")]
    [InlineData("123456789012345", "CNY")]
    public void Other_text_is_refused(string text, string currency) =>
        Money.TryParse(text, CurrencyTable.Get(currency), out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("１２３")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData(" 1")]
    [InlineData("1234567890123456789")]
    public void Other_minor_units_are_refused(string text) => Money.TryParseMinor(text, Cny, out _).ShouldBeFalse();

    [Theory]
    [InlineData(1230, "CNY", "12.30")]
    [InlineData(5, "CNY", "0.05")]
    [InlineData(-5, "CNY", "-0.05")]
    [InlineData(48600, "JPY", "48600")]
    [InlineData(1, "KWD", "0.001")]
    [InlineData(0, "CNY", "0.00")]
    [InlineData(long.MinValue, "CNY", "-92233720368547758.08")]
    public void Amounts_print_with_their_currencys_decimals(long minor, string currency, string text) =>
        new Money(minor, CurrencyTable.Get(currency)).ToDecimalText().ShouldBe(text);

    [Fact]
    public void Sums_and_differences_that_do_not_fit_throw()
    {
        var most = new Money(long.MaxValue, Cny);
        var least = new Money(long.MinValue, Cny);
        Should.Throw<OverflowException>(() => most + new Money(1, Cny));
        Should.Throw<OverflowException>(() => least - new Money(1, Cny));
    }

    [Fact]
    public void Amounts_of_two_currencies_do_not_add_up()
    {
        Should.Throw<InvalidOperationException>(() => new Money(1, Cny) + new Money(1, Jpy));
        Should.Throw<InvalidOperationException>(() => new Money(1, Cny) - new Money(1, Jpy));
    }

    [Fact]
    public void Adding_and_taking_away_the_same_amount_changes_nothing() => Sampled.Holds(
        from left in Sampled.Longs(-1_000_000_000_000, 1_000_000_000_000)
        from right in Sampled.Longs(-1_000_000_000_000, 1_000_000_000_000)
        select (new Money(left, Cny), new Money(right, Cny)),
        pair => (pair.Item1 + pair.Item2 - pair.Item2).ShouldBe(pair.Item1));

    private static decimal Power(int decimals) => decimals switch { 0 => 1, 2 => 100, _ => 1000 };
}
