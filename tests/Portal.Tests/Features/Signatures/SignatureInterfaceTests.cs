using System.Security.Cryptography;

namespace MerchantPortal.Portal.Tests.Features.Signatures;

/// <summary>Every interface by its name, with every kind of key that it takes, there and back.</summary>
public sealed class SignatureInterfaceTests : IDisposable
{
    private const string Rsa = "rsa";
    private const string Md5 = "md5";

    private static readonly Dictionary<string, string> Names = new()
    {
        ["lianlian-global"] = "request answer notification",
        ["lianlian-mobile"] = "request answer order-query-answer signed-cards-answer card-bin-answer notification "
            + "sdk-order sdk-result",
        ["allinpay"] = "pay-data ext1 order-query batch-query refund refund-query preauth-cancel preauth-confirm "
            + "notification order-query-answer refund-answer batch-query-answer refund-query-answer "
            + "preauth-cancel-answer preauth-confirm-answer",
        ["bgcpay"] = "request answer notification",
    };

    private readonly SignatureFiles files = new();

    public static TheoryData<string, string> Interfaces()
    {
        TheoryData<string, string> all = [];
        foreach (var (provider, names) in Names)
        {
            foreach (var name in names.Split(' '))
            {
                all.Add(provider, name);
            }
        }

        return all;
    }

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_providers_have_the_interfaces_of_the_list_and_no_other() =>
        Providers.Signing.ToDictionary(one => one.Key, one => string.Join(' ', one.Value.Interfaces.Order()))
            .ShouldBe(Names.ToDictionary(one => one.Key, one => string.Join(' ', one.Value.Split(' ').Order())), true);

    [Theory]
    [MemberData(nameof(Interfaces))]
    public async Task What_an_interface_signs_it_verifies(string provider, string name)
    {
        var message = Message(provider, name);
        var kinds = 0;
        foreach (var kind in new[] { Md5, Rsa })
        {
            var signed = await files.SignAsync(provider, name, message, Key(kind, signs: true));
            if (signed.ExitCode == 2)
            {
                signed.Members().ShouldBe(["error"]);
                continue;
            }

            kinds++;
            signed.Text("canonical").ShouldNotBeEmpty();
            var verified = await files.VerifyAsync(
                provider, name, message, signed.Text("signature"), Key(kind, signs: false));
            verified.ExitCode.ShouldBe(0, verified.Output);
            verified.Text("canonical").ShouldBe(signed.Text("canonical"));
            verified.Text("algorithm").ShouldBe(signed.Text("algorithm"));
        }

        kinds.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("lianlian-global", "request", Md5)]
    [InlineData("bgcpay", "request", Rsa)]
    [InlineData("allinpay", "refund", Rsa)]
    [InlineData("allinpay", "batch-query-answer", Md5)]
    public async Task A_key_that_the_interface_is_never_signed_with_is_unusable(
        string provider, string name, string kind)
    {
        var run = await files.SignAsync(provider, name, Message(provider, name), Key(kind, signs: true));
        run.ExitCode.ShouldBe(2, run.Output);
        run.Members().ShouldBe(["error"]);
    }

    [Theory]
    [MemberData(nameof(Interfaces))]
    public async Task Without_a_key_nothing_is_signed_but_the_digest(string provider, string name)
    {
        var run = await files.SignAsync(provider, name, Message(provider, name));
        run.ExitCode.ShouldBe(name == "ext1" ? 0 : 2, run.Output);
    }

    private static string Message(string provider, string name) => (provider, name) switch
    {
        ("allinpay", "ext1") => """{"ship_to_country":"US","cvv2":"888"}""",
        ("allinpay", "batch-query-answer") => "100020091218001|1|1|N\r\n20141128|NO1|1\r\n",
        ("allinpay", "refund-query-answer") => "v2.4||M|NO1",
        ("allinpay", "preauth-cancel-answer" or "preauth-confirm-answer") => "M|v1.8|NO1",
        ("bgcpay", "answer") => """{"bgcpay_trade_pay_response":{"code":"10000","msg":"Success"},"sign":""}""",
        _ => """{"orderNo":"NO1","merchantId":"M1"}""",
    };

    private string[] Key(string kind, bool signs) => kind == Md5
        ? ["--md5-key-file", files.File("1234567890\n")]
        : signs
            ? ["--private-key-file", files.File(TestKeys.ProviderKey.ExportPkcs8PrivateKeyPem())]
            : ["--public-key-file", files.File(TestKeys.ProviderKey.ExportSubjectPublicKeyInfoPem())];
}
