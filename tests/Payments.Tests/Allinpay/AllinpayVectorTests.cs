using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Tests.Vectors;

namespace MerchantPortal.Payments.Tests.Allinpay;

/// <summary>Everything that was published with a signature comes out right, as text and as message.</summary>
public sealed class AllinpayVectorTests
{
    public static TheoryData<Vector> All() => [.. Vector.Load("allinpay")];

    [Theory]
    [MemberData(nameof(All))]
    public void A_published_signature_is_reproduced_or_verified(Vector vector)
    {
        var secret = new SecretBytes(Encoding.ASCII.GetBytes(vector.Key ?? ""));
        switch (vector.Algorithm)
        {
            case "md5:amp-key:upper":
                AllinpaySigning.SignForm(vector.Input, secret).ShouldBe(vector.Expected);
                break;
            case "md5:pipe-key:upper":
                Convert.ToHexString(AllinpaySigning.LinesDigest(vector.Input, secret)).ShouldBe(vector.Expected);
                break;
            case "md5:plain:upper":
                AllinpaySigning.DigestText(vector.Input).ShouldBe(vector.Expected);
                break;
            case "rsa-verify:sha1":
                Verifier(vector).Form(vector.Input, vector.Expected).ShouldBeTrue();
                Verifier(vector).Form(vector.Input + "1", vector.Expected).ShouldBeFalse();
                break;
            default:
                vector.Algorithm.ShouldBe("rsa-verify:sha1:over-md5-hex-upper");
                Verifier(vector).Lines(vector.Input, vector.Expected).ShouldBeTrue();
                Verifier(vector).Lines(vector.Input + "1", vector.Expected).ShouldBeFalse();
                break;
        }
    }

    [Theory]
    [InlineData("v18", SignatureMode.Md5, "201803151649092687", 15, 8, 49, 27)]
    [InlineData("v21", SignatureMode.Rsa, "201803161510323022", 16, 7, 10, 56)]
    public void A_published_notification_is_genuine(
        string id, SignatureMode mode, string number, int day, int hour, int minute, int second)
    {
        using var bench = new AllinpayBench(mode);
        var vector = Vector.Load("allinpay").Single(v => v.Id == id);
        var body = vector.Input.Replace(":", "%3A", StringComparison.Ordinal)
            + "&signMsg=" + Uri.EscapeDataString(vector.Expected);
        bench.Keys = KeysOf(vector, mode);

        var verdict = bench.Provider.Notifications!.Read(bench.Account, Message(body), bench.Keys);

        var genuine = verdict.ShouldBeOfType<NotificationVerdict.Genuine>();
        genuine.SemanticKey.ShouldBe(number + "|1|1");
        genuine.Facts.ProviderNumber.ShouldBe(number);
        genuine.Facts.Amount.ShouldBe(new Money(1, AllinpayBench.Cny));
        genuine.Facts.Paid.ShouldBe(new Money(1, AllinpayBench.Cny));
        genuine.Facts.PaidAt.ShouldBe(new DateTimeOffset(2018, 3, day, hour, minute, second, TimeSpan.Zero));
        genuine.Facts.Event.ShouldBe(OrderEvent.PaymentSucceeded);
    }

    [Theory]
    [InlineData("v19", SignatureMode.Md5, "NO20141128151700", "2014")]
    [InlineData("v23", SignatureMode.Rsa, "NO20141128151700", "2014")]
    [InlineData("v24", SignatureMode.Rsa, "NO20150115093032", "1234")]
    public async Task A_published_refund_query_answer_tells_the_refund(
        string id, SignatureMode mode, string order, string refundNumber)
    {
        using var bench = new AllinpayBench(mode);
        var vector = Vector.Load("allinpay").Single(v => v.Id == id);
        bench.Keys = KeysOf(vector, mode);
        bench.Answer(vector.Input.TrimEnd() + "\r\n" + vector.Expected);
        var refund = new RefundRequest
        {
            RefundNumber = refundNumber,
            Order = new(order, bench.Clock.GetUtcNow(), null),
            OrderAmount = new(1, AllinpayBench.Cny),
            Amount = new(1, AllinpayBench.Cny),
            RequestedAt = bench.Clock.GetUtcNow(),
        };

        var answer = await bench.Provider.Refunds!.QueryAsync(
            bench.Account, refund, bench.Keys, CancellationToken.None);

        var told = answer.ShouldBeOfType<QueryAnswer<RefundFacts>.Told>();
        told.Facts.State.ShouldBe(RefundState.InProviderReview);
        told.Facts.RawState.ShouldBe("TKSUCC0002");
        told.Facts.RefundNumber.ShouldBe(refundNumber);
    }

    private static InboundMessage Message(string body) => new(
        Encoding.ASCII.GetBytes(body), "application/x-www-form-urlencoded", new Dictionary<string, string>(), "");

    private static ProviderKeys KeysOf(Vector vector, SignatureMode mode) => new()
    {
        Version = 1,
        SharedSecret = new(Encoding.ASCII.GetBytes(AllinpayBench.Secret)),
        ProviderPublic = mode == SignatureMode.Rsa ? Convert.FromBase64String(vector.Key!) : null,
    };

    private static AllinpayVerifier Verifier(Vector vector) => AllinpayVerifier.Open(
        SignatureMode.Rsa,
        new() { Version = 1, ProviderPublic = Convert.FromBase64String(vector.Key!) },
        new FakeClock().GetUtcNow(),
        out _).ShouldNotBeNull();
}
