using System.Text;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class AllinpayOrderQueryTests
{
    const string Gateway = "/gateway/index.do";
    const string Batch = "/mchtoq/index.do";

    static string Query(string orderNo, string queried = "20261121100000", string placed = "20261121100000",
        string signType = "0") => SandboxHost.Signed(
        $"merchantId=100020091218001&version=v1.5&signType={signType}&orderNo={orderNo}&orderDatetime={placed}"
        + $"&queryDatetime={queried}");

    static string Page(int page, string begin = "2026112100", string end = "2026112123") => SandboxHost.Signed(
        $"version=v1.6&merchantId=100020091218001&beginDateTime={begin}&endDateTime={end}&pageNo={page}&signType=1");

    static object Order(string orderNo, string state = "paid", string? ext1 = null) => new
    {
        merchantId = SandboxHost.Merchant,
        orderNo,
        orderDatetime = "20261121100000",
        orderAmount = 500,
        currency = "156",
        signType = "1",
        ext1,
        state,
    };

    [Fact]
    public async Task A_paid_order_is_answered_like_a_notification_signed_with_the_key()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var id = (await sandbox.PlacePaidAsync("A1"))[0].GetProperty("paymentOrderId").GetString();

        var answer = await sandbox.PostAsync(Gateway, Query("A1"));

        var source = $"merchantId=100020091218001&version=v1.0&signType=0&paymentOrderId={id}&orderNo=A1"
            + "&orderDatetime=20261121100000&orderAmount=10000&payDatetime=20261121100000&payAmount=10000"
            + "&payResult=1&returnDatetime=20261121100000";
        answer.ShouldBe($"{source}&signMsg={SandboxHost.Md5(source + "&key=1234567890")}");
    }

    [Fact]
    public async Task A_notification_published_from_the_test_gateway_comes_out_with_its_own_signature()
    {
        var sent = new DateTimeOffset(2018, 3, 15, 16, 53, 30, TimeSpan.FromHours(8));
        await using var sandbox = await SandboxHost.StartAsync(clock: new(sent));
        await sandbox.PlaceAsync(new
        {
            merchantId = SandboxHost.Merchant,
            orderNo = "PF_20180315165437zUjk",
            orderDatetime = "20180315103703",
            orderAmount = 1,
            currency = "156",
            signType = "0",
            payType = "0",
            state = "paid",
            payDatetime = "20180315164927",
            paymentOrderId = "201803151649092687",
        });

        var answer = await sandbox.PostAsync(
            Gateway, Query("PF_20180315165437zUjk", "20180315165330", "20180315103703"));

        SandboxHost.Form(answer)["signMsg"].ShouldBe("B72D9264FF3FAA63106F0B6F9218DF70");
    }

    [Fact]
    public async Task Under_sign_type_1_the_certificate_signs_the_plain_text_and_values_come_percent_encoded()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlaceAsync(Order("A1", ext1: "<USER>测试 1</USER>"));

        var answer = await sandbox.PostAsync(Gateway, Query("A1", signType: "1"));

        answer.ShouldContain("&ext1=%3CUSER%3E%E6%B5%8B%E8%AF%95+1%3C%2FUSER%3E&");
        var form = SandboxHost.Form(answer);
        var source = string.Join('&', form.Where(f => f.Key != "signMsg").Select(f => $"{f.Key}={f.Value}"));
        sandbox.Verifies(source, form["signMsg"]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("20261121101500", "payResult=1")]
    [InlineData("20261121094500", "payResult=1")]
    [InlineData("20261121101501", "ERRORCODE=ZF10023&ERRORMSG=参数查询时间不正确")]
    [InlineData("20261121094459", "ERRORCODE=ZF10023&ERRORMSG=参数查询时间不正确")]
    public async Task The_time_of_the_query_may_be_off_by_fifteen_minutes(string queried, string expected)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");

        (await sandbox.PostAsync(Gateway, Query("A1", queried))).ShouldContain(expected);
    }

    [Fact]
    public async Task Orders_unpaid_or_unknown_or_of_another_sign_type_or_too_old_are_not_told()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");
        await sandbox.PlaceAsync(Order("A2", "unpaid"));

        (await sandbox.PostAsync(Gateway, Query("A2", signType: "1"))).ShouldStartWith("ERRORCODE=ZF10027");
        (await sandbox.PostAsync(Gateway, Query("A3"))).ShouldStartWith("ERRORCODE=ZF10027");
        (await sandbox.PostAsync(Gateway, Query("A1", signType: "1"))).ShouldStartWith("ERRORCODE=ZF10004");
        sandbox.Clock.Advance(TimeSpan.FromDays(31));
        (await sandbox.PostAsync(Gateway, Query("A1", "20261222100000"))).ShouldStartWith("ERRORCODE=ZF10013");
    }

    [Fact]
    public async Task A_batch_page_is_base64_of_lines_signed_by_the_certificate()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlaceAsync(Order("A1", ext1: "测试"), Order("A2", "unpaid"));

        var text = Encoding.UTF8.GetString(Convert.FromBase64String(await sandbox.PostAsync(Batch, Page(1))));

        var lines = "100020091218001|1|1|N\r\n"
            + "100020091218001|20261121100000000001|A1|20261121100000|500|20261121100000|500|测试||1\r\n";
        text.ShouldStartWith(lines + "\r\n");
        sandbox.Verifies(SandboxHost.Md5(lines), text[(lines.Length + 2)..]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_batch_without_rows_is_a_summary_of_zeros_with_its_signature()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var text = Encoding.UTF8.GetString(Convert.FromBase64String(await sandbox.PostAsync(Batch, Page(1))));

        text.ShouldStartWith("100020091218001|0|0|N\r\n\r\n");
        sandbox.Verifies(SandboxHost.Md5("100020091218001|0|0|N\r\n"), text.Split("\r\n")[2]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_batch_goes_on_in_pages_of_five_hundred()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlaceAsync([.. Enumerable.Range(1, 501).Select(n => Order($"A{n:D3}"))]);

        async Task<string> SummaryAsync(int page) => Encoding.UTF8.GetString(
            Convert.FromBase64String(await sandbox.PostAsync(Batch, Page(page)))).Split("\r\n")[0];

        (await SummaryAsync(1)).ShouldBe("100020091218001|500|1|Y");
        (await SummaryAsync(2)).ShouldBe("100020091218001|1|2|N");
        (await SummaryAsync(3)).ShouldBe("100020091218001|0|0|N");
    }

    [Theory]
    [InlineData("2026112000", "2026112023", "ZF10024")]
    [InlineData("2026112100", "2026112200", "ZF10025")]
    [InlineData("2026112112", "2026112111", "ZF10025")]
    [InlineData("20261121000000", "2026112111", "ZF10024")]
    public async Task A_batch_asks_for_hours_of_today_only(string begin, string end, string code)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.PostAsync(Batch, Page(1, begin, end));

        Encoding.UTF8.GetString(Convert.FromBase64String(answer)).ShouldStartWith($"ERRORCODE={code}&ERRORMSG=\"");
    }

    [Fact]
    public async Task The_last_hour_of_a_batch_counts_to_its_end()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlaceAsync(Order("A1"));

        async Task<string> TextAsync(string begin, string end) => Encoding.UTF8.GetString(
            Convert.FromBase64String(await sandbox.PostAsync(Batch, Page(1, begin, end))));

        (await TextAsync("2026112110", "2026112110")).ShouldContain("|A1|");
        (await TextAsync("2026112100", "2026112109")).ShouldNotContain("|A1|");
        (await TextAsync("2026112111", "2026112123")).ShouldNotContain("|A1|");
    }
}
