using System.Text.Json.Nodes;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianGlobal;

namespace MerchantPortal.Payments.Tests.LianLianGlobal;

public sealed class LianLianGlobalRefundTests
{
    private static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    public static RefundRequest Refund => new()
    {
        RefundNumber = "R_20261120_1",
        Order = new("NO-1_a", OrderedAt, "202611200001"),
        OrderAmount = new(1000, LianLianGlobalBench.Hkd),
        Amount = new(400, LianLianGlobalBench.Hkd),
        RequestedAt = OrderedAt.AddHours(1),
    };

    [Theory]
    [InlineData("v4")]
    [InlineData("v3")]
    public async Task The_request_has_the_third_versions_fields_under_the_accounts_version(string version)
    {
        using var bench = new LianLianGlobalBench();
        bench.Account = bench.Account with
        {
            Settings = new Dictionary<string, string> { [LianLianGlobalOptions.VersionSegment] = version },
        };

        await SendAsync(bench);

        bench.Heads.Single().RequestUri!.AbsolutePath.ShouldBe(
            $"/{version}/merchants/142021010800006001/payments/NO-1_a/refunds");
        JsonNode.DeepEquals(JsonNode.Parse(bench.Requests.Single()), JsonNode.Parse("""
            {"merchant_transaction_id":"R_20261120_1","merchant_id":"142021010800006001",
             "merchant_refund_time":"20261120010001","original_transaction_id":"NO-1_a",
             "refund_data":{"refund_currency_code":"HKD","refund_amount":"4.00"}}
            """)).ShouldBeTrue();
        LianLianGlobalBench.IsOurs(
            "merchant_id=142021010800006001&merchant_refund_time=20261120010001&merchant_transaction_id=R_20261120_1"
            + "&original_transaction_id=NO-1_a&refund_amount=4.00&refund_currency_code=HKD",
            bench.Sent("signature")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("RS")]
    [InlineData("RP")]
    [InlineData("WR")]
    [InlineData("PA")]
    public async Task A_signed_success_about_exactly_our_refund_is_accepted_and_no_more(string status)
    {
        using var bench = new LianLianGlobalBench();
        bench.Tell(Good(("refund_status", status)));

        var outcome = await SendAsync(bench);

        outcome.ShouldBeOfType<ProviderOutcome.Accepted>().ProviderCode.ShouldBe(status);
        outcome.ProviderNumber.ShouldBe("LL-R-1");
    }

    [Fact]
    public async Task The_fields_may_also_stand_beside_the_general_ones_and_numbers_may_be_numbers()
    {
        using var bench = new LianLianGlobalBench();
        var good = LianLianGlobalReplies.Flat(Good());
        good["refund_data"]!["refund_amount"] = 4;
        good["return_message"] = good["return_msg"]!.DeepClone();
        good.Remove("return_msg");
        bench.Answer(good.ToJsonString(), LianLianGlobalBench.Sign(
            LianLianGlobalBench.Text(good).Replace("refund_amount=4", "refund_amount=4.00", StringComparison.Ordinal)));

        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Accepted>();
    }

    [Theory]
    [InlineData("RF")]
    [InlineData("RC")]
    public async Task Even_a_failure_in_the_refunds_own_answer_is_left_to_the_query(string status)
    {
        using var bench = new LianLianGlobalBench();
        bench.Tell(Good(("refund_status", status)));

        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>().ProviderCode.ShouldBe(status);
    }

    public static TheoryData<string> Refusals() => [.. LianLianGlobalRefunds.Refusals.Select(row => row.Code)];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Only_the_interfaces_own_list_signed_and_with_its_status_is_refused(string code)
    {
        var status = LianLianGlobalRefunds.Refusals.Single(row => row.Code == code).Status;
        using var bench = new LianLianGlobalBench();

        LianLianGlobalReplies.Error(bench, status, code);
        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Refused>().ProviderCode.ShouldBe(code);

        bench.Answer(LianLianGlobalReplies.ErrorBody(code).ToJsonString(), null, status);
        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>();

        LianLianGlobalReplies.Error(bench, status + 1, code);
        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>();
    }

    public static TheoryData<string> OtherCodes() =>
    [
        .. LianLianGlobalErrors.Table.Entries.Select(row => row.Code).Where(code => code.Length > 2)
            .Except(LianLianGlobalRefunds.Refusals.Select(row => row.Code)).Except(["SUCCESS"]),
    ];

    [Theory]
    [MemberData(nameof(OtherCodes))]
    public async Task Every_other_code_leaves_the_refund_unknown_even_signed(string code)
    {
        using var bench = new LianLianGlobalBench();
        LianLianGlobalReplies.Error(bench, LianLianGlobalErrors.Table.Find(code)!.HttpStatus ?? 422, code);

        var outcome = (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>();

        outcome.Error.ShouldBe(LianLianGlobalErrors.Table.Meaning(code));
        outcome.ProviderCode.ShouldBe(code);
    }

    public static TheoryData<string> WrongReplies() => [.. LianLianGlobalReplies.Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongReplies))]
    public async Task A_wrong_reply_leaves_the_refund_unknown(string reply)
    {
        using var bench = new LianLianGlobalBench();
        var (answer, error) = LianLianGlobalReplies.Wrong[reply];
        answer(bench, Good());

        var outcome = await SendAsync(bench);

        outcome.ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(error);
        outcome.Transcript.BodyStarted.ShouldBeTrue();
        bench.Requests.Count.ShouldBe(1);
    }

    public static TheoryData<string, string, ProviderError> OtherRefunds() => new()
    {
        { "merchant_transaction_id", "R_20261120_2", ProviderError.AnswerMismatch },
        { "original_transaction_id", "NO-1_b", ProviderError.AnswerMismatch },
        { "merchant_id", "142021010800006002", ProviderError.AnswerMismatch },
        { "refund_amount", "4.01", ProviderError.AnswerMismatch },
        { "refund_amount", "400", ProviderError.AnswerMismatch },
        { "refund_amount", "-4.00", ProviderError.AnswerMismatch },
        { "refund_amount", "4.000", ProviderError.AnswerMismatch },
        { "refund_amount", "４.00", ProviderError.AnswerMismatch },
        { "refund_currency_code", "JPY", ProviderError.AnswerMismatch },
        { "refund_status", "XX", ProviderError.AnswerUnreadable },
        { "refund_status", "rs", ProviderError.AnswerUnreadable },
        { "refund_time", "yesterday", ProviderError.AnswerUnreadable },
        { "refund_time", "20261320000000", ProviderError.AnswerUnreadable },
        { "bonus", "1", ProviderError.AnswerUnreadable },
        { "ll_transaction_id", "", ProviderError.AnswerUnreadable },
    };

    [Theory]
    [MemberData(nameof(OtherRefunds))]
    public async Task A_signed_answer_about_anything_else_proves_nothing(string name, string value, ProviderError error)
    {
        using var bench = new LianLianGlobalBench();
        bench.Tell(Good((name, value)));

        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(error);
        (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    [Fact]
    public async Task An_answer_without_refund_data_proves_nothing()
    {
        using var bench = new LianLianGlobalBench();
        var good = Good();
        good["order"]!.AsObject().Remove("refund_data");
        bench.Tell(good);

        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.Unknown>();
    }

    [Fact]
    public async Task A_refused_connection_an_old_claim_and_a_stopping_process_send_nothing()
    {
        using var bench = new LianLianGlobalBench();
        var old = bench.Permit();
        bench.Clock.Advance(TimeSpan.FromSeconds(5));

        (await bench.Provider.Refunds!.SendAsync(bench.Account, Refund, bench.Keys, old, CancellationToken.None))
            .ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.SentTooLate);
        (await bench.Provider.Refunds!.SendAsync(
                bench.Account, Refund, bench.Keys, bench.Permit(), new CancellationToken(canceled: true)))
            .ShouldBeOfType<ProviderOutcome.NotSent>();
        bench.RefuseConnection();
        (await SendAsync(bench)).ShouldBeOfType<ProviderOutcome.NotSent>().Error
            .ShouldBe(ProviderError.ConnectionFailed);
        bench.Requests.ShouldBeEmpty();
    }

    public static TheoryData<string> UnsoundRefunds() =>
    [
        "order with &", "order with /", "order with dots", "empty order", "order of 65", "refund with line end",
        "refund with Chinese", "nothing", "less than nothing", "more than the order", "two currencies",
        "foreign currency", "three decimals", "merchant with slash", "too long an amount",
    ];

    [Theory]
    [MemberData(nameof(UnsoundRefunds))]
    public async Task What_is_outside_the_documents_shapes_is_never_signed_or_sent(string fault)
    {
        using var bench = new LianLianGlobalBench();
        RefundRequest Order(string number) => Refund with { Order = Refund.Order with { MerchantNumber = number } };
        RefundRequest Amount(long minor, string code = "HKD") => Refund with
        {
            Amount = new(minor, CurrencyTable.Get(code)),
            OrderAmount = new(Math.Max(minor, 1000), CurrencyTable.Get(code)),
        };
        var refund = fault switch
        {
            "order with &" => Order("NO1&refund_amount"),
            "order with /" => Order("NO1/refunds"),
            "order with dots" => Order(".."),
            "empty order" => Order(""),
            "order of 65" => Order(new('1', 65)),
            "refund with line end" => Refund with { RefundNumber = "R\n1" },
            "refund with Chinese" => Refund with { RefundNumber = "退1" },
            "nothing" => Amount(0),
            "less than nothing" => Amount(-1),
            "more than the order" => Refund with { Amount = new(1001, LianLianGlobalBench.Hkd) },
            "two currencies" => Refund with { Amount = new(400, LianLianGlobalBench.Jpy) },
            "foreign currency" => Amount(400, "USD"),
            "three decimals" => Amount(400, "KWD"),
            "too long an amount" => Amount(10_000_000_000_000_000),
            _ => Refund,
        };
        var account = fault == "merchant with slash" ? bench.Account with { MerchantId = "1/2" } : bench.Account;

        (await bench.Provider.Refunds!.SendAsync(account, refund, bench.Keys, bench.Permit(), CancellationToken.None))
            .ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.InvalidRequest);
        bench.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Yen_go_out_with_two_decimals_as_the_tables_demand_and_come_back_with_or_without()
    {
        using var bench = new LianLianGlobalBench();
        var refund = Refund with
        {
            OrderAmount = new(4860, LianLianGlobalBench.Jpy),
            Amount = new(100, LianLianGlobalBench.Jpy),
        };
        bench.Tell(Good(("refund_amount", "100"), ("refund_currency_code", "JPY")));

        var outcome = await bench.Provider.Refunds!.SendAsync(
            bench.Account, refund, bench.Keys, bench.Permit(), CancellationToken.None);

        outcome.ShouldBeOfType<ProviderOutcome.Accepted>();
        bench.Requests.Single().ShouldContain("\"100.00\"");
    }

    public static TheoryData<string> States() => [.. LianLianGlobalStatuses.Refunds.Select(row => row.Code)];

    [Theory]
    [MemberData(nameof(States))]
    public async Task The_query_tells_each_state_of_our_refund(string code)
    {
        var state = LianLianGlobalStatuses.Refund(code)!.State;
        using var bench = new LianLianGlobalBench();
        bench.Tell(Good(("refund_status", code), ("refund_time", "20261120103000")));

        var told = (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.Told>();

        told.Facts.ShouldBe(new(
            "R_20261120_1", Refund.Amount, state, code, new DateTimeOffset(2026, 11, 20, 2, 30, 0, TimeSpan.Zero)));
        bench.Heads.Single().Method.ShouldBe(HttpMethod.Get);
        bench.Heads.Single().RequestUri!.AbsolutePath.ShouldBe(
            "/v4/merchants/142021010800006001/refunds/R_20261120_1");
        bench.Requests.Single().ShouldBeEmpty();
        LianLianGlobalBench.IsOurs(
            "merchant_id=142021010800006001&merchant_transaction_id=R_20261120_1", bench.Sent("signature"))
            .ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(WrongReplies))]
    public async Task A_wrong_reply_to_the_query_tells_nothing(string reply)
    {
        using var bench = new LianLianGlobalBench();
        var (answer, error) = LianLianGlobalReplies.Wrong[reply];
        answer(bench, Good());

        (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    [Fact]
    public async Task A_refund_that_is_not_known_is_not_found_and_a_query_without_a_state_tells_nothing()
    {
        using var bench = new LianLianGlobalBench();
        bench.Answer(LianLianGlobalReplies.ErrorBody("OBJECT_NOT_FOUND").ToJsonString(), null, 404);
        (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NotFound>();

        bench.Answer(
            LianLianGlobalReplies.ErrorBody("OBJECT_NOT_FOUND").ToJsonString(),
            LianLianGlobalBench.Sign("x", byStranger: true), 404);
        (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NoAnswer>();

        bench.Tell(Good(("refund_status", "")));
        (await QueryAsync(bench)).ShouldBeOfType<QueryAnswer<RefundFacts>.NoAnswer>();
    }

    /// <summary>A genuine answer to <see cref="Refund"/>, with changes.</summary>
    private static JsonObject Good(params (string Name, string Value)[] changes)
    {
        var order = LianLianGlobalBench.Json("""
            {"ll_transaction_id":"LL-R-1","merchant_transaction_id":"R_20261120_1","original_transaction_id":"NO-1_a",
             "refund_data":{"refund_currency_code":"HKD","refund_amount":"4.00","settlement_currency_code":"USD",
              "settlement_amount":"0.51","refund_status":"RP","exchange_rate":"0.12800000","account_date":"20261120"}}
            """);
        var data = order["refund_data"]!.AsObject();
        foreach (var (name, value) in changes)
        {
            var isData = data.ContainsKey(name) || name.StartsWith("refund_", StringComparison.Ordinal);
            (isData ? data : order)[name] = value;
        }

        return LianLianGlobalReplies.Success(order);
    }

    private static Task<ProviderOutcome> SendAsync(LianLianGlobalBench bench) => bench.Provider.Refunds!.SendAsync(
        bench.Account, Refund, bench.Keys, bench.Permit(), CancellationToken.None);

    private static Task<QueryAnswer<RefundFacts>> QueryAsync(LianLianGlobalBench bench) =>
        bench.Provider.Refunds!.QueryAsync(bench.Account, Refund, bench.Keys, CancellationToken.None);
}
