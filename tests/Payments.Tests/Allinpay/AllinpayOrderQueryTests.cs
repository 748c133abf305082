using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Allinpay;

public sealed class AllinpayOrderQueryTests
{
    private static readonly OrderReference Order =
        new("NO-1_a", new DateTimeOffset(2026, 11, 19, 16, 0, 1, TimeSpan.Zero), null);

    [Fact]
    public async Task The_question_carries_the_order_and_our_clock_in_China_time()
    {
        using var bench = new AllinpayBench();

        await AskAsync(bench);

        const string Source = "merchantId=100020091218001&version=v1.5&signType=0&orderNo=NO-1_a"
            + "&orderDatetime=20261120000001&queryDatetime=20261120100000";
        bench.Requests.ShouldBe([Source + "&signMsg=" + AllinpayBench.Md5(Source + "&key=1234567890")]);
        bench.Addresses.Single().AbsolutePath.ShouldBe("/gateway/index.do");
    }

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public async Task A_signed_answer_about_our_order_tells_the_payment(SignatureMode mode)
    {
        using var bench = new AllinpayBench(mode);
        bench.Answer(bench.SignedForm(AllinpayNotificationTests.Paid(bench)) + "\n");

        var told = (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.Told>();

        told.Facts.Event.ShouldBe(OrderEvent.PaymentSucceeded);
        told.Facts.Amount.ShouldBe(new Money(1000, AllinpayBench.Cny));
        told.Facts.Paid.ShouldBe(new Money(990, AllinpayBench.Cny));
        told.ProviderCode.ShouldBe("payResult 1");
        told.Transcript.ShownAnswer.ShouldNotContain("signMsg");
    }

    [Theory]
    [InlineData("ERRORCODE=10027&ERRORMSG=x")]
    [InlineData("ERRORCODE=ZF10027&ERRORMSG=x")]
    public async Task An_unknown_order_is_not_found_which_proves_nothing(string answer)
    {
        using var bench = new AllinpayBench();
        bench.Answer(answer);

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NotFound>();
    }

    [Theory]
    [InlineData("", ProviderError.AnswerUnreadable)]
    [InlineData("\r\n", ProviderError.AnswerUnreadable)]
    [InlineData("<html>x</html>", ProviderError.AnswerUnreadable)]
    [InlineData("ERRORCODE=10023&ERRORMSG=x", ProviderError.ClockOff)]
    [InlineData("ERRORCODE=30005&ERRORMSG=x", ProviderError.MerchantNotAllowed)]
    [InlineData("ERRORCODE=99999&ERRORMSG=x", ProviderError.Unlisted)]
    [InlineData("payResult=1&orderNo=NO-1_a", ProviderError.AnswerSignatureWrong)]
    public async Task Silence_and_errors_are_no_answer(string answer, ProviderError error)
    {
        using var bench = new AllinpayBench();
        bench.Answer(answer);

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    [Theory]
    [InlineData("orderNo", "NO-2", ProviderError.AnswerMismatch)]
    [InlineData("orderDatetime", "20261120000002", ProviderError.AnswerMismatch)]
    [InlineData("merchantId", "100020091218002", ProviderError.AnswerUnreadable)]
    [InlineData("payAmount", "9.90", ProviderError.AnswerUnreadable)]
    [InlineData("signType", "1", ProviderError.AnswerSignatureWrong)]
    public async Task A_genuine_answer_about_something_else_is_not_believed(
        string name, string value, ProviderError error)
    {
        using var bench = new AllinpayBench();
        bench.Answer(bench.SignedForm(AllinpayNotificationTests.Paid(bench, (name, value))));

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    [Fact]
    public async Task A_broken_connection_is_no_answer()
    {
        using var bench = new AllinpayBench();
        bench.Break();

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.ConnectionLost);
    }

    private static Task<QueryAnswer<OrderFacts>> AskAsync(AllinpayBench bench) =>
        bench.Provider.Orders!.FindAsync(bench.Account, Order, bench.Keys, CancellationToken.None);
}
