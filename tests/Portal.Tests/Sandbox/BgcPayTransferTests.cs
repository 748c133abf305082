namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>Transfers: once per number, within limits and balance, found again by either number.</summary>
public class BgcPayTransferTests
{
    [Fact]
    public async Task A_transfer_takes_from_the_balance_and_is_found_by_either_number()
    {
        await using var bench = await BgcPayBench.StartAsync();

        var made = BgcPayBench.Transferred(await bench.TransferAsync("B1", "400.00"));

        made.Text("order_id").ShouldBe("2026112111000000000000000001");
        made.Text("trans_date").ShouldBe("2026-11-21 10:00:00");
        foreach (var asked in new object[]
        {
            new { out_biz_no = "B1" }, new { order_id = made.Text("order_id"), out_biz_no = "other" },
        })
        {
            var told = await bench.QueryTransferAsync(asked);
            told.Text("out_biz_no").ShouldBe("B1");
            told.Text("currency").ShouldBe("USDT");
            told.Text("trans_amount").ShouldBe("400.00");
            told.Text("payee_did").ShouldBe(BgcPayBench.Payee);
        }

        var balance = (await bench.Host.GetAsync("/control/bgcpay/ledger")).GetProperty("balances").EnumerateArray()
            .Single(row => row.Text("currency") == "USDT");
        balance.GetProperty("amount").GetInt64().ShouldBe(60_000);
    }

    [Fact]
    public async Task The_same_number_again_is_refused_and_moves_nothing()
    {
        await using var bench = await BgcPayBench.StartAsync();
        await bench.TransferAsync("B1");

        BgcPayBench.Transferred(await bench.TransferAsync("B1")).Text("sub_code").ShouldBe("BIZ_UNIQUE_EXCEPTION");
        BgcPayBench.Transferred(await bench.TransferAsync("B1", "24.00")).Text("sub_code")
            .ShouldBe("BIZ_UNIQUE_EXCEPTION");
        (await bench.TransfersAsync()).ShouldBe(1);
    }

    public static TheoryData<string, string, string> TransferFaults() => new()
    {
        { "out_biz_no", "", "INVALID_PARAMETER" },
        { "out_biz_no", new string('1', 65), "INVALID_PARAMETER" },
        { "order_title", "", "INVALID_PARAMETER" },
        { "order_title", new string('1', 129), "INVALID_PARAMETER" },
        { "remark", new string('1', 201), "INVALID_PARAMETER" },
        { "trans_amount", "1.234", "INVALID_PARAMETER" },
        { "trans_amount", "abc", "INVALID_PARAMETER" },
        { "trans_amount", "0.00", "INVALID_PARAMETER" },
        { "trans_amount", "0.09", "EXCEED_LIMIT_SM_MIN_AMOUNT" },
        { "trans_amount", "100000000.01", "EXCEED_LIMIT_SM_AMOUNT" },
        { "trans_amount", "1000.01", "BALANCE_IS_NOT_ENOUGH" },
        { "currency", "BTC", "CURRENCY_NOT_SUPPORT" },
        { "currency", "", "INVALID_PARAMETER" },
        { "payee_did", "NOBODY", "AUTHOREE_IS_NOT_MATCH" },
        { "payee_did", "ICE", "BLOCK_USER_FORBBIDEN_RECIEVE" },
    };

    [Theory]
    [MemberData(nameof(TransferFaults))]
    public async Task A_wrong_transfer_has_the_documents_code_and_moves_nothing(
        string name, string value, string subCode)
    {
        await using var bench = await BgcPayBench.StartAsync();
        await bench.PutUserAsync("ICE", new { name = "Ice", isFrozen = true });
        var business = new Dictionary<string, string>
        {
            ["out_biz_no"] = "B1",
            ["currency"] = "USDT",
            ["trans_amount"] = "10.00",
            ["order_title"] = "x",
            ["payee_did"] = BgcPayBench.Payee,
        };
        business[name] = value;

        var answer = BgcPayBench.Transferred(
            await bench.CallAsync("bgcpay.fund.trans.uni.transfer", business));

        answer.Text("code").ShouldBe("40004");
        answer.Text("sub_code").ShouldBe(subCode);
        (await bench.TransfersAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("single", 1_000, "10.01", "EXCEED_LIMIT_SM_AMOUNT")]
    [InlineData("singleToPersons", 1_000, "10.01", "EXCEED_LIMIT_PERSONAL_SM_AMOUNT")]
    [InlineData("singleToCompanies", 1_000, "10.01", "EXCEED_LIMIT_ENT_SM_AMOUNT")]
    [InlineData("day", 1_000, "10.01", "EXCEED_LIMIT_DM_MAX_AMOUNT")]
    [InlineData("day", 1_000, "6.00", "EXCEED_LIMIT_DM_AMOUNT")]
    [InlineData("month", 1_000, "10.01", "EXCEED_LIMIT_MM_MAX_AMOUNT")]
    [InlineData("month", 1_000, "6.00", "EXCEED_LIMIT_MM_AMOUNT")]
    [InlineData("dayCountPerPayee", 1, "6.00", "EXCEED_LIMIT_DC_RECEIVED")]
    [InlineData("dayToUnverified", 1_000, "6.00", "EXCEED_LIMIT_UNRN_DM_AMOUNT")]
    public async Task Each_limit_has_its_own_code(string limit, int value, string amount, string subCode)
    {
        await using var bench = await BgcPayBench.StartAsync(new
        {
            md5Key = BgcPayBench.Key,
            balances = BgcPayBench.Balances,
            limits = new Dictionary<string, int> { [limit] = value },
        });
        await bench.PutUserAsync(BgcPayBench.Payee, new
        {
            name = "Test",
            isCompany = limit == "singleToCompanies",
            isUnverified = limit == "dayToUnverified",
        });
        BgcPayBench.Transferred(await bench.TransferAsync("B0", "5.00")).Text("code").ShouldBe("10000");

        BgcPayBench.Transferred(await bench.TransferAsync("B1", amount)).Text("sub_code").ShouldBe(subCode);

        // The next day, or the next month, the sums begin again; the size of one transfer does not.
        bench.Host.Clock.Advance(TimeSpan.FromDays(limit == "month" ? 31 : 1));
        BgcPayBench.Transferred(await bench.TransferAsync("B2", amount)).Text("code")
            .ShouldBe(amount == "6.00" ? "10000" : "40004");
    }

    [Fact]
    public async Task A_frozen_merchant_sends_nothing()
    {
        await using var bench = await BgcPayBench.StartAsync(
            new { md5Key = BgcPayBench.Key, balances = BgcPayBench.Balances, frozen = true });

        BgcPayBench.Transferred(await bench.TransferAsync("B1")).Text("sub_code")
            .ShouldBe("BLOCK_USER_FORBBIDEN_SEND");
    }

    [Fact]
    public async Task A_transfer_of_another_application_may_not_be_looked_at_and_an_unknown_one_is_not_there()
    {
        await using var bench = await BgcPayBench.StartAsync();
        var orderId = BgcPayBench.Transferred(await bench.TransferAsync("B1")).Text("order_id");
        await bench.PutAppAsync(new { md5Key = BgcPayBench.Key }, "2");

        BgcPayBench.Open(
                await bench.CallAsync(
                    "bgcpay.fund.trans.common.query", new { order_id = orderId }, ("app_id", "2")),
                "bgcpay_fund_trans_common_query_response")
            .Text("sub_code").ShouldBe("NO_ORDER_PERMISSION");
        (await bench.QueryTransferAsync(new { out_biz_no = "B2" })).Text("sub_code").ShouldBe("ORDER_NOT_EXIST");
        (await bench.QueryTransferAsync(new { })).Text("sub_code").ShouldBe("INVALID_PARAMETER");
    }

    [Theory]
    [InlineData("1.74", "BALANCE_IS_NOT_ENOUGH", 0)]
    [InlineData("1.75", "SYSTEM_ERROR", 1)]
    [InlineData("1.76", "SYSTEM_ERROR", 0)]
    public async Task The_last_two_digits_of_an_amount_order_an_outcome(string amount, string subCode, int made)
    {
        await using var bench = await BgcPayBench.StartAsync();

        BgcPayBench.Transferred(await bench.TransferAsync("B1", amount)).Text("sub_code").ShouldBe(subCode);

        (await bench.TransfersAsync()).ShouldBe(made);
    }

    [Fact]
    public async Task A_transfer_still_being_processed_is_not_known_to_the_query_at_first()
    {
        await using var bench = await BgcPayBench.StartAsync();
        BgcPayBench.Transferred(await bench.TransferAsync("B1", "1.77")).Text("code").ShouldBe("10000");

        (await bench.QueryTransferAsync(new { out_biz_no = "B1" })).Text("sub_code").ShouldBe("ORDER_NOT_EXIST");
        BgcPayBench.Transferred(await bench.TransferAsync("B1", "1.77")).Text("sub_code")
            .ShouldBe("BIZ_UNIQUE_EXCEPTION");
        bench.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        (await bench.QueryTransferAsync(new { out_biz_no = "B1" })).Text("code").ShouldBe("10000");
    }

    [Fact]
    public async Task A_dropped_transfer_is_not_made_and_an_http_500_may_hide_one_that_was()
    {
        await using var bench = await BgcPayBench.StartAsync();

        await Should.ThrowAsync<HttpRequestException>(() => bench.TransferAsync("B1", "1.72"));
        (await bench.TransfersAsync()).ShouldBe(0);
        (await bench.TransferAsync("B2", "1.73")).ShouldStartWith("<html>");
        (await bench.TransfersAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_ledger_outlives_the_process()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");
        try
        {
            await using (var bench = await BgcPayBench.StartAsync(args: ["--ledger", file]))
            {
                await bench.TransferAsync("B1");
                await bench.PayAsync("T_1");
            }

            await using var again = await BgcPayBench.StartAsync(args: ["--ledger", file]);
            (await again.QueryTransferAsync(new { out_biz_no = "B1" })).Text("code").ShouldBe("10000");
            (await again.QueryTradeAsync(new { out_trade_no = "T_1" })).Text("trade_status")
                .ShouldBe("WAIT_BUYER_PAY");
            BgcPayBench.Transferred(await again.TransferAsync("B1")).Text("sub_code")
                .ShouldBe("BIZ_UNIQUE_EXCEPTION");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
