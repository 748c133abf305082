using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Allinpay;

public sealed class AllinpayBatchTests
{
    private const string Row =
        "100020091218001|202611200001|NO-1|20261120000001|1000|20261120000500|990|<USER>1</USER>||1";

    private const string DateRow =
        "100020091218001|202611200002|NO-2|20261120000002|500|2026-11-20|500|||1";

    private static readonly DateTime From = new(2026, 11, 20, 0, 0, 0, DateTimeKind.Unspecified);

    [Fact]
    public async Task The_question_is_signed_in_the_documents_order_with_signType_1_in_either_mode()
    {
        using var bench = new AllinpayBench();

        await AskAsync(bench, 2);

        const string Source = "version=v1.6&merchantId=100020091218001&beginDateTime=2026112000"
            + "&endDateTime=2026112023&pageNo=2&signType=1";
        bench.Requests.ShouldBe([Source + "&signMsg=" + AllinpayBench.Md5(Source + "&key=1234567890")]);
        bench.Addresses.Single().AbsolutePath.ShouldBe("/mchtoq/index.do");
    }

    [Theory]
    [InlineData("Y", true)]
    [InlineData("N", false)]
    public async Task A_signed_page_tells_its_rows_and_whether_another_follows(string next, bool hasNext)
    {
        using var bench = new AllinpayBench();
        bench.Answer(Page($"100020091218001|2|1|{next}", Row, DateRow));

        var page = (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<OrderPage>.Told>().Facts;

        page.HasNext.ShouldBe(hasNext);
        page.Orders.Count.ShouldBe(2);
        page.Orders[0].ShouldBe(new OrderFacts
        {
            MerchantId = AllinpayBench.Merchant,
            MerchantNumber = "NO-1",
            ProviderNumber = "202611200001",
            OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero),
            Amount = new(1000, AllinpayBench.Cny),
            Paid = new Money(990, AllinpayBench.Cny),
            PaidAt = new DateTimeOffset(2026, 11, 19, 16, 5, 0, TimeSpan.Zero),
            Event = OrderEvent.PaymentSucceeded,
            RawState = "payResult 1",
        });
        page.Orders[1].PaidAt.ShouldBe(new DateTimeOffset(2026, 11, 19, 16, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Nothing_found_is_an_empty_last_page()
    {
        using var bench = new AllinpayBench();
        bench.Answer(Page("100020091218001|0|0|N"));

        var page = (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<OrderPage>.Told>().Facts;

        page.Orders.ShouldBeEmpty();
        page.HasNext.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_shown_has_no_extension_contents()
    {
        using var bench = new AllinpayBench();
        bench.Answer(Page("100020091218001|1|1|N", Row));

        var answer = await AskAsync(bench);

        answer.Transcript.ShownAnswer.ShouldContain("|990|(14 characters)||1");
        answer.Transcript.ShownAnswer.ShouldNotContain("USER");
    }

    [Theory]
    [InlineData("ERRORCODE=10025&ERRORMSG=\"x\"", false, ProviderError.InvalidRequest)]
    [InlineData("ERRORCODE=10025&ERRORMSG=x", true, ProviderError.InvalidRequest)]
    [InlineData("ERRORCODE=10020&ERRORMSG=\"签名错误\"", true, ProviderError.OurSignatureRefused)]
    public async Task An_error_is_no_answer_with_and_without_base64(string text, bool wrapped, ProviderError error)
    {
        using var bench = new AllinpayBench();
        bench.Answer(wrapped ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : text);

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<OrderPage>.NoAnswer>().Error.ShouldBe(error);
    }

    public static TheoryData<string, ProviderError> Unusable() => new()
    {
        { "100020091218001|2|1|N\n" + Row, ProviderError.AnswerUnreadable },
        { "100020091218001|0|1|N\n" + Row, ProviderError.AnswerUnreadable },
        { "100020091218001|1|2|N\n" + Row, ProviderError.AnswerMismatch },
        { "100020091218002|1|1|N\n" + Row, ProviderError.AnswerMismatch },
        { "100020091218001|1|1|X\n" + Row, ProviderError.AnswerUnreadable },
        { "100020091218001|1|N\n" + Row, ProviderError.AnswerUnreadable },
        { "100020091218001|0|2|N", ProviderError.AnswerMismatch },
        { "100020091218001|１|1|N\n" + Row, ProviderError.AnswerUnreadable },
        { "100020091218001|1|1|N\n" + Row + "|", ProviderError.AnswerUnreadable },
        { "100020091218001|1|1|N\n" + Row.Replace("||1", "|a|b|1", StringComparison.Ordinal),
            ProviderError.AnswerUnreadable },
        { "100020091218001|1|1|N\n" + Row.Replace("|990|", "|9.9|", StringComparison.Ordinal),
            ProviderError.AnswerUnreadable },
        { "100020091218001|1|1|N\n" + Row.Replace("20261120000001", "202611200000010", StringComparison.Ordinal),
            ProviderError.AnswerUnreadable },
        { "100020091218001|1|1|N\n" + Row.Replace("20261120000500", "2026-13-20", StringComparison.Ordinal),
            ProviderError.AnswerUnreadable },
        { "100020091218001|1|1|N\n" + Row[..^1] + "2", ProviderError.AnswerUnreadable },
        { "100020091218001|1|1|N\n" + Row.Replace("218001", "218002", StringComparison.Ordinal),
            ProviderError.AnswerMismatch },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task A_signed_page_that_does_not_add_up_is_no_answer(string rows, ProviderError error)
    {
        using var bench = new AllinpayBench();
        bench.Answer(Page(rows.Split('\n')));

        (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<OrderPage>.NoAnswer>().Error.ShouldBe(error);
    }

    [Fact]
    public async Task A_page_that_is_not_signed_with_the_certificate_is_no_answer()
    {
        using var bench = new AllinpayBench();
        string[] rows = ["100020091218001|1|1|N", Row];
        var text = string.Concat(rows.Select(row => row + "\r\n"));
        string[] signatures =
        [
            "", AllinpayBench.Md5(text + "|" + AllinpayBench.Secret), AllinpayBench.Rsa(text),
            AllinpayBench.Rsa(AllinpayBench.Md5(text), byStranger: true), AllinpayBench.Rsa(AllinpayBench.Md5(Row)),
        ];
        foreach (var signature in signatures)
        {
            bench.Answer(Convert.ToBase64String(Encoding.UTF8.GetBytes(text + "\r\n" + signature)));

            (await AskAsync(bench)).ShouldBeOfType<QueryAnswer<OrderPage>.NoAnswer>()
                .Error.ShouldBe(ProviderError.AnswerSignatureWrong);
        }
    }

    [Fact]
    public async Task Two_days_or_a_page_out_of_range_are_not_asked_for()
    {
        using var bench = new AllinpayBench();
        (DateTime, DateTime, int)[] wrong =
            [(From, From.AddDays(1), 1), (From.AddHours(2), From, 1), (From, From, 0), (From, From, 100)];
        foreach (var (from, until, page) in wrong)
        {
            var answer = await bench.Provider.Statements!.ReadPageAsync(
                bench.Account, from, until, page, bench.Keys, CancellationToken.None);

            answer.ShouldBeOfType<QueryAnswer<OrderPage>.NoAnswer>().Error.ShouldBe(ProviderError.InvalidRequest);
        }

        bench.Requests.ShouldBeEmpty();
    }

    private static string Page(params string[] rows)
    {
        var text = string.Concat(rows.Select(row => row + "\r\n"));
        var signature = AllinpayBench.Rsa(AllinpayBench.Md5(text));
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text + "\r\n" + signature + "\r\n"));
    }

    private static Task<QueryAnswer<OrderPage>> AskAsync(AllinpayBench bench, int page = 1) =>
        bench.Provider.Statements!.ReadPageAsync(
            bench.Account, From, From.AddHours(23), page, bench.Keys, CancellationToken.None);
}
