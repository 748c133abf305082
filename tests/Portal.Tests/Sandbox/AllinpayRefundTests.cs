using System.Net.Http.Json;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class AllinpayRefundTests
{
    const string Gateway = "/gateway/index.do";
    const string Query = "/mchtoq/refundQuery";

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task A_refund_is_accepted_and_its_answer_is_signed_with_the_key_under_both_sign_types(string signType)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1", signType);

        var answer = await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 2500, "R1", signType));

        var source = $"merchantId=100020091218001&version=v2.3&signType={signType}&orderNo=A1&orderAmount=10000"
            + "&orderDatetime=20261121100000&refundAmount=2500&refundDatetime=20261121100000&refundResult=20"
            + "&mchtRefundOrderNo=R1&returnDatetime=20261121100000";
        answer.ShouldBe($"{source}&signMsg={SandboxHost.Md5(source + "&key=1234567890")}");
    }

    [Fact]
    public async Task A_merchant_set_to_certificates_gets_its_refund_answer_signed_over_the_plain_text()
    {
        await using var sandbox = await SandboxHost.StartAsync(
            new { md5Key = SandboxHost.Key, refundAnswerByCertificate = true });
        await sandbox.PlacePaidAsync("A1", "1");

        var answer = await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 2500, "R1", "1"));

        var place = answer.IndexOf("&signMsg=", StringComparison.Ordinal);
        sandbox.Verifies(answer[..place], SandboxHost.Form(answer)["signMsg"]).ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_refund_number_sent_twice_makes_two_refunds_unless_the_merchant_is_strict()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));
        (await sandbox.RefundsAsync()).Length.ShouldBe(2);

        await sandbox.PutMerchantAsync(new { md5Key = SandboxHost.Key, strictRefundNumbers = true });
        var third = await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));

        third.ShouldBe("ERRORCODE=ZF30003&ERRORMSG=不能重复提交订单");
        (await sandbox.RefundsAsync()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Refunds_never_add_up_to_more_than_the_order_until_one_of_them_fails()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 6000, "R1"));

        var over = await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 6000, "R2"));
        over.ShouldBe("ERRORCODE=ZF10028&ERRORMSG=该笔订单不符合退款条件");

        await sandbox.Http.PostAsJsonAsync("/control/allinpay/refunds/R000001/state", new { state = "TKSUCC0007" });
        var after = await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 6000, "R3"));
        SandboxHost.Form(after)["refundResult"].ShouldBe("20");
    }

    [Theory]
    [InlineData("orderNo=A1", "orderNo=B1", "ZF10027")]
    [InlineData("orderNo=A1", "orderNo=A%3C1", "ZF10015")]
    [InlineData("signType=0", "signType=2", "ZF10004")]
    [InlineData("refundAmount=2500", "refundAmount=0", "ZF10014")]
    [InlineData("refundAmount=2500", "refundAmount=25.00", "ZF10014")]
    [InlineData("orderDatetime=20261121100000", "orderDatetime=20261321100000", "ZF10013")]
    [InlineData("merchantId=100020091218001", "merchantId=100020091218002", "ZF30005")]
    [InlineData("version=v2.3", "version=v2.9", "ZF10019")]
    public async Task A_parameter_the_gateway_cannot_take_is_refused_with_its_code(string good, string bad, string code)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");
        var request = SandboxHost.Refund("A1", 2500, "R1");
        var source = request[..request.IndexOf("&signMsg=", StringComparison.Ordinal)].Replace(good, bad);
        var signed = $"{source}&signMsg={SandboxHost.Md5($"{Uri.UnescapeDataString(source)}&key=1234567890")}";

        var answer = await sandbox.PostAsync(Gateway, signed);

        answer.ShouldStartWith($"ERRORCODE={code}&ERRORMSG=");
        (await sandbox.RefundsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_signed_with_another_key_is_refused_and_marked_in_the_calls()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");
        var request = SandboxHost.Refund("A1", 2500, "R1");

        var answer = await sandbox.PostAsync(Gateway, request[..^1] + (request[^1] == '0' ? '1' : '0'));

        answer.ShouldBe("ERRORCODE=ZF10020&ERRORMSG=参数签名信息不正确");
        var call = (await sandbox.GetAsync("/control/calls?interface=refund")).EnumerateArray().Single();
        call.GetProperty("signatureValid").GetBoolean().ShouldBeFalse();
        call.GetProperty("fields").TryGetProperty("signMsg", out _).ShouldBeFalse();
        call.GetProperty("answered").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task An_unpaid_order_is_not_refunded()
    {
        await using var sandbox = await SandboxHost.StartAsync(
            new { md5Key = SandboxHost.Key, plainErrorCodes = true });
        await sandbox.PlaceAsync(new
        {
            merchantId = SandboxHost.Merchant,
            orderNo = "A1",
            orderDatetime = "20261121100000",
            orderAmount = 10_000,
            currency = "156",
            signType = "0",
            state = "unpaid",
        });

        var answer = await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 2500, "R1"));

        answer.ShouldBe("ERRORCODE=10028&ERRORMSG=该笔订单不符合退款条件");
    }

    [Fact]
    public async Task A_refund_walks_through_its_review_one_state_each_step()
    {
        await using var sandbox = await SandboxHost.StartAsync(args: ["--review-step", "60"]);
        await sandbox.PlacePaidAsync("A1");
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 2500, "R1"));

        var states = new List<string>();
        for (var step = 0; step < 6; step++)
        {
            states.Add((await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 2500, "R1"))).Split('|')[7]);
            sandbox.Clock.Advance(TimeSpan.FromSeconds(60));
        }

        states.ShouldBe(
            ["TKSUCC0001", "TKSUCC0002", "TKSUCC0003", "TKSUCC0005", "TKSUCC0006", "TKSUCC0006"]);
        (await sandbox.RefundsAsync()).Single().GetProperty("moneyMoved").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData(175, "TKSUCC0007")]
    [InlineData(176, "TKSUCC0008")]
    [InlineData(177, "TKSUCC0004")]
    [InlineData(178, "TKSUCC0002")]
    [InlineData(180, "TKSUCC0006")]
    public async Task The_amount_decides_how_the_review_ends(long amount, string end)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", amount, "R1"));
        sandbox.Clock.Advance(TimeSpan.FromHours(1));

        var refund = (await sandbox.RefundsAsync()).Single();

        refund.GetProperty("state").GetString().ShouldBe(end);
        refund.GetProperty("moneyMoved").GetBoolean().ShouldBe(end == "TKSUCC0006");
    }
}
