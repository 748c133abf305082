using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;

namespace MerchantPortal.Payments.Tests.BgcPay;

/// <summary>The three questions: a payment, a transfer, a payee.</summary>
public sealed class BgcPayQuestionTests
{
    private static readonly OrderReference Order =
        new("6823789339978248", new FakeClock().GetUtcNow(), "2013112011001004330000121536");

    private static readonly (string Name, string Value)[] Trade =
    [
        ("code", "10000"), ("msg", "Success"), ("trade_no", "2013112011001004330000121536"),
        ("out_trade_no", "6823789339978248"), ("payer_id", "2088102122524333"), ("trade_status", "TRADE_SUCCESS"),
        ("currency", "USDT"), ("total_amount", "88.88"), ("trade_date", "2014-11-27 15:45:57"),
        ("pay_date", "2014-11-27 15:48:57"), ("subject", "Iphone6 16G"),
    ];

    private static readonly (string Name, string Value)[] Known =
    [
        ("code", "10000"), ("msg", "Success"), ("order_id", "20190801110070000006380000250621"),
        ("out_biz_no", "T_20261120_1"), ("currency", "USDT"), ("trans_amount", "23.00"),
        ("trans_date", "2026-11-20 10:00:01"), ("payee_did", BgcPayBench.Payee),
    ];

    private static readonly (string Name, string Value)[] User =
    [
        ("code", "10000"), ("msg", "Success"), ("user_cid", BgcPayBench.Payee), ("display_name", "te*@gmail.com"),
    ];

    [Fact]
    public async Task A_question_names_only_our_number()
    {
        using var bench = new BgcPayBench();

        await AskOrderAsync(bench);

        bench.Business.ShouldBe("""{"out_trade_no":"6823789339978248"}""");
        bench.Addresses.Single().Query.ShouldContain("method=bgcpay.trade.query");
    }

    [Fact]
    public async Task The_printed_answer_tells_the_payment()
    {
        using var bench = new BgcPayBench();
        bench.AnswerBare(Trade);

        var told = (await AskOrderAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.Told>();

        told.ProviderCode.ShouldBe("10000");
        told.Facts.ShouldBe(new()
        {
            MerchantId = BgcPayBench.Application,
            MerchantNumber = "6823789339978248",
            ProviderNumber = "2013112011001004330000121536",
            OrderedAt = Order.OrderedAt,
            Amount = new(8888, BgcPayBench.Usdt),
            Paid = new(8888, BgcPayBench.Usdt),
            PaidAt = new DateTimeOffset(2014, 11, 27, 7, 48, 57, TimeSpan.Zero),
            Event = OrderEvent.PaymentSucceeded,
            RawState = "TRADE_SUCCESS",
        });
        Secrets.Leak(told.Transcript, bench).ShouldBeEmpty();
        told.Transcript.ShownAnswer.ShouldNotContain("2088102122524333");
    }

    [Fact]
    public void Every_state_of_the_document_has_a_meaning_and_nothing_else_has_one()
    {
        BgcPayTrade.States.Select(state => (state.Status, BgcPayTrade.Meaning(state.Status, wasPaid: true))).ShouldBe(
        [
            ("WAIT_BUYER_PAY", OrderEvent.PaymentProcessing), ("WAIT_PAY", OrderEvent.PaymentProcessing),
            ("TRADE_CLOSED", OrderEvent.AllWasRefunded), ("TRADE_SUCCESS", OrderEvent.PaymentSucceeded),
            ("TRADE_FINISHED", OrderEvent.PaymentSucceeded),
        ]);
        BgcPayTrade.Meaning("TRADE_CLOSED", wasPaid: false).ShouldBe(OrderEvent.PaymentClosed);
        BgcPayTrade.Meaning("trade_success", wasPaid: true).ShouldBeNull();
        BgcPayTrade.Meaning("", wasPaid: false).ShouldBeNull();
    }

    [Theory]
    [InlineData("2014-11-27 15:48:57", OrderEvent.AllWasRefunded, true)]
    [InlineData("", OrderEvent.PaymentClosed, false)]
    public async Task A_closed_payment_was_refunded_when_it_had_been_paid(string payDate, OrderEvent meaning, bool paid)
    {
        using var bench = new BgcPayBench();
        bench.AnswerBare(BgcPayBench.With(Trade, ("trade_status", "TRADE_CLOSED"), ("pay_date", payDate)));

        var told = (await AskOrderAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.Told>();

        told.Facts.Event.ShouldBe(meaning);
        (told.Facts.Paid is not null).ShouldBe(paid);
        if (paid)
        {
            OrderLifecycle.Table.On(OrderState.Paid, meaning).Next.ShouldBe(OrderState.Refunded);
        }
    }

    [Theory]
    [InlineData("out_trade_no", "6823789339978249", ProviderError.AnswerMismatch)]
    [InlineData("trade_no", "2013112011001004330000121537", ProviderError.AnswerMismatch)]
    [InlineData("trade_no", "", ProviderError.AnswerUnreadable)]
    [InlineData("currency", "CNY", ProviderError.AnswerUnreadable)]
    [InlineData("currency", "AEDB", ProviderError.AnswerUnreadable)]
    [InlineData("currency", "usdt", ProviderError.AnswerUnreadable)]
    [InlineData("total_amount", "88.888", ProviderError.AnswerUnreadable)]
    [InlineData("total_amount", "-88.88", ProviderError.AnswerUnreadable)]
    [InlineData("total_amount", "0.00", ProviderError.AnswerUnreadable)]
    [InlineData("total_amount", "8.888E1", ProviderError.AnswerUnreadable)]
    [InlineData("total_amount", "100000000.01", ProviderError.AnswerUnreadable)]
    [InlineData("total_amount", "1,088.88", ProviderError.AnswerUnreadable)]
    [InlineData("trade_status", "REFUND", ProviderError.AnswerUnreadable)]
    [InlineData("trade_status", "", ProviderError.AnswerUnreadable)]
    [InlineData("pay_date", "2014-11-31 15:48:57", ProviderError.AnswerUnreadable)]
    [InlineData("pay_date", "20141127154857", ProviderError.AnswerUnreadable)]
    [InlineData("extra", "1", ProviderError.AnswerUnreadable)]
    [InlineData("code", "10001", ProviderError.Unlisted)]
    public async Task A_signed_answer_that_is_not_about_our_payment_is_not_believed(
        string name, string value, ProviderError error)
    {
        using var bench = new BgcPayBench();
        bench.AnswerBare(BgcPayBench.With(Trade, (name, value)));

        (await AskOrderAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    [Theory]
    [InlineData("refuse", false)]
    [InlineData("accept-from-queries", true)]
    public async Task An_unsigned_answer_is_taken_only_where_the_account_says_so(string setting, bool taken)
    {
        using var bench = new BgcPayBench(("unsigned-answers", setting));
        bench.Answer(BgcPayBench.Json(Trade));

        var answer = await AskOrderAsync(bench);

        (answer is QueryAnswer<OrderFacts>.Told).ShouldBe(taken);
        (answer is QueryAnswer<OrderFacts>.NoAnswer { Error: ProviderError.AnswerSignatureWrong }).ShouldBe(!taken);
        answer.Transcript.ShownAnswer.ShouldEndWith("(without sign)");
    }

    [Fact]
    public async Task An_unsigned_answer_about_another_number_is_not_taken_either()
    {
        using var bench = new BgcPayBench(("unsigned-answers", "accept-from-queries"));
        bench.Answer(BgcPayBench.Json(BgcPayBench.With(Trade, ("out_trade_no", "1"))));
        (await AskOrderAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.AnswerMismatch);

        bench.Answer(BgcPayBench.Json([.. Trade, ("sign", "0123456789abcdef0123456789abcdef")]));
        (await AskOrderAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.AnswerSignatureWrong);
    }

    [Fact]
    public async Task An_unknown_payment_is_not_found_only_in_a_signed_answer()
    {
        using var bench = new BgcPayBench(("unsigned-answers", "accept-from-queries"));
        bench.AnswerWrapped(BgcPayErrors.TradeQuery, BgcPayBench.Error("40004", "ACQ.TRADE_NOT_EXIST"));
        (await AskOrderAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NotFound>()
            .ProviderCode.ShouldBe("40004 ACQ.TRADE_NOT_EXIST");

        bench.Answer(BgcPayBench.Error("40004", "ACQ.TRADE_NOT_EXIST"));
        (await AskOrderAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.OrderNotFound);
    }

    [Fact]
    public async Task A_transfer_that_the_query_knows_with_our_terms_is_told()
    {
        using var bench = new BgcPayBench();
        bench.AnswerWrapped(BgcPayErrors.TransferQuery, BgcPayBench.Json(Known));

        var told = (await AskTransferAsync(bench)).ShouldBeOfType<QueryAnswer<TransferFacts>.Told>();

        told.Facts.ShouldBe(new(
            "T_20261120_1", "20190801110070000006380000250621", new(2300, BgcPayBench.Usdt), BgcPayBench.Payee,
            new DateTimeOffset(2026, 11, 20, 2, 0, 1, TimeSpan.Zero)));
        bench.Business.ShouldBe("""{"out_biz_no":"T_20261120_1"}""");
        Secrets.Leak(told.Transcript, bench).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("out_biz_no", "T_20261120_2", ProviderError.AnswerMismatch)]
    [InlineData("payee_did", "BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L9", ProviderError.AnswerMismatch)]
    [InlineData("payee_did", "", ProviderError.AnswerMismatch)]
    [InlineData("trans_amount", "23.01", ProviderError.AnswerMismatch)]
    [InlineData("trans_amount", "-23.00", ProviderError.AnswerUnreadable)]
    [InlineData("currency", "AEDB", ProviderError.AnswerUnreadable)]
    [InlineData("order_id", "", ProviderError.AnswerUnreadable)]
    [InlineData("trans_date", "", ProviderError.AnswerUnreadable)]
    public async Task A_transfer_with_other_terms_is_not_ours(string name, string value, ProviderError error)
    {
        using var bench = new BgcPayBench();
        bench.AnswerBare(BgcPayBench.With(Known, (name, value)));

        (await AskTransferAsync(bench)).ShouldBeOfType<QueryAnswer<TransferFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    [Theory]
    [InlineData("SYSTEM_ERROR", ProviderError.ProviderFault)]
    [InlineData("INVALID_PARAMETER", ProviderError.InvalidRequest)]
    [InlineData("NO_ORDER_PERMISSION", ProviderError.MerchantNotAllowed)]
    [InlineData("TRADE_NOT_EXIST", ProviderError.Unlisted)]
    public async Task An_error_of_the_query_says_nothing_about_the_transfer(string code, ProviderError error)
    {
        using var bench = new BgcPayBench();
        bench.AnswerWrapped(BgcPayErrors.TransferQuery, BgcPayBench.Error("40004", code));

        (await AskTransferAsync(bench)).ShouldBeOfType<QueryAnswer<TransferFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    [Fact]
    public async Task A_transfer_that_is_not_known_is_not_found_and_not_failed()
    {
        using var bench = new BgcPayBench();
        bench.AnswerWrapped(BgcPayErrors.TransferQuery, BgcPayBench.Error("40004", "ORDER_NOT_EXIST"));

        (await AskTransferAsync(bench)).ShouldBeOfType<QueryAnswer<TransferFacts>.NotFound>();
    }

    [Theory]
    [InlineData(BgcPayBench.Payee, null, """{"user_cid":"BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8"}""")]
    [InlineData(null, "test@gmail.com", """{"email":"test@gmail.com"}""")]
    [InlineData(BgcPayBench.Payee, "test@gmail.com", """{"user_cid":"BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8"}""")]
    public async Task A_payee_is_asked_for_by_one_name_and_told_masked(string? number, string? email, string sent)
    {
        using var bench = new BgcPayBench();
        bench.AnswerBare(User);

        var told = (await AskPayeeAsync(bench, number, email)).ShouldBeOfType<QueryAnswer<PayeeFacts>.Told>();

        told.Facts.ShouldBe(new(BgcPayBench.Payee, "te*@gmail.com"));
        bench.Business.ShouldBe(sent);
        Secrets.Leak(told.Transcript, bench).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payee_under_another_number_is_nobody()
    {
        using var bench = new BgcPayBench();
        bench.AnswerBare(BgcPayBench.With(User, ("user_cid", "B2")));
        (await AskPayeeAsync(bench, BgcPayBench.Payee, null)).ShouldBeOfType<QueryAnswer<PayeeFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.AnswerMismatch);

        bench.AnswerBare(BgcPayBench.With(User, ("display_name", "")));
        (await AskPayeeAsync(bench, BgcPayBench.Payee, null)).ShouldBeOfType<QueryAnswer<PayeeFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.AnswerUnreadable);

        bench.AnswerBare(("code", "40004"), ("msg", "x"), ("sub_code", "ACQ.USER_NOT_EXIST"));
        (await AskPayeeAsync(bench, null, "test@gmail.com")).ShouldBeOfType<QueryAnswer<PayeeFacts>.NotFound>();

        (await AskPayeeAsync(bench, null, null)).ShouldBeOfType<QueryAnswer<PayeeFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.InvalidRequest);
    }

    [Fact]
    public async Task An_unsigned_payee_is_taken_by_number_and_never_by_address()
    {
        using var bench = new BgcPayBench(("unsigned-answers", "accept-from-queries"));
        bench.Answer(BgcPayBench.Json(User));

        (await AskPayeeAsync(bench, BgcPayBench.Payee, null)).ShouldBeOfType<QueryAnswer<PayeeFacts>.Told>();
        (await AskPayeeAsync(bench, null, "test@gmail.com")).ShouldBeOfType<QueryAnswer<PayeeFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.AnswerSignatureWrong);
    }

    [Fact]
    public async Task An_unsigned_payee_names_the_setting_that_refuses_it()
    {
        using var bench = new BgcPayBench();
        bench.Answer(BgcPayBench.Json(User));

        (await AskPayeeAsync(bench, BgcPayBench.Payee, null)).ShouldBeOfType<QueryAnswer<PayeeFacts>.NoAnswer>()
            .Setting.ShouldBe(BgcPayOptions.UnsignedAnswers);

        bench.Answer("{}");
        (await AskPayeeAsync(bench, BgcPayBench.Payee, null)).ShouldBeOfType<QueryAnswer<PayeeFacts>.NoAnswer>()
            .Setting.ShouldBeNull();
    }

    [Fact]
    public async Task Silence_is_no_answer_to_any_question()
    {
        using var bench = new BgcPayBench();
        bench.Break();

        (await AskOrderAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.ConnectionLost);
        (await AskTransferAsync(bench)).ShouldBeOfType<QueryAnswer<TransferFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.ConnectionLost);
        (await AskPayeeAsync(bench, BgcPayBench.Payee, null)).ShouldBeOfType<QueryAnswer<PayeeFacts>.NoAnswer>()
            .Error.ShouldBe(ProviderError.ConnectionLost);
    }

    private static Task<QueryAnswer<OrderFacts>> AskOrderAsync(BgcPayBench bench) =>
        bench.Provider.Orders!.FindAsync(bench.Account, Order, bench.Keys, CancellationToken.None);

    private static Task<QueryAnswer<TransferFacts>> AskTransferAsync(BgcPayBench bench) =>
        bench.Provider.Transfers!.QueryAsync(
            bench.Account, BgcPayTransferTests.Transfer, bench.Keys, CancellationToken.None);

    private static Task<QueryAnswer<PayeeFacts>> AskPayeeAsync(BgcPayBench bench, string? number, string? email) =>
        bench.Provider.Transfers!.FindPayeeAsync(bench.Account, new(number, email), bench.Keys, CancellationToken.None);
}
