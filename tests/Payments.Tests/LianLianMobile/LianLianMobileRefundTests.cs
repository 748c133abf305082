using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

public sealed class LianLianMobileRefundTests
{
    private static readonly RefundRequest Refund = new()
    {
        RefundNumber = "R2026112100001",
        Order = new("2013051500001", new(2026, 11, 20, 2, 40, 13, TimeSpan.Zero), "2013051613121201"),
        OrderAmount = LianLianMobileBench.Yuan(21097),
        Amount = LianLianMobileBench.Yuan(2050),
        RequestedAt = new(2026, 11, 20, 18, 30, 0, TimeSpan.Zero),
    };

    private static Dictionary<string, string> Good(string state = "0") => new()
    {
        ["ret_code"] = "0000",
        ["ret_msg"] = "交易成功",
        ["oid_partner"] = LianLianMobileBench.Merchant,
        ["no_refund"] = Refund.RefundNumber,
        ["dt_refund"] = "20261121023000",
        ["money_refund"] = "20.50",
        ["oid_refundno"] = "2026112100998877",
        ["sta_refund"] = state,
    };

    public static TheoryData<string> Wrong => WrongReplies.Names;

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public async Task A_refund_is_sent_once_with_the_documented_members_in_China_time(SignatureMode mode)
    {
        using var bench = new LianLianMobileBench(mode);
        bench.AnswerSigned(Good());

        var outcome = await SendAsync(bench);

        var accepted = outcome.ShouldBeOfType<ProviderOutcome.Accepted>();
        accepted.ProviderNumber.ShouldBe("2026112100998877");
        accepted.ProviderCode.ShouldBe("sta_refund 0");
        bench.Addresses.ShouldHaveSingleItem().ShouldBe(new("http://127.0.0.1:9/traderapi/refund.htm"));
        bench.ContentTypes[0].ShouldBe("application/json; charset=utf-8");
        bench.IsSignedByShop(bench.Requests[0]).ShouldBeTrue();
        var sent = JsonSerializer.Deserialize<Dictionary<string, string>>(bench.Requests[0])!;
        sent.Remove("sign").ShouldBeTrue();
        sent.ShouldBe(
            new Dictionary<string, string>
            {
                ["oid_partner"] = LianLianMobileBench.Merchant,
                ["sign_type"] = bench.SignType,
                ["no_refund"] = "R2026112100001",
                ["dt_refund"] = "20261121023000",
                ["money_refund"] = "20.50",
                ["no_order"] = "2013051500001",
                ["dt_order"] = "20261120104013",
                ["oid_paybill"] = "2013051613121201",
            },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("0", typeof(ProviderOutcome.Accepted))]
    [InlineData("1", typeof(ProviderOutcome.Accepted))]
    [InlineData("2", typeof(ProviderOutcome.Done))]
    [InlineData("3", typeof(ProviderOutcome.Unknown))]
    [InlineData("4", typeof(ProviderOutcome.Unknown))]
    [InlineData("", typeof(ProviderOutcome.Unknown))]
    [InlineData("02", typeof(ProviderOutcome.Unknown))]
    public async Task The_state_of_a_refunds_own_answer_decides(string state, Type outcome)
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(Good(state));

        (await SendAsync(bench)).ShouldBeOfType(outcome);
    }

    [Fact]
    public async Task Only_the_listed_codes_are_a_no_and_only_when_they_are_signed()
    {
        string[] no = ["5002", "5003", "5004", "5006", "5007", "5008", "1001", "1004", "3001", "3002", "9901", "9903"];
        using var bench = new LianLianMobileBench();
        foreach (var code in LianLianMobileErrors.Table.Entries.Select(row => row.Code).Where(code => code != "0000"))
        {
            Dictionary<string, string> error = new()
            {
                ["ret_code"] = code, ["ret_msg"] = "x", ["oid_partner"] = LianLianMobileBench.Merchant,
            };
            bench.AnswerSigned(error);
            var outcome = await SendAsync(bench);
            outcome.ProviderCode.ShouldBe(code);
            (outcome is ProviderOutcome.Refused).ShouldBe(no.Contains(code), code);
            (outcome is ProviderOutcome.Unknown).ShouldBe(!no.Contains(code), code);

            bench.Answer(LianLianMobileBench.Json(error));
            (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>();
        }
    }

    [Fact]
    public async Task A_signed_no_that_speaks_of_another_refund_is_no_no()
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(new() { ["ret_code"] = "5002", ["ret_msg"] = "x", ["no_refund"] = "R2" });

        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>().Error
            .ShouldBe(ProviderError.AnswerMismatch);
    }

    [Theory]
    [InlineData("no_refund", "R2")]
    [InlineData("no_refund", null)]
    [InlineData("money_refund", "20.51")]
    [InlineData("money_refund", "2050")]
    [InlineData("money_refund", "20.500")]
    [InlineData("money_refund", "-20.50")]
    [InlineData("money_refund", "20,50")]
    [InlineData("money_refund", null)]
    [InlineData("dt_refund", "20261121023001")]
    [InlineData("no_order", "2013051500002")]
    [InlineData("oid_partner", null)]
    public async Task A_genuine_answer_about_something_else_proves_nothing(string name, string? value)
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(LianLianMobileBench.With(Good("2"), name, value));

        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>();
        (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NoAnswer>().Error
            .ShouldBe(ProviderError.AnswerMismatch);
    }

    [Theory]
    [InlineData("20.5")]
    [InlineData("20.50")]
    [InlineData("020.5")]
    public async Task An_amount_may_be_spelt_without_its_last_zeros(string money)
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(LianLianMobileBench.With(Good("2"), "money_refund", money));

        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Done>();
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_reply_leaves_the_refund_unknown(string reply)
    {
        foreach (var mode in new[] { SignatureMode.Md5, SignatureMode.Rsa })
        {
            using var bench = new LianLianMobileBench(mode);
            WrongReplies.Write(bench, reply, Good("2"));

            var outcome = await SendAsync(bench);

            outcome.ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldNotBe(ProviderError.None);
            bench.Requests.Count.ShouldBe(1);
            (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NoAnswer>();
        }
    }

    [Theory]
    [InlineData("0", RefundState.Applied)]
    [InlineData("1", RefundState.Processing)]
    [InlineData("2", RefundState.Succeeded)]
    [InlineData("3", RefundState.Failed)]
    public async Task The_query_names_the_refund_by_number_and_fixed_time_and_tells_its_state(
        string told, RefundState state)
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        bench.AnswerSigned(Good(told));

        var answer = (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.Told>();

        answer.Facts.ShouldBe(new(Refund.RefundNumber, Refund.Amount, state, "sta_refund " + told, null));
        bench.Addresses[0].ShouldBe(new("http://127.0.0.1:9/queryapi/refundquery.htm"));
        var sent = JsonSerializer.Deserialize<Dictionary<string, string>>(bench.Requests[0])!;
        sent["no_refund"].ShouldBe("R2026112100001");
        sent["dt_refund"].ShouldBe("20261121023000");
        bench.IsSignedByShop(bench.Requests[0]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("8901")]
    [InlineData("9093")]
    [InlineData("5002")]
    public async Task Not_found_is_told_as_such_and_only_when_signed(string code)
    {
        using var bench = new LianLianMobileBench();
        Dictionary<string, string> error = new() { ["ret_code"] = code, ["ret_msg"] = "没有记录" };
        bench.AnswerSigned(error);
        (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NotFound>().ProviderCode.ShouldBe(code);

        bench.Answer(LianLianMobileBench.Json(error));
        (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NoAnswer>().Error
            .ShouldBe(ProviderError.OrderNotFound);
    }

    [Fact]
    public async Task Nothing_leaves_when_the_connection_is_refused_or_a_member_is_outside_the_document()
    {
        using var bench = new LianLianMobileBench();
        RefundRequest[] unsound =
        [
            Refund with { RefundNumber = new('1', 33) },
            Refund with { RefundNumber = "" },
            Refund with { RefundNumber = "R&1" },
            Refund with { RefundNumber = "退1" },
            Refund with { Amount = LianLianMobileBench.Yuan(0) },
            Refund with { Amount = LianLianMobileBench.Yuan(-1) },
            Refund with { Amount = LianLianMobileBench.Yuan(21098) },
            Refund with { Amount = new(1, CurrencyTable.Get("USD")) },
            Refund with { Order = new("a=b", Refund.Order.OrderedAt, null) },
        ];
        foreach (var refund in unsound)
        {
            var outcome = await bench.Provider.Refunds!.SendAsync(
                bench.Account, refund, bench.Keys, bench.Permit(), CancellationToken.None);
            outcome.ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.InvalidRequest);
        }

        bench.RefuseConnection();
        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.NotSent>().Error
            .ShouldBe(ProviderError.ConnectionFailed);
        bench.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_live_account_goes_to_the_hosts_of_the_public_client_and_settings_move_them()
    {
        using var bench = new LianLianMobileBench();
        bench.Account = bench.Account with
        {
            BaseAddress = new("https://yintong.com.cn"),
            SandboxAddress = null,
            OtherAddresses = [new("https://traderapi.lianlianpay.com"), new("https://queryapi.lianlianpay.com")],
        };
        bench.AnswerSigned(Good());
        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Accepted>();
        await QueryAsync(bench);
        bench.Account = bench.Account with
        {
            Settings = new Dictionary<string, string>
            {
                ["refund-address"] = "https://yintong.com.cn/traderapi",
                ["refund-notify-url"] = "https://shop.example/refunds",
            },
        };
        await SendAsync(bench);
        bench.Account = bench.Account with
        {
            Settings = new Dictionary<string, string> { ["refund-address"] = "https://elsewhere.example/" },
        };
        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.NotSent>().Error
            .ShouldBe(ProviderError.AddressNotAllowed);
        bench.Account = bench.Account with
        {
            Settings = new Dictionary<string, string> { ["refund-address"] = "not an address" },
        };
        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.InvalidRequest);

        bench.Addresses.Select(address => address.AbsoluteUri).ShouldBe(
        [
            "https://traderapi.lianlianpay.com/refund.htm", "https://queryapi.lianlianpay.com/refundquery.htm",
            "https://yintong.com.cn/traderapi/refund.htm",
        ]);
        bench.Requests[2].ShouldContain("\"notify_url\":\"https://shop.example/refunds\"");
    }

    [Fact]
    public void A_refund_is_never_sent_again_and_is_unconfirmed()
    {
        using var bench = new LianLianMobileBench();
        bench.Provider.Refunds!.ResendSafe.ShouldBeFalse();
        bench.Provider.Unconfirmed.ShouldBe([ProviderInterface.Refunds, ProviderInterface.PreAuthorisations]);
    }

    private static Task<ProviderOutcome> SendAsync(LianLianMobileBench bench) => bench.Provider.Refunds!.SendAsync(
        bench.Account, Refund, bench.Keys, bench.Permit(), CancellationToken.None);

    private static Task<QueryAnswer<RefundFacts>> QueryAsync(LianLianMobileBench bench) =>
        bench.Provider.Refunds!.QueryAsync(bench.Account, Refund, bench.Keys, CancellationToken.None);
}
