using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Allinpay;

public sealed class AllinpayPreAuthTests
{
    private static readonly Currency Usd = CurrencyTable.Get("USD");
    private static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    private static PreAuthRequest Request => new()
    {
        Order = new("NO-1_a", OrderedAt, "P1"),
        Authorised = new(1000, Usd),
        Amount = new(800, Usd),
        RequestedAt = OrderedAt.AddHours(1),
    };

    private static PreAuthRequest Whole => Request with { Amount = new(1000, Usd) };

    [Theory]
    [InlineData(SignatureMode.Md5, "0")]
    [InlineData(SignatureMode.Rsa, "1")]
    public async Task A_confirmation_is_signed_in_the_documents_order(SignatureMode mode, string signType)
    {
        using var bench = new AllinpayBench(mode);

        var outcome = await ConfirmAsync(bench, Request);

        var source = "version=v1.9&merchantId=100020091218001&orderAmount=1000&confirmAmount=800&currency=840"
            + $"&orderNo=NO-1_a&orderDatetime=20261120000001&signType={signType}";
        bench.Requests.ShouldBe([source + "&signMsg=" + AllinpayBench.Md5(source + "&key=1234567890")]);
        bench.Addresses.Single().AbsolutePath.ShouldBe("/gateway/index.do");
        outcome.Transcript.ShownRequest.ShouldBe(source.Replace('&', '\n'));
    }

    [Fact]
    public async Task A_cancellation_is_signed_in_the_documents_order()
    {
        using var bench = new AllinpayBench();

        await CancelAsync(bench, Whole);

        const string Source = "merchantId=100020091218001&version=v1.8&orderAmount=1000&currency=840&orderNo=NO-1_a"
            + "&orderDatetime=20261120000001&signType=0";
        bench.Requests.ShouldBe([Source + "&signMsg=" + AllinpayBench.Md5(Source + "&key=1234567890")]);
    }

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public async Task A_signed_0000_about_exactly_our_order_is_done(SignatureMode mode)
    {
        using var bench = new AllinpayBench(mode);
        PreAuthReplies.Told(bench);

        var outcome = await ConfirmAsync(bench, Request);

        var done = outcome.ShouldBeOfType<ProviderOutcome.Done>();
        (done.ProviderCode, done.ProviderNumber).ShouldBe(("0000", "P1"));
        outcome.Transcript.ShownAnswer.ShouldBe(
            $"0000|(2 characters)|v1.9|{bench.SignType}|100020091218001|NO-1_a|20261120000001|1000|840|P1|"
            + "20261120100002");
    }

    [Theory]
    [InlineData("\r\n", "|1234567890")]
    [InlineData("", "&key=1234567890")]
    [InlineData("\r\n", "&key=1234567890")]
    public async Task Nobody_has_seen_such_an_answer_so_every_settled_text_is_tried(string end, string glueAndKey)
    {
        using var bench = new AllinpayBench();
        var line = PreAuthReplies.Line(bench);
        bench.Answer($"{line}\n{AllinpayBench.Md5(line + end + glueAndKey)}\n");

        (await ConfirmAsync(bench, Request)).ShouldBeOfType<ProviderOutcome.Done>();
    }

    [Fact]
    public async Task A_folded_signature_is_put_together()
    {
        using var bench = new AllinpayBench(SignatureMode.Rsa);
        var line = PreAuthReplies.Line(bench);
        var signature = PreAuthReplies.Signature(bench, line);
        bench.Answer($"{line}\r\n{signature[..76]}\r\n{signature[76..]}\r\n");

        (await ConfirmAsync(bench, Request)).ShouldBeOfType<ProviderOutcome.Done>();
    }

    public static TheoryData<string> WrongReplies() => [.. PreAuthReplies.Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongReplies))]
    public async Task A_wrong_reply_leaves_a_confirmation_unknown(string reply)
    {
        using var bench = new AllinpayBench();
        var (answer, error) = PreAuthReplies.Wrong[reply];
        answer(bench);

        var outcome = await ConfirmAsync(bench, Request);

        outcome.ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(error);
        outcome.Transcript.BodyStarted.ShouldBeTrue();
        bench.Requests.Count.ShouldBe(1);
        outcome.Transcript.ShownAnswer.ShouldNotContain("1234567890");
    }

    [Theory]
    [InlineData("ZF10014", "P1", ProviderError.InvalidRequest)]
    [InlineData("ZF10020", "", ProviderError.OurSignatureRefused)]
    [InlineData("ZF10027", "", ProviderError.OrderNotFound)]
    [InlineData("10028", "", ProviderError.NotRefundable)]
    public async Task A_signed_parameter_code_refuses_a_confirmation(string code, string number, ProviderError error)
    {
        using var bench = new AllinpayBench();
        PreAuthReplies.Told(bench, (0, code), (1, "x"), (9, number));

        var refused = (await ConfirmAsync(bench, Request)).ShouldBeOfType<ProviderOutcome.Refused>();

        refused.Error.ShouldBe(error);
        refused.ProviderCode.ShouldBe(code);
    }

    [Fact]
    public async Task A_signed_failure_refuses_a_cancellation_and_an_unsigned_one_does_not()
    {
        using var bench = new AllinpayBench();
        PreAuthReplies.Told(bench, (0, "FC0003_000008"), (2, "v1.8"));
        (await CancelAsync(bench, Whole)).ShouldBeOfType<ProviderOutcome.Refused>().Error
            .ShouldBe(ProviderError.Declined);

        bench.Answer("ERRORCODE=FC0003_000008&ERRORMSG=x");
        var unknown = (await CancelAsync(bench, Whole)).ShouldBeOfType<ProviderOutcome.Unknown>();
        unknown.ProviderCode.ShouldBe("ERRORCODE FC0003_000008");
    }

    [Fact]
    public async Task A_refusal_about_another_order_refuses_nothing()
    {
        using var bench = new AllinpayBench();
        PreAuthReplies.Told(bench, (0, "ZF10027"), (5, "NO-2"));

        (await ConfirmAsync(bench, Request)).ShouldBeOfType<ProviderOutcome.Unknown>().Error
            .ShouldBe(ProviderError.AnswerMismatch);
    }

    [Fact]
    public async Task Where_no_number_is_known_any_number_will_do()
    {
        using var bench = new AllinpayBench();
        PreAuthReplies.Told(bench, (9, "P77"));

        var request = Request with { Order = new("NO-1_a", OrderedAt, null) };

        (await ConfirmAsync(bench, request)).ShouldBeOfType<ProviderOutcome.Done>().ProviderNumber.ShouldBe("P77");
    }

    public static TheoryData<string, PreAuthRequest> Unsound() => new()
    {
        { "more than is held", Request with { Amount = new(1001, Usd) } },
        { "nothing", Request with { Amount = new(0, Usd) } },
        { "eleven digits", Request with { Authorised = new(10_000_000_000, Usd) } },
        { "two currencies", Request with { Amount = new(800, CurrencyTable.Get("EUR")) } },
        {
            "a currency that the account does not take",
            Request with { Authorised = new(1000, CurrencyTable.Get("EUR")), Amount = new(1, CurrencyTable.Get("EUR")) }
        },
        { "an order number of other letters", Request with { Order = new("NO 1", OrderedAt, null) } },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public async Task What_the_document_does_not_allow_is_not_sent(string what, PreAuthRequest request)
    {
        using var bench = new AllinpayBench();

        (await ConfirmAsync(bench, request)).ShouldBeOfType<ProviderOutcome.NotSent>(what).Error
            .ShouldBe(ProviderError.InvalidRequest);
        (await CancelAsync(bench, request)).ShouldBeOfType<ProviderOutcome.NotSent>(what);
        bench.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_part_of_a_pre_authorisation_is_never_cancelled()
    {
        using var bench = new AllinpayBench();

        (await CancelAsync(bench, Request)).ShouldBeOfType<ProviderOutcome.NotSent>();
        bench.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_connection_is_not_sent_and_a_late_permit_neither()
    {
        using var bench = new AllinpayBench();
        bench.RefuseConnection();
        (await ConfirmAsync(bench, Request)).ShouldBeOfType<ProviderOutcome.NotSent>().Error
            .ShouldBe(ProviderError.ConnectionFailed);

        using var late = new AllinpayBench();
        var permit = late.Permit();
        late.Clock.Advance(TimeSpan.FromSeconds(6));
        (await late.Provider.PreAuthorisations!.ConfirmAsync(
            Account(late), Request, late.Keys, permit, CancellationToken.None))
            .ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.SentTooLate);
        late.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_is_answered_without_sending_because_the_document_has_none()
    {
        using var bench = new AllinpayBench();
        var preAuths = bench.Provider.PreAuthorisations!;

        var answer = await preAuths.QueryAsync(Account(bench), Request, bench.Keys, CancellationToken.None);

        answer.ShouldBeOfType<QueryAnswer<PreAuthFacts>.NoAnswer>().Transcript.ShownAnswer
            .ShouldContain("nothing was sent");
        bench.Requests.ShouldBeEmpty();
        preAuths.CanQuery.ShouldBeFalse();
        preAuths.SettleTime.ShouldBe(TimeSpan.FromMinutes(30));
        bench.Provider.Unconfirmed.ShouldBe([ProviderInterface.PreAuthorisations]);
    }

    [Fact]
    public async Task Australian_dollars_go_under_the_code_of_international_cards()
    {
        using var bench = new AllinpayBench();
        var aud = CurrencyTable.Get("AUD");

        await bench.Provider.PreAuthorisations!.ConfirmAsync(
            Account(bench), Request with { Authorised = new(1000, aud), Amount = new(1000, aud) }, bench.Keys,
            bench.Permit(), CancellationToken.None);

        bench.Requests.Single().ShouldContain("&currency=036&");
    }

    private static ProviderAccount Account(AllinpayBench bench) =>
        bench.Account with { Currencies = [Usd, CurrencyTable.Get("AUD")] };

    private static Task<ProviderOutcome> ConfirmAsync(AllinpayBench bench, PreAuthRequest request) =>
        bench.Provider.PreAuthorisations!.ConfirmAsync(
            Account(bench), request, bench.Keys, bench.Permit(), CancellationToken.None);

    private static Task<ProviderOutcome> CancelAsync(AllinpayBench bench, PreAuthRequest request) =>
        bench.Provider.PreAuthorisations!.CancelAsync(
            Account(bench), request, bench.Keys, bench.Permit(), CancellationToken.None);
}
