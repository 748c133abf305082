namespace MerchantPortal.Portal.Tests.Sandbox;

public class AllinpayPreAuthTests
{
    const string Gateway = "/gateway/index.do";

    static string Confirm(long confirmed, string signType = "0", string currency = "840") => SandboxHost.Signed(
        $"version=v1.9&merchantId=100020091218001&orderAmount=1000&confirmAmount={confirmed}&currency={currency}"
        + $"&orderNo=A1&orderDatetime=20261121100000&signType={signType}");

    static string Cancel() => SandboxHost.Signed(
        "merchantId=100020091218001&version=v1.8&orderAmount=1000&currency=840&orderNo=A1"
        + "&orderDatetime=20261121100000&signType=0");

    static async Task<SandboxHost> StartAuthorisedAsync(string signType = "0")
    {
        var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlaceAsync(new
        {
            merchantId = SandboxHost.Merchant,
            orderNo = "A1",
            orderDatetime = "20261121100000",
            orderAmount = 1000,
            currency = "840",
            signType,
            state = "authorised",
        });
        return sandbox;
    }

    [Fact]
    public async Task A_confirmation_captures_once_and_what_it_captured_can_be_refunded()
    {
        await using var sandbox = await StartAuthorisedAsync();

        var lines = (await sandbox.PostAsync(Gateway, Confirm(800))).Split("\r\n");

        lines[0].ShouldBe("0000|成功|v1.9|0|100020091218001|A1|20261121100000|1000|840"
            + "|20261121100000000001|20261121100000");
        lines[1].ShouldBe(SandboxHost.Md5($"{lines[0]}|1234567890"));
        (await sandbox.PostAsync(Gateway, Confirm(800))).ShouldStartWith("FC0003_000009|失败|");
        (await sandbox.PostAsync(Gateway, Cancel())).ShouldStartWith("FC0003_000008|失败|v1.8|");
        (await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 801, "R1"))).ShouldStartWith("ERRORCODE=ZF10028");
        (await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 800, "R1"))).ShouldContain("refundResult=20");
    }

    [Fact]
    public async Task A_cancellation_releases_the_authorisation_for_good()
    {
        await using var sandbox = await StartAuthorisedAsync();

        (await sandbox.PostAsync(Gateway, Cancel())).ShouldStartWith("0000|成功|v1.8|0|");

        (await sandbox.PostAsync(Gateway, Confirm(800))).ShouldStartWith("FC0003_000009|失败|");
    }

    [Fact]
    public async Task Other_terms_than_those_authorised_capture_nothing()
    {
        await using var sandbox = await StartAuthorisedAsync("1");

        (await sandbox.PostAsync(Gateway, Confirm(1001, "1"))).ShouldStartWith("FC0003_000009|");
        (await sandbox.PostAsync(Gateway, Confirm(800, "1", "978"))).ShouldStartWith("FC0003_000009|");
        (await sandbox.PostAsync(Gateway, Confirm(0, "1"))).ShouldStartWith("ERRORCODE=ZF10014&");
        var lines = (await sandbox.PostAsync(Gateway, Confirm(1000, "1"))).Split("\r\n");
        lines[0].ShouldStartWith("0000|");
        sandbox.Verifies(SandboxHost.Md5(lines[0]), lines[1]).ShouldBeTrue();
    }
}
