using System.Security.Cryptography;

namespace MerchantPortal.Portal.Tests.Features.Signatures;

/// <summary>Everything that was published with a signature goes through the commands.</summary>
public sealed class PublishedMessageTests : IDisposable
{
    private readonly SignatureFiles files = new();

    public static TheoryData<PublishedMessage> WithKey() =>
        [.. PublishedMessage.All.Where(message => message.CanBeSigned)];

    public static TheoryData<PublishedMessage> WithSignature() =>
        [.. PublishedMessage.All.Where(message => message.Id != "v0")];

    public void Dispose() => files.Dispose();

    [Theory]
    [MemberData(nameof(WithKey))]
    public async Task A_published_message_is_signed_as_it_was_published(PublishedMessage message)
    {
        var run = await files.SignAsync(message.Provider, message.Interface, message.FileText(), Key(message));

        run.ExitCode.ShouldBe(0, run.Output);
        run.Members().ShouldBe(["canonical", "algorithm", "signature", "warnings"]);
        run.Text("canonical").ShouldBe(message.Canonical);
        run.Text("algorithm").ShouldBe(message.Word);
        run.Text("signature").ShouldBe(message.Expected);

        // The one sample of another provider of BGCPay's family has names that BGCPay's document does not know.
        run.Warnings().Length.ShouldBe(message.Id == "v26" ? 2 : 0);
        run.Errors.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(WithSignature))]
    public async Task A_published_signature_is_valid(PublishedMessage message)
    {
        var run = await files.VerifyAsync(
            message.Provider, message.Interface, message.FileText(), message.Expected, Key(message));

        run.ExitCode.ShouldBe(0, run.Output);
        run.Members().ShouldBe(["canonical", "algorithm", "signature", "valid", "variant", "warnings"]);
        run.Text("canonical").ShouldBe(message.Canonical);
        run.Text("algorithm").ShouldBe(message.Word);
        run.Text("signature").ShouldBe(message.Expected);
        run.Json().GetProperty("valid").GetBoolean().ShouldBeTrue();
        run.Errors.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(WithSignature))]
    public async Task A_published_signature_does_not_fit_another_message(PublishedMessage message)
    {
        var text = message.FileText();
        var digit = text.LastIndexOfAny(['0', '2', '3', '4']);
        var changed = text[..digit] + "9" + text[(digit + 1)..];

        var run = await files.VerifyAsync(
            message.Provider, message.Interface, changed, message.Expected, Key(message));

        run.ExitCode.ShouldBe(1, run.Output);
        run.Members().ShouldBe(["canonical", "algorithm", "signature", "valid", "why", "variant", "warnings"]);
        run.Json().GetProperty("valid").GetBoolean().ShouldBeFalse();
        run.Text("why").ShouldBe("The signature does not fit the message.");
    }

    [Fact]
    public async Task The_nested_sample_is_flattened_as_it_was_published()
    {
        var message = PublishedMessage.All.Single(one => one.Id == "v0");
        using var rsa = RSA.Create(2048);

        var run = await files.SignAsync(
            message.Provider,
            message.Interface,
            message.FileText(),
            "--private-key-file",
            files.File(rsa.ExportPkcs8PrivateKeyPem()));

        run.ExitCode.ShouldBe(0, run.Output);
        run.Text("canonical").ShouldBe(message.Expected);
        run.Text("algorithm").ShouldBe("rsa:sha1");
        rsa.VerifyData(
            "a=100&d=1&e=2&f=3&h=4&i=5&j=6&k=10&m=11"u8,
            Convert.FromBase64String(run.Text("signature")),
            HashAlgorithmName.SHA1,
            RSASignaturePadding.Pkcs1).ShouldBeTrue();
    }

    private string[] Key(PublishedMessage message) => message.Key is null ? []
        : [message.CanBeSigned ? "--md5-key-file" : "--public-key-file", files.File(message.Key)];
}
