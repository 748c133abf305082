using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Allinpay;

public sealed class AllinpayRefundTests
{
    private static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    public static RefundRequest Refund => new()
    {
        RefundNumber = "R_20261120_1",
        Order = new("NO-1_a", OrderedAt, "202611200001"),
        OrderAmount = new(1000, AllinpayBench.Cny),
        Amount = new(400, AllinpayBench.Cny),
        RequestedAt = OrderedAt.AddHours(1),
    };

    [Theory]
    [InlineData(SignatureMode.Md5, "0")]
    [InlineData(SignatureMode.Rsa, "1")]
    public async Task The_request_carries_our_number_and_is_signed_in_the_documents_order(
        SignatureMode mode, string signType)
    {
        using var bench = new AllinpayBench(mode);

        var outcome = await SendAsync(bench);

        var source = $"version=v2.3&signType={signType}&merchantId=100020091218001&orderNo=NO-1_a&refundAmount=400"
            + "&mchtRefundOrderNo=R_20261120_1&orderDatetime=20261120000001";
        bench.Requests.ShouldBe([source + "&signMsg=" + AllinpayBench.Md5(source + "&key=1234567890")]);
        bench.Addresses.Single().AbsolutePath.ShouldBe("/gateway/index.do");
        outcome.Transcript.ShownRequest.ShouldBe(source.Replace('&', '\n'));
    }

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public async Task A_signed_answer_20_about_exactly_our_refund_is_accepted_and_no_more(SignatureMode mode)
    {
        using var bench = new AllinpayBench(mode);
        bench.Answer(bench.SignedForm(RefundReplies.Fields(bench)) + "\r\n");

        var outcome = await SendAsync(bench);

        outcome.ShouldBeOfType<ProviderOutcome.Accepted>().ProviderCode.ShouldBe("20");
        outcome.Transcript.ShownAnswer.ShouldContain("refundResult=20");
        outcome.Transcript.ShownAnswer.ShouldNotContain("signMsg");
    }

    [Fact]
    public async Task An_rsa_account_takes_an_answer_under_md5_as_accepted_like_the_official_demo()
    {
        using var bench = new AllinpayBench(SignatureMode.Rsa);
        var fields = RefundReplies.Fields(bench);
        var text = string.Join('&', fields.Select(f => $"{f.Key}={f.Value}"));
        bench.Answer(AllinpayBench.Form([.. fields, new("signMsg", AllinpayBench.Md5(text + "&key=1234567890"))]));

        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Accepted>();
    }

    public static TheoryData<string> WrongReplies() => [.. RefundReplies.Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongReplies))]
    public async Task A_wrong_reply_leaves_the_refund_unknown(string reply)
    {
        using var bench = new AllinpayBench();
        var (answer, error) = RefundReplies.Wrong[reply];
        answer(bench);

        var outcome = await SendAsync(bench);

        outcome.ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(error);
        outcome.Transcript.BodyStarted.ShouldBeTrue();
        bench.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("ERRORCODE=ZF10028&ERRORMSG=x", "ERRORCODE ZF10028")]
    [InlineData("ERRORCODE=10028& ERRORMSG=x", "ERRORCODE 10028")]
    public async Task The_providers_code_is_kept_with_an_unknown_outcome(string answer, string code)
    {
        using var bench = new AllinpayBench();
        bench.Answer(answer);

        (await SendAsync(bench)).ProviderCode.ShouldBe(code);
    }

    [Fact]
    public async Task A_refund_result_other_than_20_is_unknown_and_named()
    {
        using var bench = new AllinpayBench();
        bench.Answer(bench.SignedForm(RefundReplies.Fields(bench, ("refundResult", "30"), ("errorCode", "ZF10028"))));

        var outcome = await SendAsync(bench);

        outcome.ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(ProviderError.NotRefundable);
        outcome.ProviderCode.ShouldBe("30 ZF10028");
    }

    [Fact]
    public async Task An_error_message_in_gb18030_is_readable()
    {
        using var bench = new AllinpayBench();
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        bench.Answer([.. "ERRORCODE=003&ERRORMSG="u8, .. gb.GetBytes("商户号不存在")]);

        var outcome = await SendAsync(bench);

        outcome.Transcript.ShownAnswer.ShouldBe("ERRORCODE=003\nERRORMSG=商户号不存在");
        outcome.ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(ProviderError.MerchantNotAllowed);
    }

    [Fact]
    public async Task A_refused_connection_is_not_sent()
    {
        using var bench = new AllinpayBench();
        bench.RefuseConnection();

        var outcome = await SendAsync(bench);

        outcome.ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.ConnectionFailed);
    }

    [Fact]
    public async Task A_claim_that_is_too_old_is_not_sent()
    {
        using var bench = new AllinpayBench();
        var permit = bench.Permit();
        bench.Clock.Advance(TimeSpan.FromSeconds(5));

        var outcome = await bench.Provider.Refunds!.SendAsync(
            bench.Account, Refund, bench.Keys, permit, CancellationToken.None);

        outcome.ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.SentTooLate);
        bench.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_process_that_is_stopping_sends_nothing()
    {
        using var bench = new AllinpayBench();

        var outcome = await bench.Provider.Refunds!.SendAsync(
            bench.Account, Refund, bench.Keys, bench.Permit(), new CancellationToken(canceled: true));

        outcome.ShouldBeOfType<ProviderOutcome.NotSent>();
        bench.Requests.ShouldBeEmpty();
    }

    public static TheoryData<string> UnsoundRefunds() =>
    [
        "order number with &", "order number with =", "order number with blank", "empty order number",
        "order number of 51", "refund number with line end", "refund number with Chinese", "empty refund number",
        "nothing", "less than nothing", "more than the order", "eleven digits", "two currencies", "foreign currency",
        "merchant with letters",
    ];

    [Theory]
    [MemberData(nameof(UnsoundRefunds))]
    public async Task What_is_outside_the_documents_shapes_is_never_signed_or_sent(string fault)
    {
        using var bench = new AllinpayBench();
        var (refund, account) = Unsound(fault, bench.Account);

        var outcome = await bench.Provider.Refunds!.SendAsync(
            account, refund, bench.Keys, bench.Permit(), CancellationToken.None);

        outcome.ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.InvalidRequest);
        bench.Requests.ShouldBeEmpty();
    }

    private static (RefundRequest Refund, ProviderAccount Account) Unsound(string fault, ProviderAccount account)
    {
        RefundRequest Order(string number) => Refund with { Order = Refund.Order with { MerchantNumber = number } };
        RefundRequest Amount(long minor) => Refund with { Amount = new(minor, AllinpayBench.Cny) };
        var jpy = CurrencyTable.Get("JPY");
        return fault switch
        {
            "order number with &" => (Order("NO1&refundAmount"), account),
            "order number with =" => (Order("NO=1"), account),
            "order number with blank" => (Order("NO 1"), account),
            "empty order number" => (Order(""), account),
            "order number of 51" => (Order(new('1', 51)), account),
            "refund number with line end" => (Refund with { RefundNumber = "R\n1" }, account),
            "refund number with Chinese" => (Refund with { RefundNumber = "退1" }, account),
            "empty refund number" => (Refund with { RefundNumber = "" }, account),
            "nothing" => (Amount(0), account),
            "less than nothing" => (Amount(-1), account),
            "more than the order" => (Amount(1001), account),
            "eleven digits" => (Refund with { OrderAmount = new(10_000_000_000, AllinpayBench.Cny) }, account),
            "two currencies" => (Refund with { Amount = new(400, jpy) }, account),
            "foreign currency" => (Refund with { Amount = new(4, jpy), OrderAmount = new(10, jpy) }, account),
            _ => (Refund, account with { MerchantId = "10002009121800A" }),
        };
    }

    private static Task<ProviderOutcome> SendAsync(AllinpayBench bench) => bench.Provider.Refunds!.SendAsync(
        bench.Account, Refund, bench.Keys, bench.Permit(), CancellationToken.None);
}
