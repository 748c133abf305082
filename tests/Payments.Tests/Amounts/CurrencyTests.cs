using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Tests.Amounts;

public sealed class CurrencyTests
{
    [Fact]
    public void Every_currency_is_found_by_its_code_and_by_its_digits()
    {
        foreach (var currency in CurrencyTable.All)
        {
            CurrencyTable.TryGet(currency.Code, out var byCode).ShouldBeTrue();
            byCode.ShouldBe(currency);
            if (currency.Numeric.Length > 0)
            {
                CurrencyTable.TryGetNumeric(currency.Numeric, out var byDigits).ShouldBeTrue();
                byDigits.ShouldBe(currency);
            }
        }
    }

    [Fact]
    public void Codes_and_digits_are_well_formed_and_exponents_are_known_ones()
    {
        foreach (var currency in CurrencyTable.All)
        {
            currency.Code.Length.ShouldBeInRange(3, 4);
            currency.Code.All(char.IsAsciiLetterUpper).ShouldBeTrue(currency.Code);
            currency.Exponent.ShouldBeOneOf(0, 2, 3);
            (currency.Numeric.Length is 0 or 3 && currency.Numeric.All(char.IsAsciiDigit)).ShouldBeTrue(currency.Code);
        }
    }

    [Theory]
    [InlineData("CNY", "156", 2)]
    [InlineData("JPY", "392", 0)]
    [InlineData("KWD", "414", 3)]
    [InlineData("AUD", "036", 2)]
    [InlineData("ARS", "032", 2)]
    [InlineData("USDT", "", 2)]
    [InlineData("AEDB", "", 2)]
    public void Known_currencies_have_their_digits_and_exponent(string code, string numeric, int exponent)
    {
        var currency = CurrencyTable.Get(code);
        currency.Numeric.ShouldBe(numeric);
        currency.Exponent.ShouldBe(exponent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cny")]
    [InlineData("CNY ")]
    [InlineData("RMB")]
    public void Other_codes_are_unknown(string? code) => CurrencyTable.TryGet(code, out _).ShouldBeFalse();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("36")]
    [InlineData("１５６")]
    public void Other_digits_are_unknown(string? digits) => CurrencyTable.TryGetNumeric(digits, out _).ShouldBeFalse();
}
