using MerchantPortal.Portal.Features.Orders;

namespace MerchantPortal.Portal.Tests.Features.Orders;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("4242-4242-4242-4242")]
    [InlineData("3782 822463 10005")]
    [InlineData("378282246310005")]
    [InlineData("6222020000000000000")]
    [InlineData("card 4000056655665556 of Chen")]
    [InlineData("４２４２４２４２４２４２４２４２")]
    public void A_number_with_a_right_check_digit_looks_like_a_card(string text) =>
        CardNumber.LooksLike(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("P261120K7QF3")]
    [InlineData("HP-20261120-004718")]
    [InlineData("4242424242424241")]
    [InlineData("4242 4242 4242 4243")]
    [InlineData("42424242428")]
    [InlineData("42424242424242424242")]
    [InlineData("20261120210110046300")]
    [InlineData("陈晓明")]
    public void Other_texts_and_numbers_do_not(string text) => CardNumber.LooksLike(text).ShouldBeFalse();
}
