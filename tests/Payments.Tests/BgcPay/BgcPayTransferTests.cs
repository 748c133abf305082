using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;

namespace MerchantPortal.Payments.Tests.BgcPay;

public sealed class BgcPayTransferTests
{
    public static readonly TransferRequest Transfer = new()
    {
        TransferNumber = "T_20261120_1",
        Amount = new(2300, BgcPayBench.Usdt),
        PayeeId = BgcPayBench.Payee,
        Title = "201905代发",
        Remark = "wages/May",
        RequestedAt = new FakeClock().GetUtcNow(),
    };

    public static TheoryData<string> WrongReplies() => [.. TransferReplies.Wrong.Keys];

    public static TheoryData<string, string, ProviderError> Refusals() => new()
    {
        { "40004", "BALANCE_IS_NOT_ENOUGH", ProviderError.BalanceTooLow },
        { "40004", "INVALID_PARAMETER", ProviderError.InvalidRequest },
        { "40004", "AUTHOREE_IS_NOT_MATCH", ProviderError.InvalidRequest },
        { "40004", "BLOCK_USER_FORBBIDEN_RECIEVE", ProviderError.Declined },
        { "40004", "BLOCK_USER_FORBBIDEN_SEND", ProviderError.MerchantNotAllowed },
        { "40004", "CURRENCY_NOT_SUPPORT", ProviderError.InvalidRequest },
        { "40004", "EXCEED_LIMIT_DC_RECEIVED", ProviderError.LimitExceeded },
        { "40004", "EXCEED_LIMIT_SM_MIN_AMOUNT", ProviderError.LimitExceeded },
        { "40004", "EXCEED_LIMIT_UNRN_DM_AMOUNT", ProviderError.LimitExceeded },
        { "40001", "isv.missing-signature", ProviderError.OurSignatureRefused },
        { "40002", "isv.invalid-signature", ProviderError.OurSignatureRefused },
        { "40002", "isv.invalid-timestamp", ProviderError.InvalidRequest },
        { "40006", "isv.insufficient-isv-permissions", ProviderError.MerchantNotAllowed },
    };

    [Fact]
    public async Task The_request_carries_its_terms_in_the_body_and_the_common_parameters_in_the_address()
    {
        using var bench = new BgcPayBench();

        await SendAsync(bench);

        bench.Business.ShouldBe(
            """{"out_biz_no":"T_20261120_1","currency":"USDT","trans_amount":"23.00","order_title":"201905代发","""
            + $$""" "payee_did":"{{BgcPayBench.Payee}}","remark":"wages/May"}""".TrimStart());
        var address = bench.Addresses.Single();
        address.GetLeftPart(UriPartial.Path).ShouldBe("https://openapi.bgcpay.com/gateway.do");
        var source = "app_id=2014072300007148&biz_content=" + bench.Business
            + "&charset=UTF-8&format=JSON&method=bgcpay.fund.trans.uni.transfer&sign_type=MD5"
            + "&timestamp=2026-11-20 10:00:00&version=1.0";
        address.Query.ShouldBe(
            "?app_id=2014072300007148&method=bgcpay.fund.trans.uni.transfer&format=JSON&charset=UTF-8&sign_type=MD5"
            + "&timestamp=2026-11-20%2010%3A00%3A00&version=1.0&sign=" + BgcPayBench.Sign(source));
        bench.ContentTypes.Single().ShouldStartWith("multipart/form-data; boundary=");
    }

    [Fact]
    public async Task The_account_chooses_zone_key_placement_and_case()
    {
        using var bench = new BgcPayBench(("timestamp-zone", "GMT-5"), ("key-placement", "amp-key"), ("hex", "upper"));

        await SendAsync(bench);

        var source = "app_id=2014072300007148&biz_content=" + bench.Business
            + "&charset=UTF-8&format=JSON&method=bgcpay.fund.trans.uni.transfer&sign_type=MD5"
            + "&timestamp=2026-11-19 21:00:00&version=1.0&key=" + BgcPayBench.Secret;
        bench.Addresses.Single().Query.ShouldEndWith(
            "&sign=" + Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(source))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_signed_success_with_our_number_is_done(bool wrapped)
    {
        using var bench = new BgcPayBench();
        Reply(bench, wrapped, TransferReplies.Success());

        var done = (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Done>();

        done.ProviderNumber.ShouldBe("20190801110070000006380000250621");
        done.ProviderCode.ShouldBe("10000");
        done.Transcript.Address.ShouldBe("https://openapi.bgcpay.com/gateway.do");
    }

    [Fact]
    public async Task A_wrapped_success_signed_over_its_sorted_members_is_done()
    {
        using var bench = new BgcPayBench();
        var members = TransferReplies.Success();
        bench.Answer($$"""
            {"bgcpay_fund_trans_uni_transfer_response":{{BgcPayBench.Json(members)}},
             "sign":"{{BgcPayBench.Sign(BgcPayBench.Source(members)).ToUpperInvariant()}}"}
            """);

        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Done>();
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_signed_no_from_the_interfaces_own_list_is_refused(
        string code, string subCode, ProviderError error)
    {
        using var bench = new BgcPayBench();
        bench.AnswerWrapped(BgcPayErrors.Transfer, BgcPayBench.Error(code, subCode));

        var refused = (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Refused>();

        refused.Error.ShouldBe(error);
        refused.ProviderCode.ShouldBe($"{code} {subCode}");
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task The_same_no_without_a_signature_proves_nothing(string code, string subCode, ProviderError _)
    {
        using var bench = new BgcPayBench(("unsigned-answers", "accept-from-queries"));
        bench.Answer(BgcPayBench.Error(code, subCode));

        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>()
            .Error.ShouldBe(ProviderError.AnswerSignatureWrong);
    }

    [Theory]
    [MemberData(nameof(WrongReplies))]
    public async Task Everything_but_a_clear_yes_or_a_listed_no_leaves_the_transfer_unknown(string name)
    {
        using var bench = new BgcPayBench();
        var (answer, error) = TransferReplies.Wrong[name];
        answer(bench);

        var outcome = await SendAsync(bench);

        outcome.ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(error);
        Secrets.Leak(outcome.Transcript, bench).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_never_left_is_not_sent()
    {
        using var refusing = new BgcPayBench();
        refusing.RefuseConnection();
        (await SendAsync(refusing)).ShouldBeOfType<ProviderOutcome.NotSent>()
            .Error.ShouldBe(ProviderError.ConnectionFailed);

        using var keyless = new BgcPayBench() { Keys = new() { Version = 1 } };
        (await SendAsync(keyless)).ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.KeyMissing);

        using var late = new BgcPayBench();
        var permit = late.Permit();
        late.Clock.Advance(TimeSpan.FromSeconds(6));
        (await late.Provider.Transfers!.SendAsync(late.Account, Transfer, late.Keys, permit, CancellationToken.None))
            .ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.SentTooLate);
        late.Requests.ShouldBeEmpty();
    }

    public static TheoryData<string, TransferRequest> Outside() => new()
    {
        { "nine cents", Transfer with { Amount = new(9, BgcPayBench.Usdt) } },
        { "over the range", Transfer with { Amount = new(100_000_000_01, BgcPayBench.Usdt) } },
        { "an asset of no account", Transfer with { Amount = new(100, CurrencyTable.Get("AEDB")) } },
        { "a currency of ISO 4217", Transfer with { Amount = new(100, CurrencyTable.Get("CNY")) } },
        { "no number", Transfer with { TransferNumber = "" } },
        { "a hyphen in the number", Transfer with { TransferNumber = "T-1" } },
        { "65 characters", Transfer with { TransferNumber = new('1', 65) } },
        { "no payee", Transfer with { PayeeId = "" } },
        { "a payee that starts a field", Transfer with { PayeeId = "a&b=c" } },
        { "no title", Transfer with { Title = " " } },
        { "a title of two lines", Transfer with { Title = "a\nb" } },
        { "a title too long", Transfer with { Title = new('t', 129) } },
        { "a remark too long", Transfer with { Remark = new('t', 201) } },
    };

    [Fact]
    public async Task Too_many_calls_put_the_transfer_off_and_only_when_the_gateway_signs_it()
    {
        using var bench = new BgcPayBench();
        bench.AnswerBare([("code", "40005"), ("msg", "Call Limited"), ("sub_code", "isv.api-call-limited")]);
        var later = (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Postponed>();
        (later.Error, later.ProviderCode).ShouldBe((ProviderError.LimitExceeded, "40005 isv.api-call-limited"));

        using var unsigned = new BgcPayBench();
        unsigned.Answer("""{"code":"40005","msg":"Call Limited","sub_code":"isv.api-call-limited"}""");
        (await SendAsync(unsigned)).ShouldBeOfType<ProviderOutcome.Unknown>();

        using var bare = new BgcPayBench();
        bare.AnswerBare([("code", "40005"), ("msg", "Call Limited")]);
        (await SendAsync(bare)).ShouldBeOfType<ProviderOutcome.Unknown>();
    }

    [Theory]
    [InlineData("nine cents", TransferFault.Amount)]
    [InlineData("no number", TransferFault.Number)]
    [InlineData("no payee", TransferFault.Payee)]
    [InlineData("no title", TransferFault.Title)]
    [InlineData("a remark too long", TransferFault.Remark)]
    public void What_is_outside_the_document_is_named_before_anybody_asks(string name, TransferFault fault)
    {
        using var bench = new BgcPayBench();
        var transfer = (TransferRequest)Outside().Single(row => (string)row[0] == name)[1];

        bench.Provider.Transfers!.Fault(transfer, bench.Account).ShouldBe(fault);
        bench.Provider.Transfers!.Fault(Transfer, bench.Account).ShouldBe(TransferFault.None);
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task Terms_outside_the_document_are_never_sent(string _, TransferRequest transfer)
    {
        using var bench = new BgcPayBench();

        var outcome = await bench.Provider.Transfers!.SendAsync(
            bench.Account, transfer, bench.Keys, bench.Permit(), CancellationToken.None);

        outcome.ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.InvalidRequest);
        bench.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000_000_00)]
    public async Task Both_ends_of_the_range_are_sent(long minor)
    {
        using var bench = new BgcPayBench();
        bench.AnswerBare(TransferReplies.Success());

        (await bench.Provider.Transfers!.SendAsync(
            bench.Account, Transfer with { Amount = new(minor, BgcPayBench.Usdt) }, bench.Keys, bench.Permit(),
            CancellationToken.None)).ShouldBeOfType<ProviderOutcome.Done>();
    }

    [Fact]
    public void The_same_number_may_go_again_and_questions_end_after_half_an_hour()
    {
        using var bench = new BgcPayBench();

        bench.Provider.Transfers!.ResendSafe.ShouldBeTrue();
        bench.Provider.Transfers.SettleTime.ShouldBe(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task A_repeat_has_the_same_terms_to_the_byte()
    {
        using var bench = new BgcPayBench();

        await SendAsync(bench);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await SendAsync(bench);

        bench.Requests[1].ShouldBe(bench.Requests[0]);
        bench.Addresses[1].ShouldNotBe(bench.Addresses[0]);
    }

    private static void Reply(BgcPayBench bench, bool wrapped, (string Name, string Value)[] members)
    {
        if (wrapped)
        {
            bench.AnswerWrapped(BgcPayErrors.Transfer, BgcPayBench.Json(members));
        }
        else
        {
            bench.AnswerBare(members);
        }
    }

    private static Task<ProviderOutcome> SendAsync(BgcPayBench bench) => bench.Provider.Transfers!.SendAsync(
        bench.Account, Transfer, bench.Keys, bench.Permit(), CancellationToken.None);
}
