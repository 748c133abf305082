using System.Security.Cryptography;

namespace MerchantPortal.Portal.Tests.Features.Signatures;

/// <summary>What is unusable, what is false, and what is only warned of.</summary>
public sealed class SignatureInputTests : IDisposable
{
    private const string Order = """{"merchantId":"M1","version":"v1.5","signType":"0","orderNo":"NO1"}""";
    private const string Line = "v2.4|0|M1|NO1|1|20141128031757|1|TKSUCC0002|20141128151433";

    private readonly SignatureFiles files = new();

    public static TheoryData<string, string> UnfitMessages() => new()
    {
        { "", "not JSON" },
        { "orderNo=NO1", "not JSON" },
        { """{"orderNo":"NO1"} x""", "not JSON" },
        { """["NO1"]""", "not a JSON object" },
        { """{"orderNo":"NO1","orderNo":"NO2"}""", "twice" },
        { """{"orderNo":"NO1","order\u004eo":"NO2"}""", "twice" },
        { """{"orderNo":"\ud83d"}""", "half a surrogate pair" },
        { """{"orderNo":"NO1&payType=0"}""", "orderNo" },
        { """{"orderNo":"NO1\n"}""", "orderNo" },
        { """{"orderNo=NO1&merchantId":"M1"}""", "separates fields" },
        { """{"orderNo":{"a":"1"}}""", "flat" },
        { """{"orderNo":["NO1"]}""", "flat" },
        { "\uFEFF" + Order, "byte order mark" },
    };

    public void Dispose() => files.Dispose();

    [Theory]
    [MemberData(nameof(UnfitMessages))]
    public async Task A_message_outside_its_form_is_unusable(string message, string why)
    {
        (await files.SignAsync("allinpay", "notification", message, Md5())).ShouldBeUnusable(why);
        (await files.VerifyAsync("allinpay", "notification", message, "00", Md5())).ShouldBeUnusable(why);
    }

    [Fact]
    public async Task A_message_in_another_charset_is_unusable()
    {
        var file = files.File([.. "{\"productName\":\""u8, 0xB1, 0xCA, 0xBC, 0xC7, .. "\"}"u8]);
        var run = await SignatureFiles.RunAsync(
            ["signature", "sign", .. SignatureFiles.Common("allinpay", "pay-data", file), .. Md5()]);
        run.ShouldBeUnusable("not UTF-8");
    }

    [Fact]
    public async Task Files_that_cannot_be_read_are_unusable()
    {
        var missing = Path.Combine(files.Folder, "missing");
        foreach (var file in new[] { missing, files.Folder })
        {
            (await SignatureFiles.RunAsync(
                ["signature", "sign", .. SignatureFiles.Common("allinpay", "pay-data", file), .. Md5()]))
                .ShouldBeUnusable(file);
            (await files.SignAsync("allinpay", "pay-data", Order, "--md5-key-file", file)).ShouldBeUnusable(file);
        }
    }

    [Theory]
    [InlineData("nobody", "request", "no provider nobody")]
    [InlineData("allinpay", "request", "no interface request")]
    [InlineData("allinpay", "", "no interface")]
    [InlineData("Allinpay", "refund", "no provider Allinpay")]
    public async Task An_unknown_provider_or_interface_is_unusable(string provider, string name, string why) =>
        (await files.SignAsync(provider, name, Order, Md5())).ShouldBeUnusable(why);

    [Fact]
    public async Task One_key_is_needed_and_only_one()
    {
        (await files.SignAsync("allinpay", "notification", Order)).ShouldBeUnusable("key");
        (await files.SignAsync("allinpay", "notification", Order, [.. Md5(), "--private-key-file", files.File(Pem())]))
            .ShouldBeUnusable("two keys");
    }

    [Theory]
    [InlineData("")]
    [InlineData("MIGf not a key")]
    [InlineData("MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ==")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIGf\n")]
    public async Task A_file_without_the_key_is_unusable(string key)
    {
        (await files.SignAsync("allinpay", "notification", Order, "--private-key-file", files.File(key)))
            .ShouldBeUnusable("key");
        (await files.VerifyAsync("allinpay", "notification", Order, "AA==", "--public-key-file", files.File(key)))
            .ShouldBeUnusable("key");
    }

    [Fact]
    public async Task The_two_halves_of_a_pair_are_told_apart()
    {
        var publicPem = TestKeys.ProviderKey.ExportSubjectPublicKeyInfoPem();
        (await files.SignAsync("allinpay", "notification", Order, "--private-key-file", files.File(publicPem)))
            .ShouldBeUnusable("private RSA key");
        (await files.VerifyAsync("allinpay", "notification", Order, "AA==", "--public-key-file", files.File(Pem())))
            .ShouldBeUnusable("public RSA key");
    }

    [Fact]
    public async Task Keys_come_as_pem_base64_or_certificate_and_say_the_same()
    {
        var rsa = TestKeys.ProviderKey;
        string[] privates = [Pem(), rsa.ExportRSAPrivateKeyPem(), Bare(rsa.ExportPkcs8PrivateKey()) + "\n"];
        string[] publics =
        [
            rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportRSAPublicKeyPem(),
            Bare(rsa.ExportSubjectPublicKeyInfo()), TestKeys.CertificatePem,
        ];
        var message = Order.Replace("\"0\"", "\"1\"", StringComparison.Ordinal);
        foreach (var (ours, theirs) in privates.SelectMany(ours => publics.Select(theirs => (ours, theirs))))
        {
            var signed = await files.SignAsync(
                "allinpay", "notification", message, "--private-key-file", files.File(ours));
            var verified = await files.VerifyAsync(
                "allinpay", "notification", message, signed.Text("signature"), "--public-key-file", files.File(theirs));
            verified.ExitCode.ShouldBe(0, verified.Output);
        }
    }

    [Theory]
    [InlineData("1234567890")]
    [InlineData("1234567890\n")]
    [InlineData("1234567890\r\n")]
    public async Task One_final_line_end_of_an_md5_key_is_ignored(string key)
    {
        var run = await files.SignAsync("allinpay", "order-query", Order, "--md5-key-file", files.File(key));
        run.Text("signature").ShouldBe(Convert.ToHexString(MD5.HashData(
            "merchantId=M1&version=v1.5&signType=0&orderNo=NO1&key=1234567890"u8)));
    }

    [Fact]
    public async Task A_sign_type_against_the_key_is_false_and_says_why()
    {
        var message = Order.Replace("\"0\"", "\"1\"", StringComparison.Ordinal);
        var signed = await files.SignAsync("allinpay", "notification", message, Md5());
        signed.ExitCode.ShouldBe(0);
        signed.Warnings().ShouldBe(["signType 1 says RSA, the key is for MD5."]);

        var verified = await files.VerifyAsync("allinpay", "notification", message, signed.Text("signature"), Md5());
        verified.ExitCode.ShouldBe(1);
        verified.Text("why").ShouldBe("signType 1 says RSA, the key is for MD5.");

        var request = await files.SignAsync("allinpay", "order-query", message, Md5());
        (await files.VerifyAsync("allinpay", "order-query", message, request.Text("signature"), Md5()))
            .ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Unknown_members_are_signed_and_warned_of_and_signatures_left_out()
    {
        const string message =
            """{"zeta":"9","signMsg":"00","sign":"1","signature":"2","orderNo":"NO1","language":"","a":null}""";
        var run = await files.SignAsync("allinpay", "notification", message, Md5());
        run.ExitCode.ShouldBe(0, run.Output);
        run.Text("canonical").ShouldBe("orderNo=NO1&zeta=9");
        run.Warnings().ShouldHaveSingleItem().ShouldContain("zeta");
    }

    [Theory]
    [InlineData(Line, "no final line end", Line)]
    [InlineData(Line + "\r\n", "final line end", Line + "\r\n")]
    [InlineData(Line + "\n", "final line end", Line + "\r\n")]
    public async Task A_refund_query_answer_ends_as_the_file_ends(string message, string variant, string canonical)
    {
        var signed = await files.SignAsync("allinpay", "refund-query-answer", message, Md5());
        signed.Text("canonical").ShouldBe(canonical);

        var verified = await files.VerifyAsync(
            "allinpay", "refund-query-answer", Line, signed.Text("signature"), Md5());
        verified.ExitCode.ShouldBe(0, verified.Output);
        verified.Text("variant").ShouldBe(variant);
        verified.Text("canonical").ShouldBe(canonical);
    }

    [Fact]
    public async Task Hex_digits_are_compared_without_regard_to_case()
    {
        var signed = await files.SignAsync("allinpay", "refund-query-answer", Line, Md5());
        var lower = signed.Text("signature").ToLowerInvariant();
        var verified = await files.VerifyAsync("allinpay", "refund-query-answer", Line, lower, Md5());
        verified.ExitCode.ShouldBe(0);
        verified.Text("signature").ShouldBe(lower);
    }

    [Theory]
    [InlineData("", "no signature")]
    [InlineData("00", "form")]
    [InlineData("ZZ81D81D2FAE6579D53C73867611468B", "form")]
    [InlineData("581D81D2FAE6579D53C73867611468B7", "does not fit")]
    public async Task A_wrong_signature_is_false_and_not_unusable(string signature, string why)
    {
        var run = await files.VerifyAsync("allinpay", "refund-query-answer", Line, signature, Md5());
        run.ExitCode.ShouldBe(1, run.Output);
        run.Text("why").ShouldContain(why);
        run.Text("variant").ShouldBe("no final line end");
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("signature nonsense")]
    [InlineData("signature sign")]
    [InlineData("signature sign --provider allinpay --interface ext1")]
    [InlineData("signature sign --provider allinpay --interface ext1 --message - --public-key-file f")]
    [InlineData("signature verify --provider allinpay --interface ext1 --message -")]
    [InlineData("signature sign --provider bgcpay --interface request --message - --hex middle")]
    [InlineData("signature sign --provider bgcpay --interface request --message - --key-placement")]
    [InlineData("signature sign --provider a --provider b --interface request --message -")]
    public async Task A_command_line_that_cannot_be_read_is_unusable(string line)
    {
        var run = await SignatureFiles.RunAsync(line.Split(' '));
        run.ShouldBeUnusable("");
        run.Text("error").ShouldNotBeEmpty();
        run.Output.ShouldNotContain("Usage");
    }

    [Fact]
    public async Task Chinese_text_stays_readable()
    {
        var run = await files.SignAsync("allinpay", "pay-data", """{"productName":"\u7b14记本+<>'"}""", Md5());
        run.Output.ShouldContain("\"canonical\":\"productName=笔记本+<>'\"");
    }

    private static string Bare(byte[] der) => Convert.ToBase64String(der);

    private static string Pem() => TestKeys.ProviderKey.ExportPkcs8PrivateKeyPem();

    private string[] Md5() => ["--md5-key-file", files.File("1234567890\n")];
}
