namespace MerchantPortal.Portal.Tests.Sandbox;

public class AllinpayRefundQueryTests
{
    const string Gateway = "/gateway/index.do";
    const string Query = "/mchtoq/refundQuery";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lines_are_signed_with_a_bar_and_the_key_with_or_without_the_last_line_end(bool trailing)
    {
        await using var sandbox = await SandboxHost.StartAsync(
            new { md5Key = SandboxHost.Key, trailingCrlfSigned = trailing });
        await sandbox.PlacePaidAsync("A1");
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R2"));

        var answer = await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 100));

        var lines = "v2.4|0|100020091218001|A1|100|20261121100000|R1|TKSUCC0001|20261121100000\r\n"
            + "v2.4|0|100020091218001|A1|100|20261121100000|R2|TKSUCC0001|20261121100000";
        var signature = SandboxHost.Md5($"{lines}{(trailing ? "\r\n" : "")}|1234567890");
        answer.ShouldBe($"{lines}\r\n{signature}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Under_sign_type_1_the_certificate_signs_the_digest_of_the_lines(bool trailing)
    {
        await using var sandbox = await SandboxHost.StartAsync(
            new { md5Key = SandboxHost.Key, trailingCrlfSigned = trailing });
        await sandbox.PlacePaidAsync("A1", "1");
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1", "1"));

        var parts = (await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 100, "R1", "1"))).Split("\r\n");

        parts.Length.ShouldBe(2);
        sandbox.Verifies(SandboxHost.Md5(parts[0] + (trailing ? "\r\n" : "")), parts[1]).ShouldBeTrue();
    }

    [Fact]
    public async Task The_answer_printed_in_the_documents_section_3_8_comes_out_to_the_letter()
    {
        var accepted = new DateTimeOffset(2014, 11, 28, 3, 17, 57, TimeSpan.FromHours(8));
        await using var sandbox = await SandboxHost.StartAsync(
            new { md5Key = SandboxHost.Key, trailingCrlfSigned = true }, ["--review-step", "36000"], new(accepted));
        await sandbox.PlacePaidAsync("NO20141128151700");
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("NO20141128151700", 1, "2014"));
        sandbox.Clock.Advance(new DateTimeOffset(2014, 11, 28, 15, 14, 33, TimeSpan.FromHours(8)) - accepted);

        (await sandbox.PostAsync(Query, SandboxHost.RefundQuery("NO20141128151700", 1))).ShouldBe(
            "v2.4|0|100020091218001|NO20141128151700|1|20141128031757|2014|TKSUCC0002|20141128151433\r\n"
            + "B93C478F65CBB562122D367B262FC305");
    }

    [Fact]
    public async Task Only_refunds_of_that_amount_number_and_time_are_told()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));
        sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R2"));
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 200, "R3"));

        (await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 100, "R2"))).Split("\r\n").Length.ShouldBe(2);
        (await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 200))).ShouldContain("|R3|");
        var atFirst = SandboxHost.Signed("version=v2.4&signType=0&merchantId=100020091218001&orderNo=A1"
            + "&refundAmount=100&refundDatetime=20261121100000");
        (await sandbox.PostAsync(Query, atFirst)).Split("\r\n")[0].ShouldContain("|R1|");
    }

    [Theory]
    [InlineData("version=v2.4&signType=0&merchantId=&orderNo=A1&refundAmount=100", "001")]
    [InlineData("version=v2.4&signType=0&merchantId=1000200912180011&orderNo=A1&refundAmount=100", "002")]
    [InlineData("version=v2.4&signType=0&merchantId=100020091218002&orderNo=A1&refundAmount=100", "003")]
    [InlineData("version=v2.4&signType=0&merchantId=100020091218001&refundAmount=100", "004")]
    [InlineData("version=v2.4&signType=0&merchantId=100020091218001&orderNo=B1&refundAmount=100", "005")]
    [InlineData("version=v2.4&signType=0&merchantId=100020091218001&orderNo=A1", "006")]
    [InlineData("version=v2.4&signType=0&merchantId=100020091218001&orderNo=A1&refundAmount=0", "007")]
    [InlineData("version=v2.4&signType=0&merchantId=100020091218001&orderNo=A1&refundAmount=1.5", "008")]
    [InlineData(
        "version=v2.4&signType=0&merchantId=100020091218001&orderNo=A1&refundAmount=100&refundDatetime=2026", "009")]
    [InlineData("version=v2.4&signType=0&merchantId=100020091218001&orderNo=A1&refundAmount=100", "011")]
    public async Task A_query_it_cannot_answer_gets_the_documents_code(string source, string code)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");

        var answer = await sandbox.PostAsync(Query, SandboxHost.Signed(source));

        answer.ShouldStartWith($"ERRORCODE={code}& ERRORMSG=");
    }

    [Fact]
    public async Task A_query_with_a_wrong_digest_gets_code_010()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");

        var answer = await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 100) + "0");

        answer.ShouldBe("ERRORCODE=010& ERRORMSG=摘要错误");
    }

    [Fact]
    public async Task After_a_month_the_query_is_blind()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));

        sandbox.Clock.Advance(TimeSpan.FromDays(30));
        (await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 100))).ShouldContain("|TKSUCC0006|");
        sandbox.Clock.Advance(TimeSpan.FromDays(1));
        (await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 100))).ShouldStartWith("ERRORCODE=011& ");
    }
}
