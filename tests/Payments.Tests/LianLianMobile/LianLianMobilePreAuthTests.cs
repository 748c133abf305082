using System.Text.Json;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

public sealed class LianLianMobilePreAuthTests
{
    private static readonly PreAuthRequest Request = new()
    {
        Order = new("PA20261120001", new(2026, 11, 20, 2, 40, 13, TimeSpan.Zero), null),
        Authorised = LianLianMobileBench.Yuan(100000),
        Amount = LianLianMobileBench.Yuan(80050),
        PayerId = "1234567",
        RequestedAt = new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero),
    };

    private static Dictionary<string, string> Good(string code = "0000") => new()
    {
        ["ret_code"] = code,
        ["ret_msg"] = "交易成功",
        ["oid_partner"] = LianLianMobileBench.Merchant,
        ["no_order"] = "PA20261120001",
        ["dt_order"] = "20261120104013",
        ["oid_paybill"] = "2026112013121201",
        ["money_order"] = "800.50",
        ["settle_date"] = "20261121",
    };

    public static TheoryData<string> Wrong => WrongReplies.Names;

    [Theory]
    [InlineData(true, "preauthComplete.htm")]
    [InlineData(false, "preauthCancel.htm")]
    public async Task An_order_goes_out_with_the_members_of_the_public_description(bool confirm, string path)
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        bench.AnswerSigned(Good());

        var outcome = (await SendAsync(bench, confirm)).ShouldBeOfType<ProviderOutcome.Accepted>();

        outcome.ProviderNumber.ShouldBe("2026112013121201");
        bench.Addresses[0].ShouldBe(new("http://127.0.0.1:9/traderapi/" + path));
        bench.IsSignedByShop(bench.Requests[0]).ShouldBeTrue();
        var sent = JsonSerializer.Deserialize<Dictionary<string, string>>(bench.Requests[0])!;
        sent.Remove("sign").ShouldBeTrue();
        sent.ShouldBe(
            new Dictionary<string, string>
            {
                ["oid_partner"] = LianLianMobileBench.Merchant,
                ["sign_type"] = "RSA",
                ["no_order"] = "PA20261120001",
                ["dt_order"] = "20261120104013",
                ["pay_type"] = "F",
                ["api_version"] = "1.0",
                ["user_id"] = "1234567",
                ["money_order"] = "800.50",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task Only_success_and_the_working_states_are_accepted_and_no_answer_is_a_no()
    {
        using var bench = new LianLianMobileBench();
        foreach (var code in LianLianMobileErrors.Table.Entries.Select(row => row.Code).Append("7777"))
        {
            foreach (var confirm in new[] { true, false })
            {
                bench.AnswerSigned(Good(code));

                var outcome = await SendAsync(bench, confirm);

                outcome.ProviderCode.ShouldBe(code);
                (outcome is ProviderOutcome.Accepted).ShouldBe(code is "0000" or "PR09" or "PR12" or "PR15", code);
                (outcome is ProviderOutcome.Unknown).ShouldBe(outcome is not ProviderOutcome.Accepted, code);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_reply_leaves_capture_and_cancellation_unknown(string reply)
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        WrongReplies.Write(bench, reply, Good());
        (await SendAsync(bench, confirm: true)).ShouldBeOfType<ProviderOutcome.Unknown>();
        (await SendAsync(bench, confirm: false)).ShouldBeOfType<ProviderOutcome.Unknown>();

        WrongReplies.Write(bench, reply, Good("PR11"));
        (await QueryAsync(bench)).ShouldNotBeOfType<QueryAnswer<PreAuthFacts>.Told>();
    }

    [Theory]
    [InlineData("2003", PreAuthState.Open)]
    [InlineData("PR08", PreAuthState.Open)]
    [InlineData("2006", PreAuthState.Expired)]
    [InlineData("PR07", PreAuthState.Held)]
    [InlineData("PR09", PreAuthState.Capturing)]
    [InlineData("PR10", PreAuthState.Failed)]
    [InlineData("PR11", PreAuthState.Captured)]
    [InlineData("PR12", PreAuthState.Capturing)]
    [InlineData("PR13", PreAuthState.CaptureFailed)]
    [InlineData("PR14", PreAuthState.Cancelled)]
    [InlineData("PR15", PreAuthState.Cancelling)]
    [InlineData("PR16", PreAuthState.CancelFailed)]
    public async Task The_query_tells_every_state(string code, PreAuthState state)
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        bench.AnswerSigned(Good(code));

        var told = (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<PreAuthFacts>.Told>();

        told.Facts.ShouldBe(new("PA20261120001", LianLianMobileBench.Yuan(80050), state, code)
        {
            ProviderNumber = "2026112013121201",
        });
        bench.Addresses[0].ShouldBe(new("http://127.0.0.1:9/queryapi/preauthquery.htm"));
        var sent = JsonSerializer.Deserialize<Dictionary<string, string>>(bench.Requests[0])!;
        sent.ContainsKey("user_id").ShouldBeFalse();
        sent.ContainsKey("money_order").ShouldBeFalse();
        sent["pay_type"].ShouldBe("F");
    }

    [Theory]
    [InlineData("PR07", "1000.00", true)]
    [InlineData("PR11", "1000.00", false)]
    [InlineData("PR14", "1000.00", false)]
    [InlineData("PR11", "800.5", true)]
    [InlineData("PR07", "999.99", false)]
    [InlineData("PR11", null, false)]
    [InlineData("PR13", null, false)]
    public async Task An_end_counts_with_the_equal_amount_only(string code, string? money, bool told)
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(LianLianMobileBench.With(Good(code), "money_order", money));

        ((await QueryAsync(bench)) is QueryAnswer<PreAuthFacts>.Told).ShouldBe(told);
    }

    [Theory]
    [InlineData("no_order", "PA20261120002")]
    [InlineData("no_order", null)]
    [InlineData("dt_order", "20261120104014")]
    [InlineData("dt_order", null)]
    [InlineData("oid_partner", null)]
    [InlineData("money_order", "800.51")]
    public async Task A_genuine_answer_about_another_order_proves_nothing(string name, string? value)
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(LianLianMobileBench.With(Good(), name, value));
        (await SendAsync(bench, confirm: true)).ShouldBeOfType<ProviderOutcome.Unknown>().Error
            .ShouldBe(ProviderError.AnswerMismatch);

        bench.AnswerSigned(LianLianMobileBench.With(Good("PR11"), name, value));
        (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<PreAuthFacts>.NoAnswer>().Error
            .ShouldBe(ProviderError.AnswerMismatch);
    }

    [Fact]
    public async Task Success_in_place_of_a_state_tells_nothing()
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(Good());

        (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<PreAuthFacts>.NoAnswer>();
    }

    [Fact]
    public async Task Nothing_leaves_that_is_outside_the_document()
    {
        using var bench = new LianLianMobileBench();
        PreAuthRequest[] unsound =
        [
            Request with { PayerId = "" },
            Request with { Amount = LianLianMobileBench.Yuan(100001) },
            Request with { Amount = LianLianMobileBench.Yuan(0) },
            Request with { Order = new("", Request.Order.OrderedAt, null) },
        ];
        foreach (var request in unsound)
        {
            (await bench.Provider.PreAuthorisations!.ConfirmAsync(
                bench.Account, request, bench.Keys, bench.Permit(), CancellationToken.None))
                .ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.InvalidRequest);
        }

        bench.Requests.ShouldBeEmpty();
        bench.Provider.PreAuthorisations!.CanQuery.ShouldBeTrue();
        bench.Provider.PreAuthorisations!.SettleTime.ShouldBe(TimeSpan.FromHours(2));
    }

    private static Task<ProviderOutcome> SendAsync(LianLianMobileBench bench, bool confirm) => confirm
        ? bench.Provider.PreAuthorisations!.ConfirmAsync(
            bench.Account, Request, bench.Keys, bench.Permit(), CancellationToken.None)
        : bench.Provider.PreAuthorisations!.CancelAsync(
            bench.Account, Request, bench.Keys, bench.Permit(), CancellationToken.None);

    private static Task<QueryAnswer<PreAuthFacts>> QueryAsync(LianLianMobileBench bench) =>
        bench.Provider.PreAuthorisations!.QueryAsync(bench.Account, Request, bench.Keys, CancellationToken.None);
}
