using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Allinpay;

public sealed class AllinpayRefundQueryTests
{
    private static RefundRequest Refund => AllinpayRefundTests.Refund;

    [Fact]
    public async Task The_question_names_our_number_and_leaves_the_time_out()
    {
        using var bench = new AllinpayBench();

        await AskAsync(bench);

        const string Source = "version=v2.4&signType=0&merchantId=100020091218001&orderNo=NO-1_a&refundAmount=400"
            + "&mchtRefundOrderNo=R_20261120_1";
        bench.Requests.ShouldBe([Source + "&signMsg=" + AllinpayBench.Md5(Source + "&key=1234567890")]);
        bench.Addresses.Single().AbsolutePath.ShouldBe("/mchtoq/refundQuery");
    }

    [Theory]
    [InlineData("TKSUCC0001", RefundState.Applied)]
    [InlineData("TKSUCC0002", RefundState.InProviderReview)]
    [InlineData("TKSUCC0003", RefundState.Processing)]
    [InlineData("TKSUCC0004", RefundState.Reversed)]
    [InlineData("TKSUCC0005", RefundState.Processing)]
    [InlineData("TKSUCC0006", RefundState.Succeeded)]
    [InlineData("TKSUCC0007", RefundState.Failed)]
    [InlineData("TKSUCC0008", RefundState.Failed)]
    public async Task Every_state_of_the_document_has_its_meaning(string code, RefundState state)
    {
        using var bench = new AllinpayBench();
        Tell(bench, Line(result: code));

        var told = (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.Told>();

        told.Facts.State.ShouldBe(state);
        told.Facts.Amount.ShouldBe(Refund.Amount);
        told.Facts.ToldAt.ShouldBe(new DateTimeOffset(2026, 11, 20, 2, 0, 5, TimeSpan.Zero));
        told.ProviderCode.ShouldBe(code);
    }

    [Theory]
    [InlineData(SignatureMode.Md5, "\r\n", "", "\r\n")]
    [InlineData(SignatureMode.Md5, "\n", "\r\n", "\n")]
    [InlineData(SignatureMode.Rsa, "\r\n", "", "\r\n")]
    [InlineData(SignatureMode.Rsa, "\r\n", "\r\n", "\r\n\r\n")]
    [InlineData(SignatureMode.Rsa, "\n", "", "\n")]
    public async Task Both_line_end_forms_verify_and_our_line_is_found_among_several(
        SignatureMode mode, string between, string signedEnd, string beforeSignature)
    {
        using var bench = new AllinpayBench(mode);
        string[] rows =
        [
            Line(bench, number: "R_20261120_2", result: "TKSUCC0007"), Line(bench, result: "TKSUCC0006"),
            Line(bench, number: "", result: "TKSUCC0001"),
        ];
        bench.Answer(string.Join(between, rows) + beforeSignature
            + Sign(bench, string.Join("\r\n", rows) + signedEnd) + between);

        var told = (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.Told>();

        told.Facts.State.ShouldBe(RefundState.Succeeded);
    }

    [Fact]
    public async Task A_folded_signature_is_put_together()
    {
        using var bench = new AllinpayBench(SignatureMode.Rsa);
        var signature = Sign(bench, Line(bench));
        bench.Answer($"{Line(bench)}\r\n{signature[..76]}\r\n{signature[76..152]}\r\n{signature[152..]}\r\n");

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.Told>();
    }

    [Fact]
    public async Task The_same_line_twice_is_one_answer()
    {
        using var bench = new AllinpayBench();
        Tell(bench, Line(), Line());

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.Told>();
    }

    [Fact]
    public async Task A_list_without_our_number_means_not_found_and_proves_nothing()
    {
        using var bench = new AllinpayBench();
        Tell(bench, Line(number: "R_20261120_2"), Line(number: "R_20261120_11"));

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NotFound>();
    }

    [Theory]
    [InlineData("ERRORCODE=005& ERRORMSG=x")]
    [InlineData("ERRORCODE=011&ERRORMSG=x")]
    public async Task An_unknown_order_or_refund_means_not_found(string answer)
    {
        using var bench = new AllinpayBench();
        bench.Answer(answer);

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NotFound>();
    }

    [Theory]
    [InlineData("ERRORCODE=001&ERRORMSG=x", ProviderError.InvalidRequest)]
    [InlineData("ERRORCODE=003&ERRORMSG=x", ProviderError.MerchantNotAllowed)]
    [InlineData("ERRORCODE=010&ERRORMSG=x", ProviderError.OurSignatureRefused)]
    [InlineData("ERRORCODE=012&ERRORMSG=x", ProviderError.Unlisted)]
    [InlineData("ERRORCODE=ZF10027&ERRORMSG=x", ProviderError.OrderNotFound)]
    public async Task Every_other_error_is_no_answer(string answer, ProviderError error)
    {
        using var bench = new AllinpayBench();
        bench.Answer(answer);

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    public static TheoryData<string, ProviderError> Unusable() => new()
    {
        { "contradicting states", ProviderError.AnswerMismatch },
        { "our number with another amount", ProviderError.AnswerMismatch },
        { "another order", ProviderError.AnswerMismatch },
        { "another merchant", ProviderError.AnswerMismatch },
        { "an extra pipe", ProviderError.AnswerUnreadable },
        { "a field too few", ProviderError.AnswerUnreadable },
        { "another version", ProviderError.AnswerUnreadable },
        { "a broken time", ProviderError.AnswerUnreadable },
        { "an unknown state", ProviderError.Unlisted },
        { "signType of the other mode", ProviderError.AnswerSignatureWrong },
        { "no signature line", ProviderError.AnswerSignatureWrong },
        { "a wrong key", ProviderError.AnswerSignatureWrong },
        { "MD5 without key", ProviderError.AnswerSignatureWrong },
        { "a row behind the signature", ProviderError.AnswerUnreadable },
        { "a changed row", ProviderError.AnswerSignatureWrong },
        { "a row left out", ProviderError.AnswerSignatureWrong },
        { "an empty answer", ProviderError.AnswerUnreadable },
        { "a page", ProviderError.AnswerUnreadable },
        { "not UTF-8", ProviderError.AnswerUnreadable },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task An_answer_that_is_not_clear_proves_nothing(string fault, ProviderError error)
    {
        using var bench = new AllinpayBench();
        Action act = fault switch
        {
            "contradicting states" => () => Tell(bench, Line(result: "TKSUCC0006"), Line(result: "TKSUCC0007")),
            "our number with another amount" => () => Tell(bench, Line(), Line(amount: "401")),
            "another order" => () => Tell(bench, Line(order: "NO-2")),
            "another merchant" => () => Tell(bench, Line(merchant: "100020091218002")),
            "an extra pipe" => () => Tell(bench, Line() + "|"),
            "a field too few" => () => Tell(bench, Line()[..^15]),
            "another version" => () => Tell(bench, Line().Replace("v2.4", "v2.3", StringComparison.Ordinal)),
            "a broken time" => () => Tell(bench, Line(toldAt: "20261120")),
            "an unknown state" => () => Tell(bench, Line(result: "TKSUCC0009")),
            "signType of the other mode" => () => Tell(bench, Line(signType: "1")),
            "no signature line" => () => bench.Answer(Line() + "\r\n"),
            "a wrong key" => () => bench.Answer(Line() + "\r\n" + AllinpayBench.Md5(Line() + "|other")),
            "MD5 without key" => () => bench.Answer(Line() + "\r\n" + AllinpayBench.Md5(Line())),
            "a row behind the signature" =>
                () => bench.Answer($"{Line()}\r\n{Sign(bench, Line())}\r\n{Line(result: "TKSUCC0006")}"),
            "a changed row" => () => bench.Answer($"{Line(result: "TKSUCC0006")}\r\n{Sign(bench, Line())}"),
            "a row left out" => () => bench.Answer(
                $"{Line()}\r\n{Sign(bench, Line() + "\r\n" + Line(result: "TKSUCC0007"))}"),
            "an empty answer" => () => bench.Answer(""),
            "a page" => () => bench.Answer("<html></html>"),
            _ => () => bench.Answer([0xFF, .. System.Text.Encoding.ASCII.GetBytes(Line())]),
        };
        act();

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    private static string Line(
        AllinpayBench? bench = null, string? signType = null, string merchant = AllinpayBench.Merchant,
        string order = "NO-1_a", string amount = "400", string number = "R_20261120_1", string result = "TKSUCC0002",
        string toldAt = "20261120100005") => string.Join(
            '|', "v2.4", signType ?? bench?.SignType ?? "0", merchant, order, amount, "20261120100001", number, result,
            toldAt);

    private static void Tell(AllinpayBench bench, params string[] rows) => bench.Answer(
        string.Join("\r\n", rows) + "\r\n" + Sign(bench, string.Join("\r\n", rows)));

    private static string Sign(AllinpayBench bench, string text) => bench.Mode == SignatureMode.Rsa
        ? AllinpayBench.Rsa(AllinpayBench.Md5(text))
        : AllinpayBench.Md5(text + "|" + AllinpayBench.Secret);

    private static Task<QueryAnswer<RefundFacts>> AskAsync(AllinpayBench bench) => bench.Provider.Refunds!.QueryAsync(
        bench.Account, Refund, bench.Keys, CancellationToken.None);
}
