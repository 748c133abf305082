using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Allinpay;

public sealed class AllinpayKeyTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public void Without_the_modes_key_no_notification_is_looked_at(SignatureMode mode)
    {
        using var bench = new AllinpayBench(mode);
        using var other = OtherKeys(bench);

        var verdict = Read(bench, other);

        verdict.ShouldBeOfType<NotificationVerdict.NoKey>().Why.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Without_the_MD5_key_nothing_is_sent()
    {
        using var bench = new AllinpayBench();
        using var keys = new ProviderKeys { Version = 1 };

        (await SendAsync(bench, keys)).ShouldBeOfType<ProviderOutcome.NotSent>().Error
            .ShouldBe(ProviderError.KeyMissing);
        (await bench.Provider.Refunds!.QueryAsync(
            bench.Account, AllinpayRefundTests.Refund, keys, CancellationToken.None))
            .ShouldBeOfType<QueryAnswer<RefundFacts>.NoAnswer>().Error.ShouldBe(ProviderError.KeyMissing);
        bench.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_could_not_be_verified_is_not_asked_for()
    {
        using var bench = new AllinpayBench(SignatureMode.Rsa);
        using var keys = OtherKeys(bench);

        (await SendAsync(bench, keys)).ShouldBeOfType<ProviderOutcome.NotSent>().Error
            .ShouldBe(ProviderError.KeyMissing);
        bench.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_batch_needs_the_certificate_in_MD5_mode_too()
    {
        using var bench = new AllinpayBench();
        using var keys = new ProviderKeys { Version = 1, SharedSecret = new("1234567890"u8) };
        var day = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Unspecified);

        (await bench.Provider.Statements!.ReadPageAsync(bench.Account, day, day, 1, keys, CancellationToken.None))
            .ShouldBeOfType<QueryAnswer<OrderPage>.NoAnswer>().Error.ShouldBe(ProviderError.KeyMissing);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_certificate_is_believed_to_its_last_second(int secondsAfter, bool believed)
    {
        using var bench = new AllinpayBench(SignatureMode.Rsa);
        using var rsa = RSA.Create(1024);
        bench.Clock.Advance(Until.AddSeconds(secondsAfter) - bench.Clock.GetUtcNow());

        var verdict = ReadSigned(bench, rsa);

        if (believed)
        {
            verdict.ShouldBeOfType<NotificationVerdict.Genuine>();
            return;
        }

        verdict.ShouldBeOfType<NotificationVerdict.NoKey>().Why
            .ShouldBe("The certificate CN=Gateway of the test is good from 2026-01-01 to 2026-11-20 only.");
    }

    [Fact]
    public void A_certificate_of_the_future_is_not_believed_yet()
    {
        var clock = new FakeClock(From.AddSeconds(-1));
        using var rsa = RSA.Create(1024);
        using var http = ProviderHttp.Create(clock);
        var provider = new MerchantPortal.Payments.Providers.Allinpay.AllinpayProvider(http, clock);
        using var bench = new AllinpayBench(SignatureMode.Rsa);
        using var keys = CertificateKeys(rsa);

        provider.Notifications!.Read(bench.Account, Message(bench, rsa), keys)
            .ShouldBeOfType<NotificationVerdict.NoKey>().Why.ShouldContain("Gateway of the test");
    }

    [Fact]
    public async Task An_expired_certificate_sends_nothing_and_says_which()
    {
        using var bench = new AllinpayBench(SignatureMode.Rsa);
        using var rsa = RSA.Create(1024);
        using var keys = CertificateKeys(rsa);
        bench.Clock.Advance(TimeSpan.FromDays(1));

        var outcome = await SendAsync(bench, keys);

        outcome.ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.KeyMissing);
        outcome.Transcript.ShownAnswer.ShouldContain("CN=Gateway of the test");
    }

    [Fact]
    public void A_certificate_without_an_RSA_key_and_bytes_that_are_no_key_give_no_verdict()
    {
        using var bench = new AllinpayBench(SignatureMode.Rsa);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=Curve", curve, HashAlgorithmName.SHA256)
            .CreateSelfSigned(From, From.AddYears(5));
        byte[][] useless = [certificate.RawData, curve.ExportSubjectPublicKeyInfo(), [1, 2, 3], []];
        foreach (var bytes in useless)
        {
            using var keys = new ProviderKeys { Version = 1, ProviderPublic = bytes };
            Read(bench, keys).ShouldBeOfType<NotificationVerdict.NoKey>().Why.ShouldNotBeEmpty();
        }
    }

    private static ProviderKeys OtherKeys(AllinpayBench bench) => bench.Mode == SignatureMode.Md5
        ? new() { Version = 1, ProviderPublic = bench.Keys.ProviderPublic }
        : new() { Version = 1, SharedSecret = new("1234567890"u8) };

    private static ProviderKeys CertificateKeys(RSA rsa)
    {
        var request = new CertificateRequest(
            "CN=Gateway of the test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(From, Until);
        return new() { Version = 1, SharedSecret = new("1234567890"u8), ProviderPublic = certificate.RawData };
    }

    private static NotificationVerdict ReadSigned(AllinpayBench bench, RSA rsa)
    {
        using var keys = CertificateKeys(rsa);
        return bench.Provider.Notifications!.Read(bench.Account, Message(bench, rsa), keys);
    }

    private static InboundMessage Message(AllinpayBench bench, RSA rsa)
    {
        var fields = AllinpayNotificationTests.Paid(bench);
        var text = string.Join('&', fields.Select(f => $"{f.Key}={f.Value}"));
        var signature = rsa.SignData(
            System.Text.Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
        var body = AllinpayBench.Form([.. fields, new("signMsg", Convert.ToBase64String(signature))]);
        return new(System.Text.Encoding.ASCII.GetBytes(body), "", new Dictionary<string, string>(), "");
    }

    private static NotificationVerdict Read(AllinpayBench bench, ProviderKeys keys)
    {
        var body = System.Text.Encoding.ASCII.GetBytes(bench.SignedForm(AllinpayNotificationTests.Paid(bench)));
        return bench.Provider.Notifications!.Read(
            bench.Account, new(body, "", new Dictionary<string, string>(), ""), keys);
    }

    private static Task<ProviderOutcome> SendAsync(AllinpayBench bench, ProviderKeys keys) =>
        bench.Provider.Refunds!.SendAsync(
            bench.Account, AllinpayRefundTests.Refund, keys, bench.Permit(), CancellationToken.None);
}
